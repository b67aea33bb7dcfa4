package tenantlint.checks.external_access.guests_in_use_test

import data.tenantlint.checks.external_access.guests_in_use as check
import rego.v1

fact(changes) := object.union(
	{
		"enabled": 5,
		"pending": [],
		"idle": [],
		"untold": {"population": "guests/untold", "count": 0, "names": []},
		"members": [],
		"users_known": true,
	},
	changes,
)

run(changes) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"max_days": 180, "max_days_pending": 60},
		"facts": {"guests": fact(changes)},
	}
}

guest(days) := {"id": sprintf("u%d", [days]), "name": "](Ann)", "days": days, "never": false}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_all_are_in_use if {
	run({}) == set()
	run({"pending": [guest(60)], "idle": [guest(180)]}) == set()
}

test_fail_when_some_are_not if {
	idle := only(run({"idle": [guest(181), guest(900), guest(20)]}))
	idle.message == "2 guests have not signed in for more than 180 days."
	[one.id | some one in idle.principals] == ["u181", "u900"]
	idle.evidence == {"guests": 5, "found": 2, "oldest_days": 900}
	only(run({"pending": [guest(61)]})).message == "1 guest never accepted an invitation of more than 60 days ago."
}

test_depends_when_activity_is_not_told if {
	finding := only(run({"untold": {"population": "guests/untold", "count": 3, "names": ["a"]}}))
	finding.depends_on == ["user_sign_in_activity"]
}
