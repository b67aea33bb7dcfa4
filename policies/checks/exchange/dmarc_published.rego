# METADATA
# title: Every mail domain has a DMARC policy
# description: >-
#   Looks for the DMARC policy that receivers find for each accepted domain: its own record, or that of the
#   organization above it. Several records, and one without a valid policy or address for reports, count as none, as
#   RFC 7489 has it. What the policy asks for is another check. Names for hybrid mail under mail.onmicrosoft.com are
#   left out, since nobody but Microsoft can publish there. A failed lookup leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/email-authentication-dmarc-configure
#     description: Setting up DMARC for the domains of a tenant
# custom:
#   id: EX005
#   severity: medium
#   requires: [dns_records]
#   refines: [accepted_domains]
#   facts: [dmarc]
#   tags: [mail, spoofing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     SPF and DKIM say nothing about the address that people see. Without DMARC anybody can write in the name of your
#     domain to customers and to your own staff, and you never learn of it because nobody sends reports.
#   remediation: >-
#     Publish a TXT record at _dmarc of the domain, first v=DMARC1; p=none; rua=mailto:dmarc@contoso.example to see who
#     sends, then p=quarantine and p=reject. For an onmicrosoft.com domain add it in the Microsoft 365 admin center,
#     Settings, Domains, DNS records; for others at the DNS host (Resolve-DnsName _dmarc.contoso.example -Type TXT).
#   mappings:
#     scuba: [MS.EXO.4.1v1]
#     cis_m365: ["2.1.10"]
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.dmarc_published

import data.tenantlint.lib.mail_domains
import rego.v1

findings contains mail_domains.finding(entry, mail_domains.without_policy(entry), [], {"state": entry.state}) if {
	some entry in input.facts.dmarc.domains
	entry.state in {"absent", "several", "void"}
}

findings contains mail_domains.unread(entry) if {
	some entry in input.facts.dmarc.domains
	entry.state == "unknown"
}
