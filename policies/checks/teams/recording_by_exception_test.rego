package tenantlint.checks.teams.recording_by_exception_test

import data.tenantlint.checks.teams.recording_by_exception as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"teams_meeting_policies": policies}}
}

policy(name, value) := {"Identity": name, "AllowCloudRecording": value}

test_pass_when_the_global_policy_forbids_it if {
	findings([policy("Global", false)]) == set()
	findings([policy("Global", false), policy("Tag:Trainers", true), policy("Tag:AllOn", true)]) == set()
}

test_fail_when_everybody_records if {
	some one in findings([policy("Global", true), policy("Tag:<b>%s", true), policy("Tag:None", null)])
	one.message == "The meeting policy Global, which everybody has who was given no other, lets people record meetings."
	one.evidence == {"AllowCloudRecording": true, "other policies that let people record": ["Tag:<b>%s"]}
	one.depends_on == []
}

test_inconclusive_when_not_told if {
	every given in [policy("Global", null), {"Identity": "Global"}, policy("global", "perhaps")] {
		some one in findings([given])
		one.depends_on == ["AllowCloudRecording"]
	}
}

test_inconclusive_without_the_global_policy if {
	some one in findings([policy("Tag:Trainers", true)])
	one.depends_on == ["the global meeting policy"]
}
