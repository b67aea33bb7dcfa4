# METADATA
# description: Reads fact dlp. Which rules of data loss prevention act on a type of information, and findings on it.
package tenantlint.lib.dlp

import data.tenantlint.lib.findings as results
import rego.v1

# Rules in force that act on a type.
acting(type) := [rule |
	some rule in input.facts.dlp.rules
	rule.state == "on"
	lower(type) in rule.types
]

# What is not known about rules that may act on a type: their state, or what they look for.
doubts(type) := {doubt |
	some rule in input.facts.dlp.rules
	rule.state == "unknown"
	may_hold(rule, type)
	doubt := sprintf("whether the DLP rule %s of the policy %s is in force", [rule.name, rule.policy])
} | {doubt |
	some rule in input.facts.dlp.rules
	rule.state == "on"
	not rule.types_known
	doubt := sprintf("AdvancedRule of the DLP rule %s", [rule.name])
}

may_hold(rule, type) if lower(type) in rule.types

may_hold(rule, _) if not rule.types_known

# A finding on one type of information.
finding(type, message, unknowns) := {
	"resource": results.tenant,
	"key": type,
	"message": message,
	"depends_on": sort(unknowns),
	"evidence": {
		"type": type,
		"rules": [told |
			some rule in input.facts.dlp.rules
			may_hold(rule, type)
			told := {name: rule[name] | some name in ["name", "policy", "state", "blocks", "notifies"]}
		],
	},
}
