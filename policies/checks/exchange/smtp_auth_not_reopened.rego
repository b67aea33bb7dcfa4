# METADATA
# title: SMTP AUTH stays off on every mailbox
# description: >-
#   Looks for mailboxes whose own setting turns SMTP AUTH on, which goes before the setting of the organization. A
#   mailbox without a setting of its own follows the organization, which is another check.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox
#     description: Set-CASMailbox
# custom:
#   id: EX010
#   severity: high
#   requires: [mailboxes]
#   facts: [mailboxes.smtp_auth]
#   tags: [mail, legacy-auth, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: some_users, effort: medium, user_impact: medium}
#   rationale: >-
#     Each such mailbox takes a plain password, and no second factor stands in the way of one that leaked. They are
#     mostly forgotten accounts of printers and programs with passwords that never change, which is why attackers
#     look for them.
#   remediation: >-
#     Microsoft 365 admin center, Users, Active users, the user, Mail, Manage email apps: clear Authenticated SMTP
#     (Set-CASMailbox -Identity ann@contoso.example -SmtpClientAuthenticationDisabled $null). Let devices send
#     through a connector or with OAuth; name a mailbox that cannot do without in the parameter.
#   parameters:
#     permitted_mailboxes:
#       type: array
#       default: []
#       meaning: >-
#         addresses or sign-in names of mailboxes for which it was decided; empty, since there is a better way for
#         almost everything
#   mappings:
#     mitre_attack: [T1110, T1078.004]
#     nist_800_53: [CM-7]
package tenantlint.checks.exchange.smtp_auth_not_reopened

import data.tenantlint.lib.findings as results
import rego.v1

permitted := {lower(name) | some name in input.parameters.permitted_mailboxes}

findings contains {
	"resource": mailbox.resource,
	"message": sprintf("SMTP AUTH is turned on for the mailbox %s.", [mailbox.resource.name]),
	"principals": [mailbox.principal],
	"evidence": {"SmtpClientAuthenticationDisabled": false, "PrimarySmtpAddress": mailbox.address},
	"pointer": "/SmtpClientAuthenticationDisabled",
} if {
	some mailbox in input.facts.mailboxes.smtp_auth.mailboxes
	count({lower(mailbox.address), lower(mailbox.resource.name)} & permitted) == 0
}

findings contains {
	"resource": results.tenant,
	"key": "untold",
	"message": sprintf(
		"The snapshot does not tell the setting for SMTP AUTH of %s.",
		[results.counted(missing, "mailbox", "mailboxes")],
	),
	"depends_on": ["SmtpClientAuthenticationDisabled of the mailboxes"],
	"evidence": {"mailboxes": missing},
} if {
	missing := input.facts.mailboxes.smtp_auth.untold
	missing > 0
}
