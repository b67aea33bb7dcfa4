# METADATA
# title: Mailbox auditing is on for the organization
# description: >-
#   Looks at the switch of the organization over mailbox auditing. While it is off nothing that happens in
#   mailboxes is recorded, whatever the mailboxes themselves say.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/audit-mailboxes
#     description: Mailbox auditing
# custom:
#   id: EX014
#   severity: high
#   requires: [organization_config]
#   tags: [mail, audit, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     After an intrusion the first questions are which mail was read, which rules were made and what was sent. Only
#     these records answer them, and they cannot be had afterwards; an intruder with rights turns them off first.
#   remediation: >-
#     Exchange Online PowerShell: Set-OrganizationConfig -AuditDisabled $false. There is no page for it in a
#     portal; the records show in the Microsoft Purview portal, Audit.
#   mappings:
#     scuba: [MS.EXO.13.1v1]
#     prowler: [exchange_organization_mailbox_auditing_enabled]
#     secure_score: [exo_mailboxaudit]
#     cis_m365: ["6.1.1"]
#     mitre_attack: [T1562.008]
#     nist_800_53: [AU-12]
package tenantlint.checks.exchange.mailbox_audit_on

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

object_ := exchange.only("organization_config")

findings contains finding if {
	some finding in settings.switch({
		"resource": exchange.holder("organizationConfig", object_),
		"object": object_,
		"property": "AuditDisabled",
		"wanted": false,
		"about": "whether mailbox auditing is on",
		"observed": "Mailbox auditing is switched off for the whole organization.",
	})
}
