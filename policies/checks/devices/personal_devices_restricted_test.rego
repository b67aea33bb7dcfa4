package tenantlint.checks.devices.personal_devices_restricted_test

import data.tenantlint.checks.devices.personal_devices_restricted as check
import rego.v1

findings(configurations) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"collections": {"device_enrollment_configurations": configurations},
	}
}

blocked := {"platformBlocked": true, "personalDeviceEnrollmentBlocked": false}

owned := {"platformBlocked": false, "personalDeviceEnrollmentBlocked": true}

open := {"platformBlocked": false, "personalDeviceEnrollmentBlocked": false}

default_(windows) := {
	"@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionsConfiguration",
	"id": "d",
	"displayName": "<b>%s",
	"priority": 0,
	"androidRestriction": blocked,
	"androidForWorkRestriction": owned,
	"iosRestriction": owned,
	"macOSRestriction": owned,
	"windowsRestriction": windows,
}

limit := {"@odata.type": "#microsoft.graph.deviceEnrollmentLimitConfiguration", "id": "l", "limit": 5}

single(id, priority, rule, kind) := {
	"@odata.type": "#microsoft.graph.deviceEnrollmentPlatformRestrictionConfiguration",
	"id": id,
	"displayName": id,
	"priority": priority,
	"platformType": "windows",
	"platformRestriction": rule,
	"assignments": [{"target": {"@odata.type": kind}}],
}

everybody := "#microsoft.graph.allLicensedUsersAssignmentTarget"

group := "#microsoft.graph.groupAssignmentTarget"

test_pass_when_blocked_by_default if findings([limit, default_(owned)]) == set()

test_pass_when_chosen_people_may if findings([default_(owned), single("s", 1, open, group)]) == set()

test_pass_when_a_restriction_for_all_users_blocks if {
	findings([default_(open), single("s", 1, owned, everybody)]) == set()
}

test_fail_when_open_by_default if {
	some one in findings([default_(open)])
	one.message == "Personal devices with Windows enrol."
	one.resource == {"kind": "deviceEnrollmentConfiguration", "id": "d", "name": "<b>%s"}
	one.evidence == object.union({"platform": "Windows"}, open)
	one.pointer == "/windowsRestriction"
	one.depends_on == []
}

test_fail_when_the_first_restriction_for_all_users_is_open if {
	found := findings([default_(owned), single("b", 2, owned, everybody), single("a", 1, open, everybody)])
	{one.resource.id | some one in found} == {"a"}
}

test_a_restriction_without_order_comes_last if {
	found := findings([default_(owned), single("b", null, owned, everybody), single("a", 7, open, everybody)])
	{one.resource.id | some one in found} == {"a"}
}

test_depends_when_not_told if {
	some one in findings([default_(null)])
	one.depends_on == ["windowsRestriction"]
	startswith(one.message, "The snapshot does not tell whether personal devices with Windows")
}

test_depends_without_a_default if {
	every given in [[], [limit], [{"@odata.type": 7}]] {
		some one in findings(given)
		one.depends_on == ["the default platform restriction"]
	}
}
