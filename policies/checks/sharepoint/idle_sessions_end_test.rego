package tenantlint.checks.sharepoint.idle_sessions_end_test

import data.tenantlint.checks.sharepoint.idle_sessions_end as check
import rego.v1

findings(minutes, unknown) := found if {
	found := check.findings with input as {
		"parameters": {"max_minutes": 180},
		"facts": {"idle_sessions": {
			"minutes": minutes,
			"told_by": ["sharepoint_settings"],
			"unknown": unknown,
			"resource": {"kind": "sharepointSettings", "id": "x", "name": "<b>%s"},
		}},
	}
}

test_pass_when_they_end_in_time if {
	findings(180, []) == set()
	findings(60, ["activity_based_timeout_policies"]) == set()
}

test_fail_when_they_end_late if {
	some one in findings(240, [])
	one.message == "Web sessions on unmanaged devices end after 240 minutes without use; 180 are permitted."
	one.depends_on == []
}

test_fail_when_they_never_end if {
	some one in findings(null, [])
	one.message == "Web sessions on unmanaged devices do not end however long nobody uses them."
	one.depends_on == []
	one.resource.name == "<b>%s"
}

test_inconclusive_when_something_is_not_told if {
	some one in findings(null, ["activity_based_timeout_policies"])
	one.depends_on == ["activity_based_timeout_policies"]
	some late in findings(240, ["activity_based_timeout_policies"])
	late.depends_on == ["activity_based_timeout_policies"]
}
