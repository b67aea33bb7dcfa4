package tenantlint.checks.external_access.guests_own_no_groups_test

import data.tenantlint.checks.external_access.guests_own_no_groups as check
import rego.v1

run(settings) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"group_settings": settings}}
}

setting(value) := [{
	"id": "s",
	"displayName": "Group.Unified",
	"templateId": "62375ab9-6b52-47ed-826b-58e47e0e304b",
	"values": [{"name": "AllowGuestsToBeGroupOwner", "value": value}],
}]

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_as_it_is_wanted_and_by_default if {
	run(setting("False")) == set()
	run(setting(lower("False"))) == set()
	run([]) == set()
}

test_fail_when_it_is_not if {
	finding := only(run(setting("True")))
	finding.resource == {"kind": "groupSetting", "id": "s", "name": "Group.Unified"}
	finding.pointer == "/values/0/value"
}

test_depends_on_what_is_not_told if {
	every value in [null, "", "<b>"] {
		only(run(setting(value))).depends_on == ["AllowGuestsToBeGroupOwner"]
	}
}
