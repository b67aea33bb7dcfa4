package tenantlint.lib.teams_test

import data.tenantlint.lib.teams
import rego.v1

meetings := "teams_meeting_policies"

ask := {"property": "Allow", "wanted": false, "about": "whether it is allowed", "observed": "allows it"}

switched(policies) := found if {
	found := teams.switches(meetings, ask) with input as {"tenant": {"id": "t"}, "collections": {"teams_meeting_policies": policies}}
}

test_every_policy_is_judged_and_says_whom_it_is_for if {
	found := switched([{"Identity": "global", "Allow": true}, {"Identity": "Tag:A", "Allow": true}, {"Identity": "Tag:B"}])
	{one.message | some one in found} == {
		"The meeting policy global, which everybody has who was given no other, allows it.",
		"The meeting policy Tag:A, which is for those whom it is assigned to, allows it.",
		"The snapshot does not tell whether it is allowed under the meeting policy Tag:B.",
	}
}

test_what_microsoft_ships_is_nobodys_decision if {
	every name in teams.templates {
		switched([{"Identity": "Global", "Allow": false}, {"Identity": upper(name), "Allow": true}]) == set()
	}
}

test_a_list_without_policies_is_not_whole if {
	every policies in [[], null, [{"Identity": "Tag:AllOn", "Allow": true}]] {
		some one in switched(policies)
		one.message == "The snapshot holds no meeting policy, not even the global one."
		one.resource.kind == "tenant"
	}
}

test_odd_policies_are_judged if {
	every policy in [{"Identity": null, "Allow": true}, {"Allow": true}] {
		some one in switched([policy])
		one.resource.id == "unknown"
	}
	some nothing in switched([7])
	nothing.depends_on == ["Allow"]
}

test_choices if {
	chosen := {"property": "Mode", "allowed": ["Off"], "known": ["Off", "On"], "about": "the mode", "observed": "has it on"}
	given := {"collections": {"teams_meeting_policies": [{"Identity": "Global", "Mode": "on"}]}}
	found := teams.choices(meetings, chosen) with input as given
	{one.evidence.Mode | some one in found} == {"on"}
}

test_the_global_policies if {
	found := teams.global_policies(meetings) with input as {"collections": {"teams_meeting_policies": [
		{"Identity": "Global"},
		{"Identity": "Tag:A"},
	]}}
	found == [{"Identity": "Global"}]
}

test_the_holder_of_one_object if {
	of_object := teams.holder("k", "c") with input as {"collections": {"c": {"Identity": "Global"}}}
	of_object == {"kind": "k", "id": "Global", "name": "Global"}
	of_nameless := teams.holder("k", "c") with input as {"collections": {"c": {"Identity": null}}}
	of_nameless.id == "c"
	of_nothing := teams.holder("k", "c") with input as {"tenant": {"id": "t"}, "collections": {"c": {}}}
	of_nothing.kind == "tenant"
}

off(policies) if {
	teams.off_for_everyone(["A", "B"]) with input as {"collections": {"teams_external_access_policies": policies}}
}

test_off_for_everyone if {
	off([{"A": false}, {"A": true, "B": "False"}])
	not off([{"A": false}, {"A": true, "B": true}])
	not off([{"A": false}, {"B": null}])
	not off([])
	not off(null)
}

test_allowed_domains if {
	teams.allowed_domains({"AllowedDomains": {"AllowedDomain": ["Domain=Partner.example"]}}) == {"partner.example"}
	teams.allowed_domains({"AllowedDomains": "AllowAllKnownDomains"}) == set()
	teams.allowed_domains({"AllowedDomains": null}) == null
	teams.allowed_domains({}) == null
}

governed(document) if {
	teams.government with input as document
}

test_government if {
	governed({"tenant": {"cloud": "usgov"}})
	governed({"tenant": {"cloud": "global"}, "collections": {"teams_tenant": {"AssignedPlan": ["Teams", "TEAMS_DOD"]}}})
	not governed({"tenant": {"cloud": null}, "collections": {"teams_tenant": {"AssignedPlan": ["Teams", null, 7]}}})
	not governed({"tenant": {}, "collections": {}})
}

apps(rows, policies) := found if {
	asked := {"setting": "GlobalApp", "property": "GlobalCatalogAppsType", "whose": "apps of third parties"}
	found := teams.apps(asked) with input as {
		"tenant": {"id": "t"},
		"collections": {"teams_app_settings": rows, "teams_app_permission_policies": policies},
	}
}

test_the_tenants_setting_goes_before_policies if {
	open_policy := [{"Identity": "Global", "GlobalCatalogAppsType": "BlockedAppList"}]
	apps([{"SettingName": "globalapp", "settingvalue": "None"}], open_policy) == set()
	some by_policy in apps([{"SettingName": "DefaultApp", "SettingValue": "None"}], open_policy)
	by_policy.resource.kind == "teamsAppPermissionPolicy"
	some by_setting in apps([{"SettingName": "GlobalApp", "SettingValue": "Some", "Users": ["u"]}], [])
	by_setting.message == "Chosen people may install apps of third parties unless an app is blocked by name."
	by_setting.evidence == {"SettingValue": "Some", "Users": ["u"], "Groups": []}
}
