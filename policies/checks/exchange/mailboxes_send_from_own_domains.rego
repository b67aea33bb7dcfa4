# METADATA
# title: Mailboxes have a main address in one of the organization's own domains
# description: >-
#   Looks for mailboxes of people, teams and rooms whose main address is in the domain that Microsoft gave the
#   tenant. They send from that address.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoft-365/admin/setup/domains-faq
#     description: Domains and the onmicrosoft.com domain
# custom:
#   id: EX028
#   severity: low
#   requires: [mailboxes]
#   refines: [accepted_domains]
#   facts: [mailboxes.addresses]
#   tags: [mail, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: medium, user_impact: low}
#   rationale: >-
#     Receivers distrust the shared domain and cannot hold it against the policy of your own, so that genuine mail
#     looks forged and people learn to accept it. An impostor needs only a tenant of a similar name.
#   remediation: >-
#     Microsoft 365 admin center, Users, Active users, the user, Manage username and email: make an address in your
#     own domain the primary one (Set-Mailbox -WindowsEmailAddress ann@contoso.example).
#   mappings:
#     maester: [MT.1074]
#     prowler: [exchange_mailbox_primary_smtp_uses_custom_domain]
#     mitre_attack: [T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.mailboxes_send_from_own_domains

import data.tenantlint.lib.findings as results
import rego.v1

findings contains {
	"resource": results.tenant,
	"message": sprintf("%s a main address in a domain of Microsoft's.", [subject]),
	"population": given.population,
	"evidence": {"count": given.count, "names": given.names, "domains": input.facts.mailboxes.addresses.domains},
} if {
	given := input.facts.mailboxes.addresses.given
	total := given.count + given.disabled
	total > 0
	subject := {true: "1 mailbox has", false: sprintf("%d mailboxes have", [total])}[total == 1]
}
