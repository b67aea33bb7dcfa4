package tenantlint.checks.teams.no_chat_in_foreign_meetings_test

import data.tenantlint.checks.teams.no_chat_in_foreign_meetings as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"teams_meeting_policies": policies}}
}

policy(name, value) := {"Identity": name, "AllowExternalNonTrustedMeetingChat": value}

test_pass_when_every_policy_has_it_as_wanted if {
	findings([policy("Global", false), policy("Tag:Sales", false)]) == set()
}

test_a_switch_may_be_a_text if findings([policy("Global", "False")]) == set()

test_fail_for_each_policy if {
	found := findings([policy("Global", true), policy("Tag:A", false), policy("Tag:<b>%s", true)])
	{one.message | some one in found} == {
		concat(" ", [
			"The meeting policy Global, which everybody has who was given no",
			"other, lets people write in meetings of organizations that are not trusted.",
		]),
		concat(" ", [
			"The meeting policy Tag:<b>%s, which is for those whom it is assigned",
			"to, lets people write in meetings of organizations that are not trusted.",
		]),
	}
	every one in found {
		one.depends_on == []
		one.resource.kind == "teamsMeetingPolicy"
		one.pointer == "/AllowExternalNonTrustedMeetingChat"
		one.evidence == {"AllowExternalNonTrustedMeetingChat": true}
	}
}

test_inconclusive_when_not_told if {
	every given in [policy("Global", null), policy("Global", "perhaps"), policy(null, 7), {"Identity": "Global"}] {
		some one in findings([policy("Tag:A", false), given])
		one.depends_on == ["AllowExternalNonTrustedMeetingChat"]
		startswith(
			one.message,
			concat(" ", [
				"The snapshot does not tell whether people may write in meetings of",
				"organizations that are not trusted under the meeting policy ",
			]),
		)
	}
}

test_what_microsoft_ships_is_left_out if {
	findings([policy("Global", false), policy("Tag:AllOn", true)]) == set()
}

test_inconclusive_without_a_policy if {
	some one in findings([])
	one.depends_on == ["each meeting policy of Teams"]
}
