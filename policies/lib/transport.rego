# METADATA
# description: Mail flow rules (Get-TransportRule), whether they are in force, and findings on them.
package tenantlint.lib.transport

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

# The rules, without those whose names are permitted.
rules(permitted) := [rule |
	some rule in results.collection("transport_rules")
	not lower(name(rule)) in {lower(one) | some one in permitted}
]

name(rule) := exchange.resource("transportRule", rule).name

# on: enabled and enforced; off: disabled or only testing; unknown. A rule without a mode is enforced.
state(rule) := "off" if {
	settings.folded(object.get(rule, "State", null)) == "disabled"
} else := "off" if {
	settings.folded(object.get(rule, "Mode", null)) in {"audit", "auditandnotify"}
} else := "on" if {
	settings.folded(object.get(rule, "State", null)) == "enabled"
	settings.folded(object.get(rule, "Mode", null)) in {"enforce", null}
} else := "unknown"

# A finding on a rule that is on, or may be. `properties` are shown, and tell findings on one rule apart.
finding(rule, message, properties, unknowns) := {
	"resource": exchange.resource("transportRule", rule),
	"key": properties,
	"message": message,
	"depends_on": array.concat(doubts(rule), unknowns),
	"evidence": {property: object.get(rule, property, null) |
		some property in array.concat(["State", "Mode", "Priority"], properties)
	},
	"pointer": sprintf("/%s", [properties[0]]),
}

doubts(rule) := [sprintf("State and Mode of the mail flow rule %s", [name(rule)])] if {
	state(rule) == "unknown"
} else := []
