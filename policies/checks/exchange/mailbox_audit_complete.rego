# METADATA
# title: Mailboxes record what an intrusion does, for long enough
# description: >-
#   Looks at what the mailboxes of people, teams and rooms record for administrators, delegates and owners, and for
#   how many days. Where a kind of logon follows Microsoft's choice of actions (DefaultAuditSet) it counts as
#   complete; a list of its own has to hold removal, sending in another's name and changes to rights and rules.
#   AuditEnabled is not looked at, since Exchange ignores it while auditing is on for the organization.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/audit-mailboxes
#     description: Mailbox auditing
# custom:
#   id: EX015
#   severity: medium
#   requires: [mailboxes]
#   facts: [mailboxes.audit]
#   tags: [mail, audit, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     Whoever covers their tracks shortens the list of one mailbox rather than switch auditing off for all. Records
#     that end after days are gone before the fraud shows on a bank statement.
#   remediation: >-
#     Exchange Online PowerShell: Set-Mailbox -Identity ann@contoso.example -DefaultAuditSet Admin,Delegate,Owner
#     -AuditLogAgeLimit 90. The records show in the Microsoft Purview portal, Audit.
#   parameters:
#     min_days:
#       type: integer
#       default: 90
#       meaning: >-
#         days for which a mailbox keeps its records; 90 is what Exchange sets
#   mappings:
#     prowler: [exchange_user_mailbox_auditing_enabled]
#     cis_m365: ["6.1.2"]
#     mitre_attack: [T1562.008]
#     nist_800_53: [AU-11, AU-12]
package tenantlint.checks.exchange.mailbox_audit_complete

import data.tenantlint.lib.findings as results
import rego.v1

audit := input.facts.mailboxes.audit

total(people) := people.count + people.disabled

findings contains {
	"resource": results.tenant,
	"key": "actions",
	"message": sprintf("%s less than what an intrusion does.", [records(total(audit.incomplete))]),
	"population": audit.incomplete.population,
	"evidence": {"names": audit.incomplete.names},
} if {
	total(audit.incomplete) > 0
}

records(number) := "1 mailbox records" if {
	number == 1
} else := sprintf("%d mailboxes record", [number])

findings contains {
	"resource": results.tenant,
	"key": sprintf("days/%d", [age.days]),
	"message": sprintf("The records of %s end after %s.", [
		results.counted(total(age), "mailbox", "mailboxes"),
		results.counted(age.days, "day", "days"),
	]),
	"population": age.population,
	"evidence": {"names": age.names, "days": age.days, "required": input.parameters.min_days},
} if {
	some age in audit.ages
	age.days < input.parameters.min_days
}

findings contains {
	"resource": results.tenant,
	"key": "untold",
	"message": sprintf("The snapshot does not tell what %s.", [recorded]),
	"depends_on": ["DefaultAuditSet and AuditLogAgeLimit of the mailboxes"],
	"evidence": {"mailboxes": audit.untold},
} if {
	audit.untold > 0
	recorded := sprintf("%s, and for how long", [records(audit.untold)])
}
