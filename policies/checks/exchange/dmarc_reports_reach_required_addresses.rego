# METADATA
# title: DMARC reports reach every authority that they are due to
# description: >-
#   For organizations that have to report to an authority: looks for each address of the parameter among the rua
#   addresses of the DMARC policy that holds for each accepted domain. An address counts when it is written as a mailto
#   address, since receivers ignore everything else. Without an address in the parameter there is nothing to judge. A
#   failed lookup leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/email-authentication-dmarc-configure
#     description: Setting up DMARC for the domains of a tenant
# custom:
#   id: EX008
#   severity: low
#   requires: [dns_records]
#   refines: [accepted_domains]
#   facts: [dmarc]
#   tags: [mail, spoofing, peer-only]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     An authority that watches many organizations sees a campaign across all of them, but only of those whose reports
#     it gets. A domain left out is one where the campaign stays unseen, and a duty that was missed.
#   remediation: >-
#     Add the address to rua of the TXT record at _dmarc of the domain, as mailto:reports@authority.example after a
#     comma: at its DNS host, and for an onmicrosoft.com domain in the Microsoft 365 admin center, Settings, Domains,
#     DNS records (Resolve-DnsName _dmarc.contoso.example -Type TXT shows what receivers see).
#   parameters:
#     required_addresses:
#       type: array
#       default: []
#       meaning: addresses to which reports are due; empty because most organizations owe them to nobody
#   mappings:
#     scuba: [MS.EXO.4.3v1]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-4]
package tenantlint.checks.exchange.dmarc_reports_reach_required_addresses

import data.tenantlint.lib.mail_domains
import rego.v1

due := [lower(address) | some address in input.parameters.required_addresses]

not_applicable contains "No address is named to which DMARC reports are due." if count(due) == 0

findings contains mail_domains.finding(entry, message, [], {"state": entry.state, "required": due}) if {
	count(due) > 0
	some entry in input.facts.dmarc.domains
	entry.state in {"absent", "several", "void"}
	message := sprintf("Nobody sends DMARC reports on %s, since no DMARC policy holds for it.", [entry.domain])
}

findings contains mail_domains.unread(entry) if {
	count(due) > 0
	some entry in input.facts.dmarc.domains
	entry.state == "unknown"
}

findings contains mail_domains.finding(entry, message, [], evidence) if {
	some entry in input.facts.dmarc.domains
	entry.state in {"own", "inherited"}
	lacking := [address | some address in due; not address in entry.rua]
	count(lacking) > 0
	message := sprintf("The DMARC record of %s%s does not send reports to %s.", [
		entry.domain,
		mail_domains.origin(entry),
		concat(", ", lacking),
	])
	evidence := {"rua": entry.rua, "required": due, "ignored_by_receivers": entry.unusable}
}
