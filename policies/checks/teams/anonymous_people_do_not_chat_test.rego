package tenantlint.checks.teams.anonymous_people_do_not_chat_test

import data.tenantlint.checks.teams.anonymous_people_do_not_chat as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"teams_meeting_policies": policies}}
}

policy(name, chat, join) := {
	"Identity": name,
	"MeetingChatEnabledType": chat,
	"AllowAnonymousUsersToJoinMeeting": join,
}

test_pass_when_they_do_not_write if {
	every chat in ["Disabled", "EnabledExceptAnonymous", "enabledinmeetingonlyforallexceptanonymous"] {
		findings([policy("Global", chat, true)]) == set()
	}
}

test_pass_when_they_do_not_join if findings([policy("Global", "Enabled", false)]) == set()

test_fail_for_each_policy_that_lets_them_write if {
	found := findings([
		policy("Global", "Enabled", true),
		policy("Tag:<b>%s", "Enabled", null),
		policy("Tag:Kiosk", "Enabled", true),
	])
	{one.message | some one in found} == {
		concat(" ", [
			"The meeting policy Global, which everybody has who was given no",
			"other, lets anonymous people write in meeting chats.",
		]),
		concat(" ", [
			"The meeting policy Tag:<b>%s, which is for those whom it is assigned",
			"to, lets anonymous people write in meeting chats.",
		]),
	}
}

test_inconclusive_when_not_told if {
	every chat in [null, "New", true] {
		some one in findings([policy("Global", chat, true)])
		one.depends_on == ["MeetingChatEnabledType"]
	}
	some nothing in findings([])
	nothing.depends_on == ["each meeting policy of Teams"]
}
