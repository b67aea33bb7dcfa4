package tenantlint.checks.privileged_access.finer_roles_outnumber_global_administrators_test

import data.tenantlint.checks.privileged_access.finer_roles_outnumber_global_administrators as check
import rego.v1

holder(more) := object.union(
	{
		"id": "u",
		"kind": "user",
		"name": "Ada",
		"enabled": true,
		"tiers": ["takeover"],
		"roles": ["Global Administrator"],
		"own_ids": ["62e90394-69f5-4237-9190-012177145e10"],
		"takeover_roles": ["Global Administrator"],
		"states": ["active"],
		"via": [],
		"emergency": false,
		"told": true,
		"upn": "ada@contoso.example",
		"synchronized": false,
		"anchored": false,
		"federated": false,
		"guest": false,
		"licences": [],
		"mailbox": false,
		"created": "2026-01-01T00:00:00Z",
		"last_sign_in": "2026-05-30T00:00:00Z",
		"idle_days": 2,
		"age_days": 151,
		"activity_told": true,
	},
	more,
)

parameters := {"max_ratio": 1.0, "count_emergency_accounts": false}

run_with(fact, more) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"licences": null,
		"parameters": object.union(parameters, more),
		"facts": {"privileged_holders": object.union(
			{"holders": [], "unknown_groups": [], "unidentified": [], "eligibility_known": true},
			fact,
		)},
	}
}

run(holders) := run_with({"holders": holders}, {})

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

narrow(id) := holder({"id": id, "own_ids": ["x"], "takeover_roles": ["User Administrator"]})

high(id) := holder({"id": id})

test_pass_with_as_many_narrower_roles if run([high("a"), high("b"), narrow("c"), narrow("d")]) == set()

test_pass_without_emergency_accounts if {
	emergency := holder({"id": "e", "emergency": true})
	run([emergency, high("a"), narrow("c")]) == set()
	count(run_with({"holders": [emergency, high("a"), narrow("c")]}, {"count_emergency_accounts": true})) == 1
}

test_fail_when_the_highest_role_is_the_usual_one if {
	both := holder({"id": "b", "own_ids": ["62e90394-69f5-4237-9190-012177145e10", "x"]})
	finding := only(run([high("a"), both, narrow("c"), holder({"id": "d", "enabled": false, "own_ids": ["x"]})]))
	finding.message == "Accounts with Global Administrator, active or eligible: 2; with a narrower role only: 1."
	[one.id | some one in finding.principals] == ["a", "b"]
	finding.depends_on == []
}

test_fail_with_the_highest_role_alone if count(run([high("a")])) == 1

test_not_applicable_without_holders if {
	reasons := check.not_applicable with input as {
		"parameters": parameters,
		"facts": {"privileged_holders": {"holders": []}},
	}
	count(reasons) == 1
}

test_depends_on_people_who_are_not_known if {
	group := {"id": "g", "kind": "group", "name": "G", "enabled": null, "roles": ["A"], "tiers": ["takeover"]}
	few := only(run_with({"holders": [high("a"), narrow("b")], "unknown_groups": [group]}, {}))
	few.depends_on == ["who is in the group \"G\""]
	endswith(few.message, "Not everybody who counts is known.")
	many := only(run_with({"holders": [high("a")], "unknown_groups": [group]}, {}))
	many.depends_on == ["who is in the group \"G\""]
}

test_depends_on_eligibility_where_it_is_possible if {
	given := {"holders": [high("a"), narrow("b")], "eligibility_known": false}
	count(only(run_with(given, {})).depends_on) == 1
	found := check.findings with input as {
		"licences": ["entra_p1"],
		"parameters": parameters,
		"facts": {"privileged_holders": object.union(given, {"unknown_groups": [], "unidentified": []})},
	}
	found == set()
	again := check.findings with input as {
		"licences": ["entra_p2"],
		"parameters": parameters,
		"facts": {"privileged_holders": object.union(given, {"unknown_groups": [], "unidentified": []})},
	}
	count(again) == 1
}
