# METADATA
# title: DMARC reports go to an address of the organization
# description: >-
#   Looks at the tags rua (daily totals) and ruf (single failures) of the DMARC policy that holds for each accepted
#   domain and asks for the kinds that the parameter names. An address counts when it is written as a mailto address,
#   since receivers ignore everything else, and is not one of those that reports go to for somebody else's sake. No
#   DMARC policy means no reports. Whether an outside address agreed to get them is not looked up.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/email-authentication-dmarc-configure
#     description: Setting up DMARC for the domains of a tenant
# custom:
#   id: EX007
#   severity: low
#   requires: [dns_records]
#   refines: [accepted_domains]
#   facts: [dmarc]
#   tags: [mail, spoofing, visibility]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     The reports are the only place where a campaign in the name of your domain shows, and where a genuine sender that
#     fails shows before its mail is rejected. Without an address for them the policy is set blindly.
#   remediation: >-
#     Add rua=mailto:dmarc@contoso.example to the TXT record at _dmarc of the domain: at its DNS host, and for an
#     onmicrosoft.com domain in the Microsoft 365 admin center, Settings, Domains, DNS records. Have a mailbox or a
#     service read them (Resolve-DnsName _dmarc.contoso.example -Type TXT shows what receivers see).
#   parameters:
#     required_reports:
#       type: array
#       default: [rua]
#       meaning: kinds of reports that need an address; few receivers send ruf, which also holds personal data
#     not_counted:
#       type: array
#       default: []
#       meaning: addresses of authorities, which do not count as the organization's own
#   mappings:
#     scuba: [MS.EXO.4.4v1]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-4]
package tenantlint.checks.exchange.dmarc_reports_read

import data.tenantlint.lib.mail_domains
import rego.v1

kinds := {"rua": "summary reports (rua)", "ruf": "failure reports (ruf)"}

others := {lower(address) | some address in input.parameters.not_counted}

wanted := [kind | some kind in ["rua", "ruf"]; kind in input.parameters.required_reports]

own(entry, kind) := [address | some address in entry[kind]; not address in others]

findings contains mail_domains.finding(entry, message, [], {"state": entry.state}) if {
	some entry in input.facts.dmarc.domains
	entry.state in {"absent", "several", "void"}
	message := sprintf("Nobody sends DMARC reports on %s, since no DMARC policy holds for it.", [entry.domain])
}

findings contains mail_domains.unread(entry) if {
	some entry in input.facts.dmarc.domains
	entry.state == "unknown"
}

findings contains mail_domains.finding(entry, message, [], evidence) if {
	some entry in input.facts.dmarc.domains
	entry.state in {"own", "inherited"}
	lacking := [kinds[kind] | some kind in wanted; count(own(entry, kind)) == 0]
	count(lacking) > 0
	message := sprintf("The DMARC record of %s%s names no address of the organization for %s.", [
		entry.domain,
		mail_domains.origin(entry),
		concat(" and ", lacking),
	])
	evidence := {"rua": entry.rua, "ruf": entry.ruf, "ignored_by_receivers": entry.unusable}
}
