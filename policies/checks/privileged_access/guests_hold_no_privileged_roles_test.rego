package tenantlint.checks.privileged_access.guests_hold_no_privileged_roles_test

import data.tenantlint.checks.privileged_access.guests_hold_no_privileged_roles as check
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

parameters := {"tiers": ["takeover", "limited"], "permitted_users": []}

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

test_not_applicable_without_holders if {
	reasons := check.not_applicable with input as {
		"parameters": parameters,
		"facts": {"privileged_holders": {"holders": []}},
	}
	count(reasons) == 1
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

test_pass_for_members if {
	run([holder({}), holder({"guest": true, "enabled": false}), holder({"guest": true, "tiers": ["reader"]})]) == set()
}

test_pass_for_those_who_are_meant_to if {
	run_with({"holders": [holder({"guest": true})]}, {"permitted_users": ["u"]}) == set()
}

test_fail_for_a_guest if {
	finding := only(run([holder({"guest": true, "name": "\u202e<script>", "states": ["eligible"]})]))
	startswith(finding.message, "\"\u202e<script>\", who may activate Global Administrator, is")
	finding.pointer == "/userType"
}

test_depends_on_the_type_of_account if count(only(run([holder({"guest": null})])).depends_on) == 1
