package tenantlint.checks.authentication.group_creation_limited_test

import data.tenantlint.checks.authentication.group_creation_limited as check
import rego.v1

run(settings) := found if found := check.findings with input as {"collections": {"group_settings": settings}}

setting(value) := [{
	"id": "s1",
	"displayName": "Group.Unified",
	"templateId": "62375ab9-6b52-47ed-826b-58e47e0e304b",
	"values": [{"name": "EnableGroupCreation", "value": value}],
}]

test_pass_when_it_is_limited if run(setting("False")) == set()

test_fail_when_everybody_may if {
	some finding in run(setting("true"))
	finding.message == "Everybody creates Microsoft 365 groups and teams."
	finding.depends_on == []
}

test_fail_by_default if {
	some finding in run([])
	finding.resource.kind == "tenant"
}

test_depends_on_null if {
	some finding in run(setting(null))
	finding.depends_on == ["EnableGroupCreation"]
}
