package tenantlint.checks.privileged_access.global_administrators_within_bounds_test

import data.tenantlint.checks.privileged_access.global_administrators_within_bounds as check
import rego.v1

people(name, number) := {
	"population": sprintf("privileged_access/ga/%s", [name]),
	"count": number,
	"disabled": 0,
	"enabled_unknown": 0,
	"names": ["a"],
}

# Numbers by kind; what is not named is 0.
role(numbers, unknown_groups) := {
	"name": "Global Administrator",
	"tier": "takeover",
	"active": people("active", object.get(numbers, "active", 0)),
	"eligible": people("eligible", object.get(numbers, "eligible", 0)),
	"named": people("named", object.get(numbers, "named", 0)),
	"all": people("all", sum([object.get(numbers, one, 0) | some one in ["active", "eligible", "named"]])),
	"emergency": people("emergency", object.get(numbers, "emergency", 0)),
	"service_principals": people("service_principals", object.get(numbers, "applications", 0)),
	"unidentified": people("unidentified", object.get(numbers, "unidentified", 0)),
	"unknown_groups": unknown_groups,
}

parameters := {
	"min_global_admins": 2,
	"max_global_admins": 4,
	"count_eligible": true,
	"count_emergency_accounts": true,
}

run_with(role_value, fact, more, licences) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"licences": licences,
		"parameters": object.union(parameters, more),
		"facts": {"privileged_access": object.union(
			{
				"source": "role_assignments",
				"eligibility_known": true,
				"names_holders": false,
				"roles": {"62e90394-69f5-4237-9190-012177145e10": role_value},
			},
			fact,
		)},
	}
}

run(numbers) := run_with(role(numbers, []), {}, {}, null)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_within_bounds if {
	every numbers in [{"active": 2}, {"active": 4}, {"active": 1, "eligible": 3}, {"active": 2, "applications": 9}] {
		run(numbers) == set()
	}
}

test_fail_with_too_many if {
	finding := only(run({"active": 2, "eligible": 3}))
	finding.message == "5 Global Administrators (2 active, 3 only eligible), more than 4."
	finding.population == ["privileged_access/ga/all"]
	finding.key == {"bound": "max"}
}

test_fail_with_too_few if {
	finding := only(run({"active": 1}))
	finding.message == "1 Global Administrator (1 active, 0 only eligible), fewer than 2."
	finding.key == {"bound": "min"}
}

test_eligible_ones_can_be_left_out if {
	run_with(role({"active": 2, "eligible": 9}, []), {}, {"count_eligible": false}, null) == set()
}

test_emergency_accounts_can_be_left_out if {
	numbers := {"active": 6, "emergency": 2}
	run_with(role(numbers, []), {}, {"count_emergency_accounts": false}, null) == set()
	only(run(numbers)).key == {"bound": "max"}
}

test_depends_on_principals_that_are_not_identified if {
	finding := only(run({"active": 2, "unidentified": 1}))
	finding.depends_on == ["users and groups (users, groups)"]
	finding.population == ["privileged_access/ga/all", "privileged_access/ga/unidentified"]
}

test_depends_on_a_group_that_is_not_known if {
	groups := [{"id": "g", "kind": "group", "name": "::set-output name=x::y", "enabled": null, "status": "denied"}]
	finding := only(run_with(role({"active": 1}, groups), {}, {}, null))
	finding.depends_on == ["the members of the group \"::set-output name=x::y\""]
}

test_depends_on_eligibility_where_it_is_possible if {
	two := role({"active": 2}, [])
	finding := only(run_with(two, {"eligibility_known": false}, {}, ["entra_p2"]))
	finding.depends_on == ["eligible assignments (role_eligibility_schedule_instances)"]
	count(run_with(two, {"eligibility_known": false}, {}, null)) == 1
	run_with(two, {"eligibility_known": false}, {}, ["entra_p1"]) == set()
	run_with(two, {"eligibility_known": false}, {"count_eligible": false}, null) == set()
}

test_holders_whom_the_source_names_count if {
	fact := {"eligibility_known": false, "names_holders": true}
	run_with(role({"named": 2}, []), fact, {}, null) == set()
	finding := only(run_with(role({"named": 5}, []), fact, {}, null))
	finding.message == "5 Global Administrators (0 active, 0 only eligible, 5 active or eligible), more than 4."
}

test_depends_on_which_named_holders_are_active if {
	fact := {"eligibility_known": false, "names_holders": true}
	finding := only(run_with(role({"named": 3}, []), fact, {"count_eligible": false}, null))
	finding.depends_on == ["which holders are active (role_assignments)"]
}

test_too_many_is_certain_whatever_is_unknown if {
	finding := only(run({"active": 5, "unidentified": 3}))
	not finding.depends_on
}
