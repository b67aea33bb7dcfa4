package tenantlint.checks.teams.outsiders_wait_in_the_lobby_test

import data.tenantlint.checks.teams.outsiders_wait_in_the_lobby as check
import rego.v1

accepted := ["EveryoneInCompany", "EveryoneInCompanyExcludingGuests", "InvitedUsers", "OrganizerOnly"]

findings_with(policies, permitted) := found if {
	found := check.findings with input as {
		"parameters": {"accepted": permitted},
		"collections": {"teams_meeting_policies": policies},
	}
}

findings(policies) := findings_with(policies, accepted)

policy(name, value) := {"Identity": name, "AutoAdmittedUsers": value}

test_pass_when_people_from_outside_wait if {
	every value in accepted {
		findings([policy("Global", value)]) == set()
	}
	findings([policy("Global", "organizeronly")]) == set()
}

test_fail_for_each_policy_that_lets_them_in if {
	found := findings([
		policy("Global", "Everyone"),
		policy("Tag:<b>%s", "EveryoneInSameAndFederatedCompany"),
		policy("Tag:Strict", "OrganizerOnly"),
	])
	{one.message | some one in found} == {
		concat(" ", [
			"The meeting policy Global, which everybody has who was given no",
			"other, lets people from outside into meetings past the lobby.",
		]),
		concat(" ", [
			"The meeting policy Tag:<b>%s, which is for those whom it is assigned",
			"to, lets people from outside into meetings past the lobby.",
		]),
	}
	every one in found {
		one.depends_on == []
	}
}

test_pass_for_what_the_parameter_accepts if {
	findings_with([policy("Global", "Everyone")], ["everyone"]) == set()
}

test_inconclusive_when_not_told_or_of_no_known_name if {
	every given in [
		policy("Global", null),
		policy("Global", "SomethingNew"),
		policy("Global", true),
		{"Identity": "Global"},
	] {
		some one in findings([given])
		one.depends_on == ["AutoAdmittedUsers"]
		one.message == "The snapshot does not tell who waits in the lobby under the meeting policy Global."
	}
}

test_what_microsoft_ships_is_left_out if {
	findings([policy("Global", "OrganizerOnly"), policy("Tag:Default", "Everyone")]) == set()
}
