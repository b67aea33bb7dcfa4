# METADATA
# title: Shared mailboxes cannot sign in
# description: >-
#   Looks at the account behind every shared mailbox and whether it is enabled. People reach a shared mailbox
#   through their own account, so that its account never needs to sign in.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoft-365/admin/email/create-a-shared-mailbox
#     description: Shared mailboxes and blocking their sign-in
# custom:
#   id: EX033
#   severity: medium
#   requires: [mailboxes]
#   refines: [users]
#   facts: [mailboxes.shared]
#   tags: [mail, accounts, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     The account has a password that somebody set once and nobody guards, and often no second factor since no
#     person stands behind it. An intruder who signs in with it reads what a whole team reads, and no trail leads
#     to a person.
#   remediation: >-
#     Microsoft 365 admin center, Users, Active users, the shared mailbox, Block sign-in (Update-MgUser -UserId
#     info@contoso.example -AccountEnabled:$false; Graph property accountEnabled).
#   parameters:
#     permitted_mailboxes:
#       type: array
#       default: []
#       meaning: >-
#         addresses or sign-in names of shared mailboxes that have to sign in, for example for a program
#   mappings:
#     prowler: [exchange_shared_mailbox_sign_in_disabled]
#     cis_m365: ["1.2.2"]
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-2]
package tenantlint.checks.exchange.shared_mailboxes_cannot_sign_in

import rego.v1

permitted := {lower(name) | some name in input.parameters.permitted_mailboxes}

counted(mailbox) if count({lower(mailbox.address), lower(mailbox.resource.name)} & permitted) == 0

findings contains {
	"resource": mailbox.resource,
	"message": sprintf("The account of the shared mailbox %s can sign in.", [mailbox.resource.name]),
	"principals": [mailbox.principal],
	"evidence": {"PrimarySmtpAddress": mailbox.address, "accountEnabled": true},
} if {
	some mailbox in input.facts.mailboxes.shared.enabled
	counted(mailbox)
}

findings contains {
	"resource": mailbox.resource,
	"message": sprintf("The snapshot does not tell whether the shared mailbox %s can sign in.", [mailbox.resource.name]),
	"principals": [mailbox.principal],
	"depends_on": [sprintf("accountEnabled of %s", [mailbox.resource.name])],
	"evidence": {"PrimarySmtpAddress": mailbox.address},
} if {
	some mailbox in input.facts.mailboxes.shared.unknown
	counted(mailbox)
}

not_applicable contains "There are no shared mailboxes." if input.facts.mailboxes.shared.count == 0
