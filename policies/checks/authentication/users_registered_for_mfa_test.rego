package tenantlint.checks.authentication.users_registered_for_mfa_test

import data.tenantlint.checks.authentication.users_registered_for_mfa as check
import rego.v1

people(number, unknown) := {
	"population": "registration/x",
	"count": number,
	"disabled": 0,
	"enabled_unknown": unknown,
	"names": [],
}

about(without, untold) := {"without": without, "new": 1, "untold": untold}

run(without, untold, unlisted) := found if {
	found := check.findings with input as {
		"parameters": {"max_share_without": 0.05},
		"facts": {"registration": {
			"members": 100,
			"mfa": about(without, untold),
			"reset": about(without, untold),
			"unlisted": people(unlisted, 0),
			"accounts_known": true,
		}},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_everybody_is if {
	run(people(0, 0), 0, 0) == set()
	run(people(5, 0), 0, 0) == set()
}

test_fail_when_some_are_not if {
	finding := only(run(people(9, 0), 0, 0))
	finding.message == "9 enabled members cannot answer an MFA request."
	finding.population == ["registration/x"]
	finding.depends_on == []
	startswith(only(run(people(7, 0), 0, 0)).message, "7 enabled members cannot")
}

test_depends_on_accounts_and_on_null_rows if {
	count(only(run(people(9, 9), 0, 0)).depends_on) == 1
	only(run(people(0, 0), 9, 0)).key == {"what": "untold"}
	only(run(people(0, 0), 0, 9)).evidence.unlisted == 9
}

test_not_applicable_without_members if {
	empty := {"members": 0, "mfa": about(people(0, 0), 0), "reset": about(people(0, 0), 0), "unlisted": people(0, 0)}
	given := {"parameters": {"max_share_without": 0.05}, "facts": {"registration": empty}}
	count(check.not_applicable) == 1 with input as given
}
