package tenantlint.checks.privileged_access.administrators_have_no_mailbox_test

import data.tenantlint.checks.privileged_access.administrators_have_no_mailbox as check
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

parameters := {
	"tiers": [
		"takeover",
	],
	"everyday_plans": [
		"EXCHANGE_S_",
		"SHAREPOINT",
		"TEAMS",
	],
	"permitted_plans": [
		"EXCHANGE_S_FOUNDATION",
	],
}

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

licence(plans) := [{"sku_id": "s", "sku": "SPE_E5", "plans": plans}]

test_pass_without_everyday_licences if {
	run([holder({}), holder({"mailbox": null})]) == set()
	run([holder({"licences": licence(["AAD_PREMIUM_P2", "EXCHANGE_S_FOUNDATION"])})]) == set()
	run([holder({"licences": licence(["TEAMS1"]), "tiers": ["limited"]})]) == set()
}

test_fail_with_a_licence_and_a_mailbox if {
	finding := only(run([holder({"mailbox": true, "licences": licence(["TEAMS1", "EXCHANGE_S_ENTERPRISE"])})]))
	finding.message == concat("", [
		"\"Ada\", who holds Global Administrator, has a mailbox ",
		"and is licensed for \"EXCHANGE_S_ENTERPRISE\", \"TEAMS1\".",
	])
}

test_fail_with_a_mailbox_whatever_the_licences if {
	finding := only(run([holder({"mailbox": true, "licences": null})]))
	endswith(finding.message, "has a mailbox.")
	finding.depends_on == []
}

test_depends_on_licences_that_are_not_known if {
	count(only(run([holder({"licences": null})])).depends_on) == 1
	unknown := [{"sku_id": "s", "sku": null, "plans": []}]
	only(run([holder({"licences": unknown})])).depends_on == ["what is in the licence s (subscribed_skus)"]
}
