package tenantlint.checks.exchange.mailbox_audit_complete_test

import data.tenantlint.checks.exchange.mailbox_audit_complete as check
import rego.v1

people(name, count_) := {"population": name, "count": count_, "disabled": 0, "names": ["Ann"]}

findings(incomplete, ages, untold) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"min_days": 90},
		"facts": {"mailboxes": {"audit": {
			"incomplete": people("i", incomplete),
			"ages": ages,
			"untold": untold,
		}}},
	}
}

test_pass_with_complete_records if {
	findings(0, [object.union({"days": 90}, people("a", 12))], 0) == set()
}

test_fail_with_incomplete_records if {
	some found in findings(1, [], 0)
	found.message == "1 mailbox records less than what an intrusion does."
	found.population == "i"
}

test_fail_with_short_records if {
	some found in findings(0, [object.union({"days": 1}, people("a", 2))], 0)
	found.message == "The records of 2 mailboxes end after 1 day."
	found.population == "a"
}

test_inconclusive_when_not_told if {
	some found in findings(0, [], 5)
	found.message == "The snapshot does not tell what 5 mailboxes record, and for how long."
	count(found.depends_on) == 1
}
