package tenantlint.checks.conditional_access.policies_name_what_exists_test

import data.tenantlint.checks.conditional_access.policies_name_what_exists as check
import rego.v1

policy := {"id": "p", "displayName": "<b>MFA</b>", "state": "enabled"}

reference(kind, id, side) := {"kind": kind, "id": id, "side": side}

missing(references) := [{"policy": {"id": "p", "name": "<b>MFA</b>"}, "references": references}]

input_of(references, unknown, policies) := {
	"tenant": {"id": "t", "display_name": "Contoso"},
	"statuses": {"users": "truncated"},
	"collections": {"conditional_access_policies": policies},
	"facts": {"policy_references": {"missing": references, "unknown": unknown}},
}

run(references, unknown) := found if {
	found := check.findings with input as input_of(references, unknown, [policy])
}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_when_everything_exists if run([], []) == set()

test_fail_when_something_is_gone if {
	found := run(missing([reference("group", "g", "include"), reference("location", "l", "exclude")]), [])
	finding := only(found)
	finding.message == concat(" ", [
		"The policy names what does not exist:",
		"it includes the group g, leaves out the named location l.",
	])
	finding.resource == {"kind": "conditionalAccessPolicy", "id": "p", "name": "<b>MFA</b>"}
}

test_many_are_counted if {
	many := [reference("user", sprintf("u%d", [number]), "exclude") | some number in numbers.range(1, 6)]
	endswith(only(run(missing(many), [])).message, "leaves out the user u4, and 2 more.")
}

test_depends_on_lists_that_are_not_whole if {
	finding := only(run([], ["users"]))
	finding.depends_on == ["users"]
	finding.evidence == {"users": "truncated"}
}

test_not_applicable_without_policies_in_force if {
	every policies in [[], [{"id": null, "state": null}]] {
		reasons := check.not_applicable with input as input_of([], [], policies)
		count(reasons) == 1
	}
}
