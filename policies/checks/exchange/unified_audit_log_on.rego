# METADATA
# title: The unified audit log records
# description: >-
#   Looks at UnifiedAuditLogIngestionEnabled of Get-AdminAuditLogConfig as Exchange Online tells it. The same command
#   in Security & Compliance PowerShell always says False and must not be used as the source. A setting that is absent
#   leaves the verdict open. How long records are kept is not judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/audit-log-enable-disable
#     description: Turning auditing on or off, and how to verify its state
# custom:
#   id: EX003
#   severity: high
#   requires: [admin_audit_log_config]
#   tags: [audit, logging, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     Without the unified audit log nobody can tell after an intrusion which mailboxes were read, which files left
#     and which rules were changed; the organization must then assume and report the worst. Intruders with
#     administrative rights switch it off first, so its state is itself a sign.
#   remediation: >-
#     Microsoft Purview portal, Audit: Start recording user and admin activity, or in Exchange Online PowerShell
#     Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true. It takes up to an hour. If nobody switched it
#     off on purpose, find out who did.
#   mappings:
#     secure_score: [mip_search_auditlog]
#     scuba: [MS.SECURITYSUITE.5.1v1, MS.DEFENDER.6.1v1]
#     cis_m365: ["3.1.1"]
#     prowler: [purview_audit_log_search_enabled]
#     mitre_attack: [T1562.008]
#     nist_800_53: [AU-12]
package tenantlint.checks.exchange.unified_audit_log_on

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import rego.v1

property := "UnifiedAuditLogIngestionEnabled"

config := results.block(input, ["collections", "admin_audit_log_config"])

state := object.get(config, property, null)

finding(message, depends_on) := {
	"resource": results.resource(
		"adminAuditLogConfig",
		mail.identity(config, ["Guid", "Identity", "Name"]),
		results.text(object.get(config, "Name", null), "Admin Audit Log Settings"),
	),
	"message": message,
	"depends_on": depends_on,
	"evidence": {
		property: state,
		"UnifiedAuditLogFirstOptInDate": object.get(config, "UnifiedAuditLogFirstOptInDate", null),
	},
	"pointer": sprintf("/%s", [property]),
}

findings contains finding("The unified audit log is switched off.", []) if state == false

findings contains finding(message, [property]) if {
	not is_boolean(state)
	message := "The snapshot does not tell whether the unified audit log records."
}
