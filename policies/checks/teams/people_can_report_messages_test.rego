package tenantlint.checks.teams.people_can_report_messages_test

import data.tenantlint.checks.teams.people_can_report_messages as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"teams_messaging_policies": policies}}
}

policy(name, value) := {"Identity": name, "AllowSecurityEndUserReporting": value}

test_pass_when_every_policy_has_it_as_wanted if {
	findings([policy("Global", true), policy("Tag:Sales", true)]) == set()
}

test_a_switch_may_be_a_text if findings([policy("Global", "True")]) == set()

test_fail_for_each_policy if {
	found := findings([policy("Global", false), policy("Tag:A", true), policy("Tag:<b>%s", false)])
	{one.message | some one in found} == {
		concat(" ", [
			"The messaging policy Global, which everybody has who was given no",
			"other, gives people no way to report a message as a threat.",
		]),
		concat(" ", [
			"The messaging policy Tag:<b>%s, which is for those whom it is",
			"assigned to, gives people no way to report a message as a threat.",
		]),
	}
	every one in found {
		one.depends_on == []
		one.resource.kind == "teamsMessagingPolicy"
		one.pointer == "/AllowSecurityEndUserReporting"
		one.evidence == {"AllowSecurityEndUserReporting": false}
	}
}

test_inconclusive_when_not_told if {
	every given in [policy("Global", null), policy("Global", "perhaps"), policy(null, 7), {"Identity": "Global"}] {
		some one in findings([policy("Tag:A", true), given])
		one.depends_on == ["AllowSecurityEndUserReporting"]
		startswith(
			one.message,
			"The snapshot does not tell whether people can report a message as a threat under the messaging policy ",
		)
	}
}

test_what_microsoft_ships_is_left_out if {
	findings([policy("Global", true), policy("Tag:AllOn", false)]) == set()
}

test_inconclusive_without_a_policy if {
	some one in findings([])
	one.depends_on == ["each messaging policy of Teams"]
}
