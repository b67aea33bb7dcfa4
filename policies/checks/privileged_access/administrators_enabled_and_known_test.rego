package tenantlint.checks.privileged_access.administrators_enabled_and_known_test

import data.tenantlint.checks.privileged_access.administrators_enabled_and_known as check
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

parameters := {"tiers": ["takeover", "limited"]}

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
	count(run_with({"unknown_groups": [reader], "unidentified": [gone]}, {})) == 1
}

test_pass_for_enabled_accounts if {
	run([holder({}), holder({"enabled": false, "tiers": ["reader"]})]) == set()
}

test_fail_for_a_disabled_account if {
	finding := only(run([holder({"enabled": false})]))
	finding.message == "\"Ada\", who holds Global Administrator, is disabled."
}

test_fail_for_an_account_that_is_gone if {
	gone := {
		"id": "x",
		"kind": "unknown",
		"name": "",
		"enabled": null,
		"roles": ["A"],
		"tiers": ["takeover"],
		"missing": true,
	}
	finding := only(run_with({"unidentified": [gone]}, {}))
	finding.message == "\"x\" has A and is nobody whom the directory knows."
	not finding.depends_on
	run_with({"unidentified": [object.union(gone, {"tiers": ["reader"]})]}, {}) == set()
}

test_depends_on_whether_the_account_is_enabled if count(only(run([holder({"enabled": null})])).depends_on) == 1
