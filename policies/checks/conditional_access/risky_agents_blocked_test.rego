package tenantlint.checks.conditional_access.risky_agents_blocked_test

import data.tenantlint.checks.conditional_access.risky_agents_blocked as check
import rego.v1

closed := {"open": [], "depends": [], "depends_on": []}

pair := {"agents": "every agent", "resources": "every resource"}

fact(high) := {
	"policies": 1,
	"levels": {"low": object.union(closed, {"open": [pair]}), "medium": closed, "high": high},
	"excluding": [{"id": "p", "name": "<b>", "agents": ["a"], "resources": []}],
}

input_of(high, cloud) := {
	"tenant": {"id": "t", "display_name": "Contoso", "cloud": cloud},
	"parameters": {"levels": ["high"], "permitted_application_exclusions": ["permitted"]},
	"facts": {"coverage": {"risky_agents": fact(high)}},
}

run(high) := found if {
	found := check.findings with input as input_of(high, "global")
}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_when_all_are_blocked if run(closed) == set()

test_pass_when_only_a_permitted_resource_is_open if {
	run(object.union(closed, {"open": [{"agents": "every agent", "resources": "permitted"}]})) == set()
}

test_fail_when_agents_are_open if {
	finding := only(run(object.union(closed, {"open": [pair]})))
	finding.message == `Agents at high risk get tokens: "every agent to every resource".`
	finding.evidence.policies_with_exclusions == ["<b>"]
	not finding.depends_on
}

test_depends_on_what_the_answer_depends_on if {
	finding := only(run(object.union(closed, {"depends": [pair], "depends_on": ["a filter"]})))
	startswith(finding.message, "Agents at high risk may get tokens")
	finding.depends_on == ["a filter"]
}

test_not_applicable_in_government_clouds if {
	every cloud in ["usgov", "usgovdod"] {
		found := check.findings with input as input_of(object.union(closed, {"open": [pair]}), cloud)
		found == set()
		reasons := check.not_applicable with input as input_of(closed, cloud)
		count(reasons) == 1
	}
}

test_applicable_elsewhere if {
	every cloud in ["global", null] {
		reasons := check.not_applicable with input as input_of(closed, cloud)
		reasons == set()
	}
}
