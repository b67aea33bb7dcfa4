package tenantlint.checks.exchange.smtp_auth_not_reopened_test

import data.tenantlint.checks.exchange.smtp_auth_not_reopened as check
import rego.v1

box := {
	"resource": {"kind": "mailbox", "id": "u1", "name": "ann@contoso.example"},
	"principal": {"id": "u1", "kind": "user", "name": "ann@contoso.example", "enabled": true},
	"address": "ann@contoso.example",
}

findings(mailboxes, untold, permitted) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"permitted_mailboxes": permitted},
		"facts": {"mailboxes": {"smtp_auth": {"mailboxes": mailboxes, "untold": untold}}},
	}
}

test_pass_without_such_mailboxes if {
	findings([], 0, []) == set()
	findings([box], 0, ["Ann@contoso.example"]) == set()
}

test_fail_with_one if {
	some found in findings([box], 0, [])
	found.message == "SMTP AUTH is turned on for the mailbox ann@contoso.example."
	found.principals == [box.principal]
	not found.depends_on
}

test_inconclusive_when_the_property_is_missing if {
	some found in findings([], 2, [])
	found.message == "The snapshot does not tell the setting for SMTP AUTH of 2 mailboxes."
	found.depends_on == ["SmtpClientAuthenticationDisabled of the mailboxes"]
}
