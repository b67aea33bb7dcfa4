# Methods of the authentication methods policy, as the fact `authentication_methods` tells whom they reach.
package tenantlint.lib.authentication_methods

import data.tenantlint.lib.findings
import rego.v1

fact := input.facts.authentication_methods

policy := findings.block(input, ["collections", "authentication_methods_policy"])

resource := findings.resource(
	"authenticationMethodsPolicy",
	findings.text(object.get(policy, "id", ""), "authenticationMethodsPolicy"),
	findings.text(object.get(policy, "displayName", ""), "Authentication methods policy"),
)

# A method by its id in lower case; null where the policy does not list it.
method(name) := object.get(fact.methods, name, null)

# The method as the policy has it, with all its settings; {} where it does not list it.
configuration(name) := found if {
	some found in findings.list(policy, ["authenticationMethodConfigurations"])
	is_object(found)
	lower(findings.text(object.get(found, "id", ""), "")) == name
} else := {}

# Whether the older policies of MFA and password reset count no more. An empty state is that of a tenant which never
# had them; one that is not told, or not understood, leaves it open.
migration := "complete" if {
	lower(state_told) == "migrationcomplete"
} else := "complete" if {
	object.get(policy, "policyMigrationState", "absent") in [null, ""]
} else := "pending" if {
	lower(state_told) in {"premigration", "migrationinprogress"}
} else := "untold"

state_told := findings.text(object.get(policy, "policyMigrationState", ""), "not told")

default nobody_may_use(_) := false

# Nobody may use the method for certain.
nobody_may_use(name) if method(name).reach.state == "nobody"

# A finding, with the people concerned under `people` (may be null) put in as their population.
finding(told) := object.union(object.remove(told, ["people"]), crowd(told))

crowd(told) := {"population": [told.people.population]} if {
	told.people != null
	told.people.state == "some"
} else := {}

# Sure people in words: "everybody", "3 people".
people(told) := "everybody" if {
	told.everybody
} else := "people whom the snapshot does not list" if {
	told.count == 0
} else := sprintf("%s and others whom the snapshot does not list", [number]) if {
	told.uncounted
	number := findings.counted(told.count, "person", "people")
} else := findings.counted(told.count, "person", "people")

# The finding that the policy does not tell whether a method is on; none where it does.
untold(name, words) := {finding({
	"resource": resource,
	"key": {"method": name, "why": "untold"},
	"message": sprintf("The snapshot does not tell whether %s.", [words]),
	"evidence": {"method": name, "state": object.get(configuration(name), "state", null)},
	"pointer": "/authenticationMethodConfigurations",
	"people": null,
	"depends_on": [sprintf("the state of the method %s", [name])],
})} if {
	not state_known(name)
} else := set()

default state_known(_) := false

state_known(name) if method(name).state in {"enabled", "disabled"}

# A method that is too weak for everybody but the permitted groups: one finding for each target that it has.
# `ask`: {method, words ("voice calls"), whom ("reach" or "members"), permitted_groups}.
weak(ask) := union({untold(ask.method, sprintf("%s can be used", [ask.words])), reached, older(ask, reached)}) if {
	reached := by_target(ask) | without_targets(ask)
}

by_target(ask) := {finding({
	"resource": resource,
	"key": {"method": ask.method, "target": target.id},
	"message": target_message(ask, target),
	"evidence": {
		"method": method(ask.method).id,
		"state": method(ask.method).state,
		"target": target.id,
		"target_name": target.name,
		"enabled_accounts": target[ask.whom].count,
	},
	"pointer": target.pointer,
	"people": target[ask.whom],
	"depends_on": target[ask.whom].depends_on,
}) |
	some target in method(ask.method).targets
	method(ask.method).state == "enabled"
	not target.id in ask.permitted_groups
	target[ask.whom].state != "nobody"
}

without_targets(ask) := {finding({
	"resource": resource,
	"key": {"method": ask.method, "why": "targets"},
	"message": sprintf("The policy has %s on and the snapshot does not tell for whom.", [ask.words]),
	"evidence": {"method": method(ask.method).id, "state": "enabled", "includeTargets": null},
	"pointer": method(ask.method).pointer,
	"people": null,
	"depends_on": [sprintf("includeTargets of the method %s", [method(ask.method).id])],
})} if {
	method(ask.method).state == "enabled"
	not method(ask.method).targets_told
} else := set()

# Until the migration is complete, the older policies may permit what this one does not.
older(ask, reached) := set() if {
	count(reached) > 0
} else := set() if {
	migration == "complete"
} else := set() if {
	not state_known(ask.method)
} else := {finding({
	"resource": resource,
	"key": {"method": ask.method, "why": "older policies"},
	"message": sprintf("This policy does not permit %s, and the older ones of MFA and password reset may.", [ask.words]),
	"evidence": {"method": method(ask.method).id, "policyMigrationState": state_told},
	"pointer": "/policyMigrationState",
	"people": null,
	"depends_on": [sprintf("the older policies of MFA and password reset (policyMigrationState %s)", [state_told])],
})}

target_message(ask, target) := sprintf("%s can be used by %s (%s).", [
	capital(ask.words),
	target_words(target),
	people_of(target[ask.whom]),
])

capital(words) := sprintf("%s%s", [upper(substring(words, 0, 1)), substring(words, 1, -1)])

target_words(target) := "all users" if {
	lower(target.id) == "all_users"
} else := sprintf("the %s \"%s\"", [target.kind, target.name])

# People behind a target, whom it may be that the snapshot does not tell.
people_of(told) := "who is in it is not known" if {
	told.state == "perhaps"
} else := "accounts not listed in the snapshot" if {
	told.count == 0
} else := findings.counted(told.count, "enabled account", "enabled accounts")

# A feature that does not serve everybody who may use the method.
# `ask`: {feature (from the fact), name (the property), words ("showing the application in requests")}.
unserved(ask) := set() if {
	ask.feature.without.state == "nobody"
} else := {finding({
	"resource": resource,
	"key": {"feature": ask.name},
	"message": feature_message(ask),
	"evidence": {
		"feature": ask.name,
		"state": ask.feature.told,
		"managed_by_microsoft": ask.feature.managed,
		"enabled_accounts_without": ask.feature.without.count,
	},
	"pointer": ask.feature.pointer,
	"people": ask.feature.without,
	"depends_on": ask.feature.without.depends_on,
})}

feature_message(ask) := sprintf("The snapshot does not tell whether %s is on.", [ask.words]) if {
	ask.feature.state == "unknown"
} else := sprintf("%s is left to Microsoft, which has it off at present.", [capital(ask.words)]) if {
	ask.feature.managed
	ask.feature.state == "disabled"
} else := sprintf("%s is off.", [capital(ask.words)]) if {
	ask.feature.state == "disabled"
} else := sprintf("%s is on for some people, and who is left out is not known.", [capital(ask.words)]) if {
	ask.feature.without.state == "perhaps"
} else := sprintf("%s is on for some people, and off for %s.", [capital(ask.words), people(ask.feature.without)])
