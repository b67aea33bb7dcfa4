package tenantlint.checks.teams.only_organizers_present_test

import data.tenantlint.checks.teams.only_organizers_present as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"teams_meeting_policies": policies}}
}

policy(name, value) := {"Identity": name, "DesignatedPresenterRoleMode": value}

test_pass_when_organizers_present if {
	findings([policy("Global", "OrganizerOnlyUserOverride"), policy("Tag:AllOn", "EveryoneUserOverride")]) == set()
}

test_fail_for_each_policy_where_others_present if {
	found := findings([policy("Global", "EveryoneUserOverride"), policy("Tag:<b>%s", "EveryoneInCompanyUserOverride")])
	{one.resource.name | some one in found} == {"Global", "Tag:<b>%s"}
	every one in found {
		one.depends_on == []
		endswith(one.message, ", lets others than the organizers present from the start.")
	}
}

test_inconclusive_when_not_told if {
	every given in [policy("Global", null), policy("Global", "New"), {"Identity": "Global"}] {
		some one in findings([given])
		one.depends_on == ["DesignatedPresenterRoleMode"]
	}
}
