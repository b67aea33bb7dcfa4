package tenantlint.checks.authentication.authentication_methods_in_one_policy_test

import data.tenantlint.checks.authentication.authentication_methods_in_one_policy as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(policy) := found if found := check.findings with input as mocks.told({}, policy, {})

test_pass_when_the_migration_is_complete if {
	every state in ["migrationComplete", "", null] {
		run({"id": "p", "policyMigrationState": state}) == set()
	}
}

test_fail_before_that if {
	every state in ["preMigration", "migrationInProgress"] {
		finding := mocks.only(run({"id": "p", "policyMigrationState": state}))
		finding.evidence == {"policyMigrationState": state}
		finding.depends_on == []
	}
}

test_depends_when_it_is_not_told_or_not_understood if {
	every policy in [{"id": "p"}, {}, null, {"policyMigrationState": "later"}, {"policyMigrationState": 3}] {
		mocks.only(run(policy)).depends_on == ["policyMigrationState"]
	}
}
