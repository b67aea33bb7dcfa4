package tenantlint.checks.devices.antivirus_watches_everything_test

import data.tenantlint.checks.devices.antivirus_watches_everything as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"min_seconds": 30, "max_hours": 4, "min_days": 30},
		"facts": {"antivirus": policies},
	}
}

good := {
	"allowemailscanning": 1,
}

policy(values) := {
	"id": "p",
	"name": "<b>%s",
	"assigned": true,
	"targets": ["all devices"],
	"beside": [],
	"readable": true,
	"values": values,
}

test_pass_when_set_well if findings([policy(good)]) == set()

test_pass_when_a_policy_beside_it_sets_it if {
	findings([object.union(policy({}), {"beside": [1]}), policy(good)]) == set()
}

test_fail_when_set_badly if {
	cases := [
		["allowarchivescanning", 0, "Archives are not scanned"],
		["realtimescandirection", 1, "Files are scanned in one direction only"],
	]
	every case in cases {
		some one in findings([policy(object.union(good, {case[0]: case[1]}))])
		one.message == sprintf("%s, as the policy sets it.", [case[2]])
		one.key == {"setting": case[0]}
		one.resource == {"kind": "deviceManagementConfigurationPolicy", "id": "p", "name": "<b>%s"}
		one.depends_on == []
	}
}

test_fail_when_nothing_sets_it if {
	some one in findings([policy(object.remove(good, ["allowemailscanning"]))])
	one.message == "Mail is not scanned: no antivirus policy sets it, and Windows' default applies."
	one.evidence == {
		"setting": "allowemailscanning",
		"value": 0,
		"source": "default",
		"assigned_to": ["all devices"],
	}
}

test_fail_when_a_policy_beside_it_sets_it_badly if {
	beside := policy({"allowarchivescanning": 0})
	found := findings([object.union(policy(object.remove(good, ["allowarchivescanning"])), {"beside": [1]}), beside])
	some one in found
	one.message == "Archives are not scanned, as another policy for the same devices sets it."
}

test_depends_on_an_option_that_is_not_known if {
	some one in findings([policy(object.union(good, {"allowemailscanning": "new"}))])
	one.depends_on == ["allowemailscanning"]
}

test_depends_when_settings_are_not_told if {
	some one in findings([object.union(policy({}), {"readable": false, "assigned": null})])
	"assignments" in one.depends_on
	startswith(one.message, "The snapshot does not tell the setting ")
}

test_fail_without_assigned_policies if {
	some one in findings([object.union(policy(good), {"assigned": false})])
	one.resource.kind == "tenant"
	one.evidence == {"policies": ["<b>%s"]}
}
