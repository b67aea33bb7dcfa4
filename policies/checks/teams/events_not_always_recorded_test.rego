package tenantlint.checks.teams.events_not_always_recorded_test

import data.tenantlint.checks.teams.events_not_always_recorded as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"collections": {"teams_meeting_broadcast_policies": policies},
	}
}

policy(name, value) := {"Identity": name, "BroadcastRecordingMode": value}

test_pass_when_the_organizer_decides_or_nobody_records if {
	findings([policy("Global", "UserOverride"), policy("Tag:Quiet", "alwaysdisabled")]) == set()
	findings([policy("Global", "UserOverride"), policy("Tag:Default", "AlwaysEnabled")]) == set()
}

test_fail_for_each_policy_that_always_records if {
	found := findings([policy("Global", "AlwaysEnabled"), policy("Tag:<b>%s", "AlwaysEnabled")])
	{one.message | some one in found} == {
		"The live events policy Global, which everybody has who was given no other, records every event.",
		"The live events policy Tag:<b>%s, which is for those whom it is assigned to, records every event.",
	}
}

test_inconclusive_when_not_told if {
	every given in [policy("Global", null), policy("Global", "Sometimes"), {"Identity": "Global"}] {
		some one in findings([given])
		one.depends_on == ["BroadcastRecordingMode"]
	}
}
