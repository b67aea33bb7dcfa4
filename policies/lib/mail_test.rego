package tenantlint.lib.mail_test

import data.tenantlint.lib.mail
import rego.v1

everyone := {"kind": "domain", "id": "*", "name": "everyone"}

contoso := {"kind": "domain", "id": "contoso.com", "name": "contoso.com"}

finance := {"kind": "group", "id": "finance@contoso.com", "name": "finance@contoso.com"}

ceo := {"kind": "user", "id": "ceo@contoso.com", "name": "ceo@contoso.com"}

certain := {
	"layer": "custom",
	"name": "Finance",
	"policy": {"Enable": true, "Action": null},
	"policy_unknown": null,
	"resource": {"kind": "safeLinksPolicy", "id": "p1", "name": "Finance"},
	"rule": "Finance rule",
	"rule_id": "r1",
	"reaches": "SentToMemberOf finance@contoso.com",
	"reached": "certain",
	"who": [finance],
	"who_possibly": [ceo],
	"depends_on": ["x"],
}

possible := object.union(certain, {"reached": "possible", "who": []})

unreached := object.union(certain, {"reached": "none", "who": [], "who_possibly": []})

test_a_setting_is_null_without_a_policy if {
	mail.setting(certain, "Enable") == true
	mail.setting(certain, "Absent") == null
	mail.setting({"policy": null}, "Enable") == null
}

test_settings_that_are_null_or_absent_are_unknown if {
	mail.unknown_settings(certain, {"Enable": "boolean", "Action": "string", "Absent": "string"}) == {
		"Action of the policy Finance",
		"Absent of the policy Finance",
	}
}

test_a_missing_policy_is_one_unknown if {
	missing := object.union(certain, {"policy": null, "policy_unknown": "the policy Finance"})
	mail.unknown_settings(missing, {"Enable": "boolean"}) == {"the policy Finance"}
}

test_microsoft_keeps_the_settings_of_its_own_layers if {
	every layer in ["strict", "standard", "built_in"] {
		own := {"layer": layer, "name": "", "policy": null, "policy_unknown": "the policy"}
		mail.unknown_settings(own, {"Enable": "boolean"}) == set()
	}
}

test_a_certain_finding_names_those_who_are_certainly_reached if {
	found := mail.finding(certain, [certain, unreached], {"flaw"}, {"unknown"}, "Message.", {"a": 1})
	found.principals == [finance]
	found.depends_on == []
	found.key == ["custom", "r1"]
	found.message == "Message."
	found.evidence.a == 1
	found.evidence.order == [
		"custom: SentToMemberOf finance@contoso.com (reached)",
		"custom: SentToMemberOf finance@contoso.com (nobody is left for it)",
	]
}

test_a_possible_finding_hangs_on_what_its_reach_hangs_on if {
	found := mail.finding(possible, [possible], {"flaw"}, {"unknown"}, "Message.", {})
	found.principals == [ceo]
	found.depends_on == ["x"]
	found.evidence.order == ["custom: SentToMemberOf finance@contoso.com (perhaps reached)"]
}

test_without_a_flaw_the_finding_hangs_on_the_unknown_settings if {
	mail.finding(certain, [], set(), {"unknown"}, "Message.", {}).depends_on == ["unknown"]
	mail.finding(possible, [], set(), {"unknown"}, "Message.", {}).depends_on == ["unknown", "x"]
}

test_sentences_say_how_certain_the_reach_is if {
	mail.subject("Safe Links", certain) == concat("", [
		"The Safe Links policy \"Finance\", which applies to ",
		"the members of finance@contoso.com,",
	])
	mail.subject("Safe Links", possible) == concat("", [
		"The Safe Links policy \"Finance\", which may apply to ",
		"ceo@contoso.com,",
	])
	mail.nobodys("Safe Links", certain) == "No Safe Links policy applies to the members of finance@contoso.com."
	mail.nobodys("Safe Links", possible) == "Perhaps no Safe Links policy applies to ceo@contoso.com."
}

test_people_are_named_by_what_they_are if {
	mail.person(everyone) == "everyone"
	mail.person(contoso) == "everyone in contoso.com"
	mail.person(finance) == "the members of finance@contoso.com"
	mail.person(ceo) == "ceo@contoso.com"
}

test_long_lists_are_shortened if {
	mail.shortened(["a", "b", "c"]) == "a, b, c"
	mail.shortened(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
}

test_the_first_key_with_a_text_identifies if {
	mail.identity({"Guid": null, "Identity": "", "Name": "n"}, ["Guid", "Identity", "Name"]) == "n"
	mail.identity({}, ["Guid"]) == "unknown"
}

test_a_collapsed_list_is_a_list_of_one if {
	mail.listed(["a", "b"]) == ["a", "b"]
	mail.listed("a") == ["a"]
	mail.listed("") == []
	mail.listed(null) == []
}
