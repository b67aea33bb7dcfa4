package tenantlint.checks.applications.application_passwords_short_lived_test

import data.tenantlint.checks.applications.application_passwords_short_lived as check
import rego.v1

run(given) := found if {
	found := check.findings with input as {
		"parameters": {"max_days": 180},
		"collections": {"default_app_management_policy": given},
	}
}

limits(changes) := {"passwordCredentials": [object.union(
	{
		"restrictionType": "passwordLifetime",
		"state": "enabled",
		"maxLifetime": "P180D",
		"restrictForAppsCreatedAfterDateTime": "0001-01-01T00:00:00Z",
	},
	changes,
)]}

policy(of_applications, of_principals) := {
	"id": "p",
	"isEnabled": true,
	"applicationRestrictions": limits(of_applications),
	"servicePrincipalRestrictions": limits(of_principals),
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_limited_for_both if run(policy({}, {})) == set()

test_fail_when_one_kind_is_left_out if {
	only(run(policy({"state": "disabled"}, {}))).key == {"applies_to": "applications"}
	only(run(policy({}, {"state": "disabled"}))).key == {"applies_to": "service principals"}
}

test_fail_when_they_may_last_longer if {
	finding := only(run(policy({"maxLifetime": "P182D"}, {})))
	endswith(finding.message, "the limit is P182D.")
}

test_pass_when_new_ones_are_forbidden if {
	blocked := {"passwordCredentials": [{
		"restrictionType": "passwordAddition",
		"state": "enabled",
		"maxLifetime": null,
		"restrictForAppsCreatedAfterDateTime": "0001-01-01T00:00:00Z",
	}]}
	run({"id": "p", "applicationRestrictions": blocked, "servicePrincipalRestrictions": blocked}) == set()
}

test_fail_when_older_applications_are_free if {
	finding := only(run(policy({"restrictForAppsCreatedAfterDateTime": "2023-11-14T22:13:20Z"}, {})))
	startswith(finding.message, "Applications made before 2023-11-14 may be given")
}

test_depends_when_not_told if {
	finding := only(run(policy({"state": null}, {})))
	finding.depends_on == [sprintf("restrictions of the type %s", ["passwordLifetime"])]
	count(run({})) == 2
}
