package tenantlint.checks.exchange.unified_audit_log_on_test

import data.tenantlint.checks.exchange.unified_audit_log_on as check
import rego.v1

findings(config) := found if {
	found := check.findings with input as {"collections": {"admin_audit_log_config": config}}
}

test_pass_when_it_records if findings({"Guid": "g", "UnifiedAuditLogIngestionEnabled": true}) == set()

test_fail_when_it_is_off if {
	some found in findings({"Guid": "g", "Name": "<b>", "UnifiedAuditLogIngestionEnabled": false})
	found.message == "The unified audit log is switched off."
	found.resource == {"kind": "adminAuditLogConfig", "id": "g", "name": "<b>"}
	found.depends_on == []
	found.pointer == "/UnifiedAuditLogIngestionEnabled"
}

test_inconclusive_when_it_is_null_absent_or_no_boolean if {
	every config in [
		{"UnifiedAuditLogIngestionEnabled": null},
		{"UnifiedAuditLogIngestionEnabled": "yes"},
		{"Identity": "x"},
	] {
		some found in findings(config)
		found.depends_on == ["UnifiedAuditLogIngestionEnabled"]
	}
}

test_inconclusive_without_an_object if {
	some found in check.findings with input as {"collections": {}}
	found.depends_on == ["UnifiedAuditLogIngestionEnabled"]
	found.resource.name == "Admin Audit Log Settings"
}
