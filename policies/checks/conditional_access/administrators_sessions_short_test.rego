package tenantlint.checks.conditional_access.administrators_sessions_short_test

import data.tenantlint.checks.conditional_access.administrators_sessions_short as check
import data.tenantlint.lib.administrators_test as mock
import rego.v1

run(hours, frequency, persistence) := found if {
	answers := [
		{"hours": -1, "answer": mock.fact([mock.role], true)},
		{"hours": hours, "answer": mock.fact([frequency], true)},
	]
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"max_hours": 4, "tiers": ["takeover"]},
		"facts": {"sessions": {"administrators": {
			"frequency": answers,
			"persistence": mock.fact([persistence], true),
		}}},
	}
}

test_pass_when_both_are_asked_for if run(4, mock.covered, mock.covered) == set()

test_fail_when_the_frequency_is_too_long if {
	some finding in run(8, mock.covered, mock.covered)
	finding.message == concat("", [
		"Administrators can sign in without having to sign in again within 4 hours: ",
		"Global Administrator (3 of 4).",
	])
	finding.key == {"certainty": "certain", "part": "frequency"}
}

test_fail_when_browser_sessions_last if {
	some finding in run(4, mock.covered, mock.role)
	contains(finding.message, "losing the browser session when the browser closes")
	finding.key.part == "persistence"
}

test_both_are_told_apart if count(run(8, mock.covered, mock.role)) == 2
