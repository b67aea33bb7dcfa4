# Service principals of the facts `application_power` and `delegated_grants`, and findings about them.
package tenantlint.lib.applications

import data.tenantlint.lib.findings as lib
import rego.v1

# Those that can sign in, are not Microsoft's own, and are not on the list.
judged(rows, permitted_ones) := [row |
	some row in rows
	row.enabled != false
	row.origin != "microsoft"
	not permitted(row, permitted_ones)
]

# By name, object id or application id.
permitted(row, permitted_ones) if {
	some one in permitted_ones
	is_string(one)
	lower(one) in {lower(row.name), lower(row.id), lower(object.get(row, "app_id", row.id))}
}

# Permissions of one of the kinds of policies/data/application_permissions.json.
permissions(row, path) := [one | some one in row.permissions; one.path == path]

# Passwords that still work.
passwords(row) := [one | some one in row.passwords; not one.expired]

# The start of a finding on a service principal, without its message.
about(row, evidence) := {
	"resource": lib.resource("servicePrincipal", row.id, row.name),
	"principals": [{"id": row.id, "kind": "servicePrincipal", "name": row.name, "enabled": row.enabled}],
	"evidence": object.union({"application": lib.text(row.name, row.id), "published_by": origins[row.origin]}, evidence),
}

origins := {
	"own": "this tenant",
	"foreign": "another tenant",
	"microsoft": "Microsoft",
	"unknown": "not told",
}

# Permissions with what they do, for evidence.
described(held) := [{"permission": one.name, "of": one.resource, "reach": one.because} | some one in held]

# Permissions by name, for messages.
named(held) := lib.named(sort({one.name | some one in held}))

# Findings on the permissions of one kind. `what` completes "An application of another tenant ... (permissions)".
holding(path, what, permitted_ones) := {finding |
	some row in judged(input.facts.application_power.applications, permitted_ones)
	held := permissions(row, path)
	count(held) > 0
	finding := object.union(about(row, {"permissions": described(held)}), {
		"message": sprintf("%s %s: %s.", [whose(row), what, named(held)]),
	})
}

whose(row) := "An application of another tenant" if {
	row.origin == "foreign"
} else := "The application"

# One finding on permissions that are in none of the lists, of all applications that are judged. It is an open question
# for each check on permissions, and only applications that the check would judge count.
unknown(permitted_ones) := {finding |
	held := [{"application": lib.text(row.name, row.id), "permission": one.id, "of": lib.text(one.resource, "not told")} |
		some row in judged(object.get(input.facts.application_power, "unknown_permissions", []), permitted_ones)
		some one in row.permissions
	]
	count(held) > 0
	finding := {
		"resource": lib.tenant,
		"key": "unknown permissions",
		"message": sprintf("Applications hold %s that tenantlint does not know: %s.", [
			lib.counted(count({one.permission | some one in held}), "permission", "permissions"),
			lib.named(sort({one.permission | some one in held})),
		]),
		"evidence": {"permissions": held},
		"depends_on": ["what unknown application permissions reach"],
	}
}
