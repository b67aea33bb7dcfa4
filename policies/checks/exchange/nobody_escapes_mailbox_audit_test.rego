package tenantlint.checks.exchange.nobody_escapes_mailbox_audit_test

import data.tenantlint.checks.exchange.nobody_escapes_mailbox_audit as check
import rego.v1

account(value) := {"Guid": "g", "Identity": "Backup", "Name": "Backup", "AuditBypassEnabled": value}

findings(accounts, permitted) := found if {
	found := check.findings with input as {
		"parameters": {"permitted": permitted},
		"collections": {"mailbox_audit_bypass": accounts},
	}
}

test_pass_without_a_bypass if {
	findings([], []) == set()
	findings([account(false)], []) == set()
	findings([account(true)], ["backup"]) == set()
}

test_fail_with_a_bypass if {
	some found in findings([account(true)], [])
	found.message == "Nothing that Backup does in mailboxes is recorded."
	found.resource == {"kind": "mailboxAuditBypass", "id": "g", "name": "Backup"}
}

test_inconclusive_when_null if {
	some found in findings([account(null)], [])
	found.depends_on == ["AuditBypassEnabled"]
}
