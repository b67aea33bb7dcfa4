package tenantlint.checks.conditional_access.no_retired_grant_controls_test

import data.tenantlint.checks.conditional_access.no_retired_grant_controls as check
import rego.v1

run(policies) := found if {
	found := check.findings with input as input_of(policies)
}

input_of(policies) := {
	"parameters": {"retired_controls": ["approvedApplication"]},
	"collections": {"conditional_access_policies": policies},
}

policy(state, grant) := {"id": "p", "displayName": "<b>Phones</b>", "state": state, "grantControls": grant}

grant(operator, controls) := {"operator": operator, "builtInControls": controls}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_fail_alone if {
	finding := only(run([policy("enabled", grant("OR", ["approvedApplication"]))]))
	finding.resource == {"kind": "conditionalAccessPolicy", "id": "p", "name": "<b>Phones</b>"}
	endswith(finding.message, "(approvedApplication), and then asks for nothing on its own.")
}

test_fail_beside_another if {
	finding := only(run([policy("enabledForReportingButNotEnforced", grant("AND", ["approvedApplication", "mfa"]))]))
	endswith(finding.message, "and then asks for less.")
}

test_fail_as_one_of_several if {
	finding := only(run([policy("enabled", grant(null, ["approvedApplication", "compliantDevice"]))]))
	endswith(finding.message, "who meets none of the others (compliantDevice).")
}

test_fail_where_both_are_asked if {
	count(run([policy("enabled", grant("AND", ["approvedApplication", "compliantApplication"]))])) == 1
}

test_pass_with_the_successor if {
	run([policy("enabled", grant("OR", ["approvedApplication", "compliantApplication"]))]) == set()
}

test_pass_without_the_control if {
	run([policy("enabled", grant("OR", ["mfa"])), policy("enabled", null)]) == set()
}

test_pass_when_disabled if run([policy("disabled", grant("OR", ["approvedApplication"]))]) == set()

test_odd_policies_are_passed_over if {
	run([{"state": "enabled"}, policy("enabled", {"operator": 7, "builtInControls": "x"})]) == set()
	run([policy("enabled", {"builtInControls": [null, 3, "mfa"]})]) == set()
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [policy("disabled", null)], [{"state": null}]] {
		reasons := check.not_applicable with input as input_of(policies)
		count(reasons) == 1
	}
	reasons := check.not_applicable with input as input_of([policy("enabled", null)])
	reasons == set()
}
