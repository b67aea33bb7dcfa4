# Findings from the facts `coverage.administrators.*`: privileged roles whose holders can sign in without something.
package tenantlint.lib.administrators

import data.tenantlint.lib.coverage
import data.tenantlint.lib.findings as lib
import rego.v1

# One finding for the roles that are certainly open, one for those that hang on unknowns. A role that nobody holds is
# open to nobody; where the holders are not known, a role counts as held.
findings(fact, tiers, what) := {finding |
	some certainty in ["certain", "depends"]
	judged := judged_roles(fact, tiers, certainty)
	count(judged) > 0
	finding := object.union(
		{
			"resource": lib.tenant,
			"key": {"certainty": certainty},
			"message": message(judged, certainty, what),
			"population": sort({handle | some role in judged; handle := people(role, certainty).population}),
			"evidence": evidence(fact, tiers, judged, certainty),
		},
		hangs_on(judged, certainty),
	)
}

judged_roles(fact, tiers, certainty) := [role |
	some role in fact.roles
	role.tier in tiers
	state(fact, role) == certainty
]

# "certain", "depends" or "covered".
state(fact, role) := "certain" if {
	coverage.somebody(role.open)
} else := "certain" if {
	not fact.known
	role.holders == 0
	role.supposed == "open"
} else := "depends" if {
	coverage.somebody(role.depends)
} else := "depends" if {
	perhaps_held(fact, role)
	role.supposed != "covered"
} else := "covered"

perhaps_held(fact, _) if not fact.known

perhaps_held(_, role) if count(role.unknown_groups) > 0

people(role, "certain") := role.open

people(role, "depends") := role.depends

hangs_on(_, "certain") := {}

hangs_on(judged, "depends") := {"depends_on": sort(names | groups)} if {
	names := {name | some role in judged; some name in role.depends_on}
	groups := {sprintf("who is in the group %s", [lib.text(group.name, group.id)]) |
		some role in judged
		some group in role.unknown_groups
	}
	count(names | groups) > 0
} else := {"depends_on": ["who holds the roles"]}

message(judged, "certain", what) := sprintf("Administrators can sign in without %s: %s.", [
	what,
	named(judged, "certain"),
])

message(judged, "depends", what) := sprintf("Administrators may be able to sign in without %s: %s.", [
	what,
	named(judged, "depends"),
])

named(judged, certainty) := concat(", ", words) if {
	count(judged) <= 5
	words := [word(role, certainty) | some role in judged]
} else := sprintf("%s and %d more roles", [concat(", ", words), count(judged) - 5]) if {
	words := [word(role, certainty) | some role in array.slice(judged, 0, 5)]
}

word(role, certainty) := sprintf("%s (%d of %d)", [role.name, people(role, certainty).count, role.holders]) if {
	role.holders > 0
} else := role.name

evidence(fact, tiers, judged, certainty) := {
	"roles": [{
		"name": role.name,
		"template_id": role.template_id,
		"holders": role.holders,
		"open": people(role, certainty).count,
		"names": people(role, certainty).names,
		"emergency_accounts_open": role.emergency.names,
		"regions": coverage.described(role.regions),
	} |
		some role in judged
	],
	"roles_covered": sort([role.name |
		some role in fact.roles
		role.tier in tiers
		role.supposed == "covered"
		not coverage.somebody(role.open)
	]),
	"roles_nobody_holds_open": sort([role.name |
		some role in fact.roles
		role.tier in tiers
		role.holders == 0
		state(fact, role) == "covered"
		role.supposed == "open"
	]),
	"holders_known": fact.known,
	"exact": fact.exact,
	"caveats": fact.caveats,
}
