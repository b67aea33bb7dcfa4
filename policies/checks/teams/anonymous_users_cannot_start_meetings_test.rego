package tenantlint.checks.teams.anonymous_users_cannot_start_meetings_test

import data.tenantlint.checks.teams.anonymous_users_cannot_start_meetings as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"collections": {"teams_meeting_policies": policies},
	}
}

policy(name, start) := {"Identity": name, "AllowAnonymousUsersToStartMeeting": start}

test_pass_when_every_policy_forbids_it if {
	findings([policy("Global", false), policy("Tag:Sales", false)]) == set()
}

test_fail_for_each_policy_that_allows_it if {
	found := findings([policy("Global", false), policy("Tag:A", true), policy("Tag:<b>%s", true)])
	{each.resource.name | some each in found} == {"Tag:A", "Tag:<b>%s"}
	every each in found {
		endswith(each.message, ", lets anonymous users and dial-in callers start meetings.")
		each.depends_on == []
		each.pointer == "/AllowAnonymousUsersToStartMeeting"
	}
}

test_what_microsoft_ships_is_left_out if {
	findings([policy("Global", false), policy("Tag:AllOn", true)]) == set()
}

test_fail_even_where_anonymous_users_may_not_join if {
	closed := object.union(policy("Global", true), {"AllowAnonymousUsersToJoinMeeting": false})
	some found in findings([closed])
	found.evidence.AllowAnonymousUsersToJoinMeeting == false
}

test_inconclusive_when_it_is_null_or_absent if {
	every told in [policy("Global", null), policy("Global", "no"), {"Identity": "Global"}] {
		some found in findings([told])
		found.depends_on == ["AllowAnonymousUsersToStartMeeting"]
	}
}

test_a_policy_without_a_name_is_judged if {
	some found in findings([policy(null, true)])
	found.resource.id == "unknown"
}

test_inconclusive_without_any_policy if {
	some found in findings([])
	found.depends_on == ["each meeting policy of Teams"]
	found.resource.kind == "tenant"
}
