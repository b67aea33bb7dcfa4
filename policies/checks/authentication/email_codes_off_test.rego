package tenantlint.checks.authentication.email_codes_off_test

import data.tenantlint.checks.authentication.email_codes_off as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(methods, policy, permitted) := found if {
	found := check.findings with input as mocks.told(methods, policy, {"permitted_groups": permitted})
}

test_pass_when_nobody_may_use_it if {
	run({"email": mocks.method("X", "disabled", mocks.nobody)}, mocks.migrated, []) == set()
}

test_fail_for_everybody_whom_it_reaches if {
	finding := mocks.only(run({"email": mocks.method("X", "enabled", mocks.everybody)}, mocks.migrated, []))
	finding.message == "Codes in mail can be used by all users (9 enabled accounts)."
	finding.population == ["authentication/2"]
	run({"email": mocks.method("X", "enabled", mocks.everybody)}, mocks.migrated, ["all_users"]) == set()
}

test_depends_on_the_older_policies_and_on_what_is_not_told if {
	before := {"policyMigrationState": "preMigration"}
	finding := mocks.only(run({"email": mocks.method("X", "disabled", mocks.nobody)}, before, []))
	finding.key.why == "older policies"
	mocks.only(run({}, null, [])).key.why == "untold"
}
