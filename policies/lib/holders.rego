# Findings about accounts with privileged roles, from the fact `privileged_holders`.
package tenantlint.lib.holders

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.privileged
import rego.v1

# Accounts that hold or may activate a role of these tiers; disabled ones can do nothing.
of_tiers(fact, tiers) := [holder |
	some holder in fact.holders
	holder.enabled != false
	shares(holder.tiers, tiers)
]

shares(these, those) if {
	some one in these
	one in those
}

# A finding on an account. `told`: `words` (what follows the account's name), `shown` (evidence), and optionally
# `depends_on`, `pointer` and `key`.
finding(holder, told) := object.union(
	{
		"resource": {"kind": "user", "id": holder.id, "name": lib.text(holder.name, "")},
		"message": sprintf("%s, who %s %s, %s.", [privileged.shown(holder), holds(holder), roles(holder), told.words]),
		"evidence": object.union(held(holder), told.shown),
		"principals": [privileged.principal(holder)],
		"depends_on": object.get(told, "depends_on", []),
	},
	{name: told[name] | some name in ["pointer", "key"]; told[name]},
)

held(holder) := {"roles": holder.roles, "held": holder.states, "through_groups": holder.via}

holds(holder) := "may activate" if {
	holder.states == ["eligible"]
} else := "holds"

# At most two roles by name.
roles(holder) := concat(" and ", holder.roles) if {
	count(holder.roles) <= 2
} else := sprintf("%s and %d more roles", [holder.roles[0], count(holder.roles) - 1])

# One finding when there are groups and principals with such a role of which the snapshot does not tell who stands
# behind them.
unknown(fact, tiers) := {finding |
	groups := [one | some one in fact.unknown_groups; shares(one.tiers, tiers)]
	others := [one | some one in fact.unidentified; not one.missing; shares(one.tiers, tiers)]
	count(groups) + count(others) > 0
	finding := {
		"resource": lib.tenant,
		"key": {"unknown": true},
		"message": sprintf("The snapshot does not tell who stands behind %s and %s with such a role.", [
			lib.counted(count(groups), "group", "groups"),
			lib.counted(count(others), "principal", "principals"),
		]),
		"evidence": {
			"groups": [{"id": one.id, "name": one.name, "roles": one.roles} | some one in groups],
			"principals": [{"id": one.id, "roles": one.roles} | some one in others],
		},
		"principals": [privileged.principal(one) | some one in array.concat(groups, others)],
		"depends_on": sort(array.concat(
			[sprintf("who is in the group %s", [privileged.shown(one)]) | some one in groups],
			[sprintf("what the principal %s is", [privileged.shown(one)]) | some one in others],
		)),
	}
}
