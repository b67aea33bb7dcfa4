# Findings from the fact `pim_rules`: what Privileged Identity Management asks and tells for a role.
package tenantlint.lib.pim

import data.tenantlint.lib.findings as lib
import rego.v1

# What there is to judge: a role with one source of its rules, its own or those of a group that gives the role. By
# tier, only roles that somebody holds or may activate.
of_tiers(fact, tiers) := [{"role": role, "source": source} |
	some role in fact.roles
	role.tier in tiers
	role.used
	some source in role.sources
]

of_role(fact, own_id) := [{"role": role, "source": source} |
	some role in fact.roles
	role.own_id == own_id
	some source in role.sources
]

# CISA's highly privileged roles and, when asked for, all from which the tenant can be taken over.
of_highest(fact, all_takeover_roles) := [{"role": role, "source": source} |
	some role in fact.roles
	highest(role, all_takeover_roles)
	some source in role.sources
]

default highest(_, _) := false

highest(role, _) if role.scuba

highest(role, true) if role.tier == "takeover"

# A finding on the rules of a role. `told`: `rule` (a key of the source's pointers), `words` (the sentence), `shown`
# (evidence), and optionally `depends_on` and `key`.
finding(one, told) := {
	"resource": one.source.resource,
	"key": object.union({"role": one.role.template_id}, object.get(told, "key", {})),
	"message": told.words,
	"evidence": object.union({"role": one.role.name, "rules_of": one.source.kind}, told.shown),
	"pointer": one.source.pointers[told.rule],
	"depends_on": object.get(told, "depends_on", []),
}

# The finding for a rule that the snapshot does not have, or whose value it does not tell.
unknown(one, told) := finding(one, object.union(told, {
	"words": sprintf("The snapshot does not tell %s.", [told.about]),
	"depends_on": [sprintf("%s (role_management_policies)", [told.about])],
}))

# What is activated or assigned: the role, or the membership of a group that gives it.
thing(one) := one.role.name if {
	one.source.kind == "role"
} else := sprintf("the group \"%s\", which gives %s", [lib.text(one.source.resource.name, "?"), one.role.name])

# Whether somebody else has to approve.
approval(one, least) := {unknown(one, {
	"rule": "approval",
	"about": sprintf("whether somebody approves the activation of %s", [thing(one)]),
	"shown": one.source.approval,
})} if {
	one.source.approval.required == null
} else := {finding(one, {
	"rule": "approval",
	"words": sprintf("Nobody approves the activation of %s.", [thing(one)]),
	"shown": one.source.approval,
})} if {
	one.source.approval.required == false
} else := set() if {
	one.source.approval.default_approvers
} else := {unknown(one, {
	"rule": "approval",
	"about": sprintf("how many people approve the activation of %s", [thing(one)]),
	"shown": one.source.approval,
})} if {
	one.source.approval.approvers == null
} else := {finding(one, {
	"rule": "approval",
	"words": sprintf("%s can approve the activation of %s, fewer than %d.", [
		lib.counted(one.source.approval.approvers, "person", "people"),
		thing(one),
		least,
	]),
	"shown": one.source.approval,
})} if {
	one.source.approval.approvers < least
} else := set()

# Whether somebody is told of each of the events (active, eligible, activation).
alert(one, events, additional) := {finding(one, {
	"rule": sprintf("alert_%s", [bad[0]]),
	"words": sprintf("%s is told of %s of %s.", [nobody(additional), listed(bad), thing(one)]),
	"shown": {event: one.source.alerts[event] | some event in events},
})} if {
	bad := in_state(one, events, additional, "bad")
	count(bad) > 0
} else := {unknown(one, {
	"rule": sprintf("alert_%s", [open[0]]),
	"about": sprintf("who is told of %s of %s", [listed(open), thing(one)]),
	"shown": {event: one.source.alerts[event] | some event in events},
})} if {
	open := in_state(one, events, additional, "unknown")
	count(open) > 0
} else := set()

in_state(one, events, additional, state) := [event |
	some event in events
	alert_state(one.source.alerts[event], additional) == state
]

listed(events) := concat(" and ", [words[event] | some event in events])

words := {
	"active": "a new active assignment",
	"eligible": "a new eligible assignment",
	"activation": "the activation",
}

nobody(true) := "Nobody beside the administrators themselves"

nobody(false) := "Nobody"

alert_state(told, additional) := "bad" if {
	told.level == "none"
} else := "good" if {
	not additional
	told.defaults == true
} else := "unknown" if {
	told.recipients == null
} else := "unknown" if {
	count(told.recipients) > 0
	told.level == "critical" # whether mail of this kind is critical is not documented
} else := "good" if {
	count(told.recipients) > 0
} else := "unknown" if {
	not additional
	told.defaults == null
} else := "bad"
