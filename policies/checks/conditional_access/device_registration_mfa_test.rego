package tenantlint.checks.conditional_access.device_registration_mfa_test

import data.tenantlint.checks.conditional_access.device_registration_mfa as check
import data.tenantlint.lib.coverage_test as mock
import rego.v1

run(answer, collections) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"collections": collections,
		"facts": {"coverage": {"device_registration": answer}},
	}
}

switch(value) := {"device_registration_policy": {"id": "d", "multiFactorAuthConfiguration": value}}

test_pass_when_nobody_is_open if run(mock.covered, {}) == set()

test_pass_when_the_tenant_asks_for_mfa if run(mock.open, switch("required")) == set()

test_fail_when_somebody_is_open if {
	every value in ["notRequired", null, 7, ""] {
		mock.only(run(mock.open, switch(value))).population == ["coverage/0/1"]
	}
	mock.only(run(mock.open, {})).resource.kind == "tenant"
}

test_depends_on_what_the_answer_depends_on if {
	mock.only(run(mock.depends, {})).depends_on == ["who is in the group G"]
}
