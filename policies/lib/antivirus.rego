# What the antivirus policies of endpoint security leave Windows with: over the fact `antivirus`.
#
# An ask is one setting: {setting, default, observed, allowed | least, most}. `default` is what Windows does where no
# policy sets it (learn.microsoft.com/windows/client-management/mdm/policy-csp-defender). `observed` says, without a
# full stop, what is the matter when the value is neither in `allowed` nor within the bounds.
package tenantlint.lib.antivirus

import data.tenantlint.lib.findings
import rego.v1

policies := input.facts.antivirus

judged := [policy | some policy in policies; policy.assigned != false]

not_applicable contains "No antivirus policy of endpoint security is assigned to Windows." if count(judged) == 0

resource(policy) := findings.resource("deviceManagementConfigurationPolicy", policy.id, policy.name)

# What devices of a policy have: {value, source}, from the policy, else from one that reaches all of them, else from
# Windows.
effective(policy, ask) := {"value": policy.values[ask.setting], "source": "policy"} if {
	policy.values[ask.setting]
} else := {"value": min(others), "source": "another policy"} if {
	others := [policies[place].values[ask.setting] | some place in policy.beside]
	count(others) > 0
} else := {"value": ask.default, "source": "default"}

good(value, ask) if value in object.get(ask, "allowed", [])

good(value, ask) if {
	is_number(value)
	value >= ask.least
	value <= object.get(ask, "most", value)
}

# The findings on a list of settings.
wrong(asks) := {finding |
	some policy in judged
	some ask in asks
	found := effective(policy, ask)
	not good(found.value, ask)
	finding := {
		"resource": resource(policy),
		"message": message(found, ask, policy.readable),
		"evidence": {
			"setting": ask.setting,
			"value": found.value,
			"source": found.source,
			"assigned_to": policy.targets,
		},
		"key": {"setting": ask.setting},
		"depends_on": array.concat(
			["assignments" | policy.assigned == null],
			[ask.setting | unknown(found, policy.readable)],
		),
	}
}

# A policy whose settings were not told may set what seems to be left to Windows; a text is an option not known here.
unknown(found, readable) if {
	found.source == "default"
	not readable
}

unknown(found, _) if is_string(found.value)

message(found, ask, readable) := sprintf("The snapshot does not tell the setting %s.", [ask.setting]) if {
	unknown(found, readable)
} else := sprintf("%s: no antivirus policy sets it, and Windows' default applies.", [ask.observed]) if {
	found.source == "default"
} else := sprintf("%s, as the policy sets it.", [ask.observed]) if {
	found.source == "policy"
} else := sprintf("%s, as another policy for the same devices sets it.", [ask.observed])
