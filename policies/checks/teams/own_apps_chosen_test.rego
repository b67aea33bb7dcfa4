package tenantlint.checks.teams.own_apps_chosen_test

import data.tenantlint.checks.teams.own_apps_chosen as check
import rego.v1

findings(settings, policies) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"collections": {"teams_app_settings": settings, "teams_app_permission_policies": policies},
	}
}

setting(value) := [
	{"SettingName": "Another", "SettingValue": "All"},
	{"SettingName": "PrivateApp", "SettingValue": value, "Users": null, "Groups": null},
]

policy(name, type) := {"Identity": name, "PrivateCatalogAppsType": type}

test_pass_by_the_tenants_setting_whatever_the_policies_say if {
	findings(setting("None"), []) == set()
	findings(setting("none"), [policy("Global", "BlockedAppList")]) == set()
}

test_fail_by_the_tenants_setting_whatever_the_policies_say if {
	some one in findings(setting("All"), [policy("Global", "AllowedAppList")])
	one.message == "Everybody may install apps of the organization's own unless an app is blocked by name."
	one.resource.kind == "teamsAppSetting"
	one.depends_on == []
	some some_people in findings(setting("Some"), [])
	some_people.message == "Chosen people may install apps of the organization's own unless an app is blocked by name."
}

test_pass_by_policies_where_the_setting_is_not_told if {
	every given in [[], setting(null)] {
		findings(given, [policy("Global", "AllowedAppList"), policy("Tag:A", "AllowedAppList")]) == set()
	}
}

test_odd_settings_are_passed_over if {
	findings([{"SettingName": null}, 7], [policy("Global", "allowedapplist")]) == set()
}

test_fail_by_each_policy_where_the_setting_is_not_told if {
	found := findings([], [policy("Global", "AllowedAppList"), policy("Tag:<b>%s", "BlockedAppList")])
	{one.message | some one in found} == {concat(" ", [
		"The app permission policy Tag:<b>%s, which is for those whom it is assigned to,",
		"lets people install apps of the organization's own but for those that are blocked by name.",
	])}
}

test_inconclusive_when_not_told if {
	some by_setting in findings(setting("AllowedApps"), [policy("Global", "AllowedAppList")])
	by_setting.depends_on == ["SettingValue"]
	every given in [policy("Global", null), policy("Global", "New"), {"Identity": "Global"}] {
		some by_policy in findings([], [given])
		by_policy.depends_on == ["PrivateCatalogAppsType"]
	}
	some nothing in findings([], [])
	nothing.depends_on == ["each app permission policy of Teams"]
}
