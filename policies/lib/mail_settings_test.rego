package tenantlint.lib.mail_settings_test

import data.tenantlint.lib.mail_settings as mail
import rego.v1

# Mocks that the tests of checks share.
everyone := {"kind": "domain", "id": "*", "name": "everyone"}

# A layer that certainly takes everyone. `policy`: what the policy object holds, null where the snapshot lacks it.
layer(kind, policy) := {
	"layer": kind,
	"name": "Sales <b>%d",
	"policy": policy,
	"policy_unknown": null,
	"resource": {"kind": "tenant", "id": "p", "name": "Sales <b>%d"},
	"rule": "Sales",
	"rule_id": "r",
	"reaches": "everyone",
	"reached": "certain",
	"who": [everyone],
	"who_possibly": [],
	"depends_on": [],
}

unreached(given) := object.union(given, {"reached": "none", "who": []})

missing(kind) := object.union(layer(kind, null), {"policy_unknown": "the policy x"})

# An input with these layers of one fact.
told(fact, layers, parameters) := {
	"parameters": parameters,
	"facts": {"mail_protection": {fact: {"layers": layers}}},
}

# The shortcoming that a message tells, without its subject.
shortcoming(finding) := trim_prefix(finding.message, prefix) if {
	prefix := regex.find_n(`^The .* policy "Sales <b>%d", which (applies|may apply) to everyone, `, finding.message, 1)[0]
} else := finding.message

found(layers, wants) := mail.findings({"layers": layers, "product": "anti-x", "wants": wants})

one(policy, want) := [finding | some finding in found([layer("custom", policy)], [want])]

says(policy, want, words) if {
	[finding] = one(policy, want)
	shortcoming(finding) == words
	finding.depends_on == []
}

open(policy, want) if {
	[finding] = one(policy, want)
	count(finding.depends_on) > 0
}

test_a_switch if {
	on := {"property": "A", "is": true}
	one({"A": true}, on) == []
	one({"a": "True"}, on) == []
	says({"A": false}, on, "has A off.")
	says({"A": true}, {"property": "A", "is": false}, "has A on.")
	open({"A": null}, on)
	open({"A": "maybe"}, on)
	open({}, on)
}

test_a_choice if {
	want := {"property": "A", "among": ["Quarantine", "MoveToJmf"], "known": ["NoAction", "Quarantine", "MoveToJmf"]}
	one({"A": "movetojmf"}, want) == []
	says({"A": "NoAction"}, want, "has A NoAction.")
	open({"A": "Teleport"}, want)
	open({"A": null}, want)
	says({"A": "Teleport"}, object.remove(want, ["known"]), "has A Teleport.")
}

test_a_number if {
	want := {"property": "A", "least": 4, "most": 6}
	one({"A": 4}, want) == []
	one({"A": "6"}, want) == []
	says({"A": 7}, want, "has A 7.")
	says({"A": 3}, {"property": "A", "least": 4}, "has A 3.")
	says({"A": 7}, {"property": "A", "most": 4}, "has A 7.")
	open({"A": "many"}, want)
}

test_a_list_without_other_entries if {
	want := {"property": "A", "permitted": ["fine.example"]}
	one({"A": []}, want) == []
	one({"A": ""}, want) == []
	one({"A": null}, want) == []
	one({"A": "FINE.example"}, want) == []
	says({"A": ["x", {"Domain": "y"}]}, want, "has x, y in A.")
	says({"A": [{"Sender": {"Address": "a@b"}}, {"Address": "c@d"}]}, want, "has a@b, c@d in A.")
	says({"A": [7]}, want, "has an entry that is no text in A.")
	open({}, want)
}

test_a_list_with_all_entries if {
	want := {"property": "A", "holds": ["exe", "cmd"]}
	one({"A": ["CMD", "exe", "js"]}, want) == []
	says({"A": ["exe"]}, want, "lacks cmd in A.")
	open({}, want)
}

test_people_are_told_apart_by_their_addresses if {
	one({"A": "Ada;ada@x.example"}, {"property": "A", "holds": ["ADA@x.example"]}) == []
	one({"A": "Ada;ada@x.example"}, {"property": "A", "holds": ["A. Lovelace;ada@x.example"]}) == []
	says({"A": "Ada;ada@x.example"}, {"property": "A", "holds": ["Ada"]}, "lacks Ada in A.")
}

test_a_list_with_an_entry if {
	want := {"property": "A", "filled": true}
	one({"A": ["x"]}, want) == []
	says({"A": []}, want, "has nothing in A.")
	open({}, want)
}

test_one_of_several_groups if {
	want := {
		"any": [[{"property": "A", "is": true}], [{"property": "B", "is": true}, {"property": "C", "is": true}]],
		"words": "does neither",
	}
	one({"A": true, "B": false, "C": false}, want) == []
	one({"B": true, "C": true}, want) == []
	says({"A": false, "B": false, "C": true}, want, "does neither.")
	[finding] = one({"A": false, "B": true}, want)
	finding.depends_on == ["C of the policy Sales <b>%d"]
	shortcoming(finding) == "does not tell A, B, C."
}

test_several_flaws_are_one_finding if {
	[finding] = [each |
		some each in found([layer("custom", {"A": false, "b": 9})], [
			{"property": "A", "is": true},
			{"property": "B", "most": 5},
			{"property": "C", "is": true},
		])
	]
	shortcoming(finding) == "has A off and has B 9."
	finding.evidence.settings == {"A": false, "B": 9, "C": null}
	finding.pointer == "/A"
	finding.depends_on == []
}

test_the_pointer_is_spelled_as_the_source_spells_it if {
	[finding] = one({"a": null, "B": true}, {"property": "A", "is": true})
	finding.pointer == "/a"
	[untold] = one({}, {"property": "A", "is": true})
	not untold.pointer
}

test_microsofts_own_policies_count_as_documented if {
	clicks := {"property": "AllowClickThrough", "is": false}
	found([layer("strict", null), layer("standard", {})], [clicks]) == set()
	[finding] = [each | some each in found([layer("built_in", null)], [clicks])]
	shortcoming(finding) == "has AllowClickThrough on."
	found([layer("strict", {"AllowClickThrough": true})], [clicks]) != set()
	[other] = [each | some each in found([layer("strict", null)], [{"property": "Other", "is": true}])]
	other.depends_on == ["Other of the policy Sales <b>%d"]
}

test_a_policy_that_is_not_there_is_one_unknown if {
	[finding] = [each | some each in found([missing("custom")], [{"property": "A", "is": true}])]
	finding.depends_on == ["the policy x"]
	shortcoming(finding) == "is not in the snapshot."
	not finding.pointer
}

test_layers_that_do_not_matter if {
	want := {"property": "A", "is": true}
	found([unreached(layer("custom", {"A": false})), layer("none", null)], [want]) == set()
	own := {"layers": [layer("strict", {"A": false})], "product": "x", "wants": [want], "presets": false}
	mail.findings(own) == set()
}

test_those_without_any_policy if {
	[finding] = [each | some each in mail.unprotected({"layers": [layer("none", null)], "product": "Safe Links"})]
	finding.message == "No Safe Links policy applies to everyone."
	finding.depends_on == []
	mail.unprotected({"layers": [unreached(layer("none", null)), layer("custom", {})], "product": "x"}) == set()
}
