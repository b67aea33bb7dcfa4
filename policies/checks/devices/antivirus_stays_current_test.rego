package tenantlint.checks.devices.antivirus_stays_current_test

import data.tenantlint.checks.devices.antivirus_stays_current as check
import rego.v1

findings(policies) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"min_seconds": 30, "max_hours": 4, "min_days": 30},
		"facts": {"antivirus": policies},
	}
}

good := {
	"signatureupdateinterval": 4,
	"checkforsignaturesbeforerunningscan": 1,
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
		["signatureupdateinterval", 0, "Signatures are updated too seldom"],
		["signatureupdateinterval", 24, "Signatures are updated too seldom"],
		["schedulescanday", 8, "No scan is planned"],
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
	some one in findings([policy(object.remove(good, ["checkforsignaturesbeforerunningscan"]))])
	one.message == "Scans run with signatures that may be old: no antivirus policy sets it, and Windows' default applies."
	one.evidence == {
		"setting": "checkforsignaturesbeforerunningscan",
		"value": 0,
		"source": "default",
		"assigned_to": ["all devices"],
	}
}

test_fail_when_a_policy_beside_it_sets_it_badly if {
	beside := policy({"signatureupdateinterval": 0})
	found := findings([object.union(policy(object.remove(good, ["signatureupdateinterval"])), {"beside": [1]}), beside])
	some one in found
	one.message == "Signatures are updated too seldom, as another policy for the same devices sets it."
}

test_depends_on_an_option_that_is_not_known if {
	some one in findings([policy(object.union(good, {"signatureupdateinterval": "new"}))])
	one.depends_on == ["signatureupdateinterval"]
}

test_depends_when_settings_are_not_told if {
	some one in findings([object.union(policy({}), {"readable": false, "assigned": null})])
	"assignments" in one.depends_on
	startswith(one.message, "The snapshot does not tell the setting ")
}

test_not_applicable_without_assigned_policies if {
	unassigned := object.union(policy(good), {"assigned": false})
	reasons := check.not_applicable with input as {"facts": {"antivirus": [unassigned]}}
	count(reasons) == 1
}
