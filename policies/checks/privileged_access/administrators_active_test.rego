package tenantlint.checks.privileged_access.administrators_active_test

import data.tenantlint.checks.privileged_access.administrators_active as check
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

parameters := {"tiers": ["takeover", "limited"], "max_days": 45}

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

test_depends_on_who_stands_behind_a_group_or_principal if {
	group := {"id": "g", "kind": "group", "name": "G", "enabled": null, "roles": ["A", "B", "C"], "tiers": ["takeover"]}
	other := {
		"id": "x",
		"kind": "unknown",
		"name": "",
		"enabled": null,
		"roles": ["A"],
		"tiers": ["takeover"],
		"missing": false,
	}
	finding := only(run_with({"unknown_groups": [group], "unidentified": [other]}, {}))
	finding.message == "The snapshot does not tell who stands behind 1 group and 1 principal with such a role."
	finding.depends_on == ["what the principal \"x\" is", "who is in the group \"G\""]
	[one.id | some one in finding.principals] == ["g", "x"]
	reader := object.union(group, {"tiers": ["reader"]})
	gone := object.union(other, {"missing": true})
	run_with({"unknown_groups": [reader], "unidentified": [gone]}, {}) == set()
}

test_not_applicable_with_emergency_accounts_alone if {
	reasons := check.not_applicable with input as {
		"parameters": parameters,
		"facts": {"privileged_holders": {"holders": [holder({"emergency": true})]}},
	}
	count(reasons) == 1
}

never(age) := holder({"last_sign_in": null, "idle_days": null, "age_days": age})

test_pass_for_accounts_in_use if {
	run([holder({"idle_days": 45}), never(10)]) == set()
	run([holder({"idle_days": 400, "enabled": false}), holder({"idle_days": 400, "emergency": true})]) == set()
	run([holder({"idle_days": 400, "tiers": ["reader"]})]) == set()
}

test_fail_for_an_account_that_rests if {
	finding := only(run([holder({"idle_days": 46})]))
	finding.message == "\"Ada\", who holds Global Administrator, last signed in 46 days ago."
}

test_fail_for_an_account_that_never_signed_in if {
	endswith(only(run([never(46)])).message, "never signed in since it was made 46 days ago.")
}

test_depends_on_sign_ins_and_age if {
	only(run([never(null)])).depends_on == ["when it was made (users)"]
	only(run([holder({"activity_told": false})])).depends_on == ["when it last signed in (user_sign_in_activity)"]
}
