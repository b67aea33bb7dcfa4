package tenantlint.checks.authentication.temporary_access_pass_used_once_test

import data.tenantlint.checks.authentication.temporary_access_pass_used_once as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(settings) := found if {
	configuration := object.union({"id": "TemporaryAccessPass", "state": "enabled"}, settings)
	found := check.findings with input as mocks.told(
		{"temporaryaccesspass": mocks.method("TemporaryAccessPass", "enabled", mocks.everybody)},
		{"authenticationMethodConfigurations": [configuration]},
		{"max_hours": 24},
	)
}

test_pass_when_it_works_once if run({"isUsableOnce": true, "maximumLifetimeInMinutes": 1440}) == set()

test_fail_when_it_works_often if {
	finding := mocks.only(run({"isUsableOnce": false, "maximumLifetimeInMinutes": 480}))
	finding.message == "A Temporary Access Pass may work more than once."
	finding.pointer == "/authenticationMethodConfigurations/0/isUsableOnce"
}

test_fail_when_it_works_for_days if {
	finding := mocks.only(run({"isUsableOnce": true, "maximumLifetimeInMinutes": 43200}))
	finding.message == "A Temporary Access Pass may work longer than 24 hours."
}

test_depends_when_it_is_not_told if {
	found := run({"isUsableOnce": null})
	{finding.depends_on[0] | some finding in found} == {"isUsableOnce", "maximumLifetimeInMinutes"}
	bare := check.findings with input as mocks.told({}, null, {"max_hours": 24})
	count(mocks.only(bare).depends_on) == 1
}

test_not_applicable_when_nobody_may_use_one if {
	off := {"temporaryaccesspass": mocks.method("TemporaryAccessPass", "disabled", mocks.nobody)}
	count(check.not_applicable) == 1 with input as mocks.told(off, {}, {"max_hours": 24})
}
