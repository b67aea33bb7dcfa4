package tenantlint.checks.teams.colleagues_do_not_wait_test

import data.tenantlint.checks.teams.colleagues_do_not_wait as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"teams_meeting_policies": policies}}
}

policy(name, value) := {"Identity": name, "AutoAdmittedUsers": value}

test_pass_when_colleagues_are_let_in if {
	every value in [
		"Everyone",
		"EveryoneInSameAndFederatedCompany",
		"EveryoneInCompany",
		"EveryoneInCompanyExcludingGuests",
	] {
		findings([policy("Global", value)]) == set()
	}
}

test_pass_when_another_policy_is_stricter if {
	findings([policy("Global", "EveryoneInCompany"), policy("Tag:Board", "OrganizerOnly")]) == set()
}

test_fail_when_colleagues_wait if {
	every value in ["OrganizerOnly", "InvitedUsers"] {
		some one in findings([policy("Global", value)])
		one.depends_on == []
		endswith(one.message, ", keeps colleagues waiting in the lobby.")
	}
}

test_inconclusive_when_not_told if {
	every given in [policy("Global", null), policy("Global", "<b>%s"), {"Identity": "Global"}] {
		some one in findings([given])
		one.depends_on == ["AutoAdmittedUsers"]
	}
}

test_inconclusive_without_the_global_policy if {
	some one in findings([policy("Tag:Board", "OrganizerOnly")])
	one.depends_on == ["the global meeting policy"]
}
