# What Intune's policies ask of devices, and who may join devices: over the facts `device_compliance` and `antivirus`
# and the device registration policy.
package tenantlint.lib.devices

import data.tenantlint.lib.findings
import rego.v1

# Compliance policies, and those that somebody gets (or for which the snapshot does not tell).
policies := input.facts.device_compliance.policies

judged := [policy | some policy in policies; policy.assigned != false]

compliance_resource(policy) := findings.resource("deviceCompliancePolicy", policy.id, policy.name)

# Whether the devices of a policy are asked a question, by it or by another policy that reaches all of them:
# "asked", "not_asked" or "unknown".
state(policy, question) := summary({one.asks[question].state | some one in together(policy)})

together(policy) := array.concat([policy], [policies[place] | some place in policy.beside])

summary(states) := "asked" if {
	"asked" in states
} else := "unknown" if {
	"unknown" in states
} else := "not_asked"

# What a verdict hangs on besides: the assignments, where they are not told.
on_assignment(policy) := ["assignments"] if {
	policy.assigned == null
} else := []

# The findings on one question. An ask: {question, about: "whether ...", observed: the message}.
unasked(ask) := {finding |
	some policy in judged
	policy.asks[ask.question]
	found := state(policy, ask.question)
	found != "asked"
	finding := {
		"resource": compliance_resource(policy),
		"message": told(found, ask),
		"evidence": object.union(
			{"type": policy.type, "assigned_to": policy.targets},
			policy.asks[ask.question].seen,
		),
		"key": {"question": ask.question},
		"depends_on": array.concat(on_assignment(policy), [ask.question | found == "unknown"]),
	}
}

told(found, ask) := ask.observed if {
	found == "not_asked"
} else := sprintf("The snapshot does not tell %s.", [ask.about])

# Whether any assigned policy can ask the question at all.
can_ask(question) if {
	some policy in judged
	policy.asks[question]
}

# The device registration policy.
registration := findings.block(input, ["collections", "device_registration_policy"])

registration_resource := findings.resource(
	"deviceRegistrationPolicy",
	findings.text(object.get(registration, "id", ""), "device_registration_policy"),
	findings.text(object.get(registration, "displayName", ""), "Device registration policy"),
)

# Whom a membership of that policy is: "all", "chosen", "nobody" or "unknown".
membership(path) := "all" if {
	kind(path) == "alldeviceregistrationmembership"
} else := "nobody" if {
	kind(path) == "nodeviceregistrationmembership"
} else := chosen(path) if {
	kind(path) == "enumerateddeviceregistrationmembership"
} else := "unknown"

kind(path) := regex.replace(lower(given), `^#?microsoft\.graph\.`, "") if {
	given := object.get(findings.block(registration, path), "@odata.type", "")
	is_string(given)
} else := ""

chosen(path) := "nobody" if {
	told_empty(path, "users")
	told_empty(path, "groups")
} else := "chosen"

told_empty(path, name) if object.get(registration, array.concat(path, [name]), null) == []

nobody_joins if membership(["azureADJoin", "allowedToJoin"]) == "nobody"
