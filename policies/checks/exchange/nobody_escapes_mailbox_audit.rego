# METADATA
# title: No account escapes mailbox auditing
# description: >-
#   Looks for accounts that are set to bypass mailbox auditing: nothing that they do in any mailbox is recorded.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-mailboxauditbypassassociation
#     description: Set-MailboxAuditBypassAssociation
# custom:
#   id: EX016
#   severity: high
#   requires: [mailbox_audit_bypass]
#   tags: [mail, audit, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     An intruder who takes such an account, or who sets the bypass on one of their own, reads any mailbox that it
#     has rights to without leaving a trace. It shows neither in the mailbox nor in the settings of the
#     organization.
#   remediation: >-
#     Exchange Online PowerShell: Set-MailboxAuditBypassAssociation -Identity backup@contoso.example
#     -AuditBypassEnabled $false; there is no page for it in the Exchange admin center portal. Name an account that
#     floods the log, such as that of a backup, in the parameter.
#   parameters:
#     permitted:
#       type: array
#       default: []
#       meaning: >-
#         names of accounts for which it was decided; empty, since each is a blind spot
#   mappings:
#     prowler: [exchange_mailbox_audit_bypass_disabled]
#     cis_m365: ["6.1.3"]
#     mitre_attack: [T1562.008]
#     nist_800_53: [AU-12]
package tenantlint.checks.exchange.nobody_escapes_mailbox_audit

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

permitted := {lower(name) | some name in input.parameters.permitted}

findings contains finding if {
	some account in results.collection("mailbox_audit_bypass")
	resource := exchange.resource("mailboxAuditBypass", account)
	not lower(resource.name) in permitted
	some finding in settings.switch({
		"resource": resource,
		"object": account,
		"property": "AuditBypassEnabled",
		"wanted": false,
		"about": sprintf("whether %s bypasses mailbox auditing", [resource.name]),
		"observed": sprintf("Nothing that %s does in mailboxes is recorded.", [resource.name]),
		"principals": [{"id": resource.id, "kind": "user", "name": resource.name}],
	})
}
