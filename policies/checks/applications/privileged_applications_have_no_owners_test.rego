package tenantlint.checks.applications.privileged_applications_have_no_owners_test

import data.tenantlint.checks.applications.privileged_applications_have_no_owners as check
import rego.v1

row(changes) := object.union(
	{
		"id": "SP1",
		"name": "](Sync)",
		"app_id": "app1",
		"enabled": true,
		"origin": "own",
		"permissions": [{"id": "1", "name": "Mail.Read", "resource": "Graph", "path": "data", "because": "x"}],
		"roles": [{"template_id": "r", "name": "User Administrator", "tier": "control", "state": "active", "via": []}],
	},
	changes,
)

owner(identity, enabled) := {
	"id": identity,
	"kind": "user",
	"name": "",
	"enabled": enabled,
	"of": ["application"],
}

run(rows, owners, known) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"permitted_applications": ["Known"]},
		"statuses": {"role_assignments": "denied"},
		"facts": {
			"application_power": {"applications": rows, "roles_known": known},
			"application_owners": {"of_principal": owners, "people": []},
		},
	}
}

test_fail_with_an_owner if {
	found := run([row({})], {"sp1": [owner("u1", true)]}, true)
	count(found) == 1
	every finding in found {
		startswith(finding.message, "1 owner can sign in as the application, which holds ")
		endswith(finding.message, "holds \"User Administrator\", \"Mail.Read\".")
		finding.resource == {"kind": "servicePrincipal", "id": "SP1", "name": "](Sync)"}
		finding.principals == [{"id": "u1", "kind": "user", "name": "", "enabled": true}]
	}
}

test_fail_with_several if {
	found := run([row({})], {"sp1": [owner("u1", null), owner("u2", true), owner("u3", false)]}, true)
	every finding in found {
		startswith(finding.message, "2 owners can")
	}
	count(found) == 1
}

test_pass_without_owners_who_can_sign_in if {
	run([row({})], {}, true) == set()
	run([row({})], {"sp1": [owner("u1", false)], "sp2": [owner("u1", true)]}, true) == set()
	run([row({"origin": "microsoft"})], {"sp1": [owner("u1", true)]}, true) == set()
	run([row({"enabled": false})], {"sp1": [owner("u1", true)]}, true) == set()
	run([row({"name": "known"})], {"sp1": [owner("u1", true)]}, true) == set()
}

test_depends_where_roles_are_not_told if {
	found := run([], {}, false)
	count(found) == 1
	every finding in found {
		finding.depends_on == ["who holds which role (role_assignments)"]
	}
}
