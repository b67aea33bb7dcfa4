package tenantlint.checks.applications.web_storage_of_others_off_test

import data.tenantlint.checks.applications.web_storage_of_others_off as check
import rego.v1

run(id, enabled) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"facts": {"third_party_storage": {"id": id, "name": "](x)", "enabled": enabled}},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_disabled if run("s", false) == set()

test_fail_when_open if {
	only(run("s", true)).pointer == "/accountEnabled"
	only(run(null, null)).resource.kind == "tenant"
}

test_depends_when_not_told if only(run("s", null)).depends_on == ["accountEnabled"]
