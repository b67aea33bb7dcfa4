package tenantlint.lib.settings_test

import data.tenantlint.lib.settings
import rego.v1

resource := {"kind": "transportConfig", "id": "t", "name": "Transport"}

ask(object_) := {
	"resource": resource,
	"object": object_,
	"property": "SmtpClientAuthenticationDisabled",
	"about": "whether SMTP AUTH is off",
	"observed": "SMTP AUTH is on.",
	"wanted": true,
}

states(found) := {state |
	some finding in found
	state := {true: "bad", false: "unknown"}[finding.depends_on == []]
}

test_switch_as_wanted if {
	settings.switch(ask({"SmtpClientAuthenticationDisabled": true})) == set()
	settings.switch(ask({"smtpclientauthenticationdisabled": "True"})) == set()
}

test_switch_not_as_wanted if {
	some found in settings.switch(ask({"SmtpClientAuthenticationDisabled": false}))
	found.message == "SMTP AUTH is on."
	found.depends_on == []
	found.resource == resource
	found.evidence == {"SmtpClientAuthenticationDisabled": false}
	found.pointer == "/SmtpClientAuthenticationDisabled"
	not found.key
}

test_switch_not_told if {
	every object_ in [{}, {"SmtpClientAuthenticationDisabled": null}, {"SmtpClientAuthenticationDisabled": "maybe"}, null] {
		some found in settings.switch(ask(object_))
		found.message == "The snapshot does not tell whether SMTP AUTH is off."
		found.depends_on == ["SmtpClientAuthenticationDisabled"]
	}
}

test_extras_go_on_the_finding if {
	more := {"evidence": {"count": 3}, "key": "k", "principals": [{"id": "u"}], "population": "p"}
	some found in settings.switch(object.union(ask({"SmtpClientAuthenticationDisabled": "FALSE"}), more))
	found.evidence == {"SmtpClientAuthenticationDisabled": "FALSE", "count": 3}
	found.key == "k"
	found.principals == [{"id": "u"}]
	found.population == "p"
}

test_path if {
	nested := object.union(ask({"a": {"b": false}}), {"property": ["a", "b"]})
	some found in settings.switch(nested)
	found.evidence == {"a.b": false}
	found.pointer == "/a/b"
	settings.switch(object.union(nested, {"object": {"a": {"b": true}}})) == set()
	states(settings.switch(object.union(nested, {"object": {"a": null}}))) == {"unknown"}
}

choice(given, more) := states(settings.choice(object.union(
	{
		"resource": resource,
		"object": {"Action": given},
		"property": "Action",
		"about": "the action",
		"observed": "x",
		"allowed": ["Quarantine", 3],
	},
	more,
)))

test_choice if {
	choice("quarantine", {}) == set()
	choice(3, {}) == set()
	choice("MoveToJmf", {}) == {"bad"}
	choice(null, {}) == {"unknown"}
	choice("movetojmf", {"known": ["MoveToJmf", "Quarantine"]}) == {"bad"}
	choice("SomethingNew", {"known": ["MoveToJmf", "Quarantine"]}) == {"unknown"}
}

within(given, bounds) := states(settings.within(object.union(
	{"resource": resource, "object": {"Days": given}, "property": "Days", "about": "the days", "observed": "x"},
	bounds,
)))

test_within if {
	within(30, {"most": 30}) == set()
	within("30", {"least": 1, "most": 30}) == set()
	within(31, {"most": 30}) == {"bad"}
	within(-1, {"least": 0}) == {"bad"}
	within("Unlimited", {"most": 30}) == {"unknown"}
	within(null, {"most": 30}) == {"unknown"}
}

empty(object_) := states(settings.empty({
	"resource": resource,
	"object": object_,
	"property": "List",
	"about": "the list",
	"observed": "x",
}))

test_empty if {
	empty({"List": []}) == set()
	empty({"List": null}) == set()
	empty({"list": ""}) == set()
	empty({"List": ["a"]}) == {"bad"}
	empty({"List": "a"}) == {"bad"}
	empty({"List": 7}) == {"unknown"}
	empty({}) == {"unknown"}
	empty("no object") == {"unknown"}
}

test_empty_by_path if {
	asked := {"resource": resource, "property": ["a", "list"], "about": "the list", "observed": "x"}
	states(settings.empty(object.union(asked, {"object": {"a": {"list": ["x"]}}}))) == {"bad"}
	settings.empty(object.union(asked, {"object": {"a": {"list": []}}})) == set()
	states(settings.empty(object.union(asked, {"object": {"a": {}}}))) == {"unknown"}
}
