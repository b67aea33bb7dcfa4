# METADATA
# title: An audit retention policy keeps records for a year
# description: >-
#   Looks for an enabled audit log retention policy that keeps records for at least the months of the parameter,
#   for the licence without which no record outlives 180 days (Audit Premium, service plan M365_ADVANCED_AUDITING),
#   and for policies of higher priority that keep the same records for less. Microsoft's default policy, which
#   keeps sign-in, mail and file records of licensed people for a year, does not count: every other kind of record
#   is gone after 180 days.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/audit-log-retention-policies
#     description: Audit log retention policies
# custom:
#   id: EX017
#   severity: medium
#   requires: [unified_audit_log_retention_policies]
#   refines: [subscribed_skus]
#   tags: [audit, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: tenant, effort: medium, user_impact: none}
#   rationale: >-
#     Intrusions are often found months after they began. Records that went after half a year leave open how the
#     intruder came in and what was taken, and with it whom you have to tell.
#   remediation: >-
#     Microsoft Purview portal, Audit, Policies: an audit retention policy of one year
#     (New-UnifiedAuditLogRetentionPolicy -RetentionDuration TwelveMonths -RecordTypes ... -Priority 1), with Audit
#     Premium licences for the people concerned. Or send the records to a store of your own and exempt this check.
#   parameters:
#     min_months:
#       type: integer
#       default: 12
#       meaning: >-
#         months for which records are kept; a year covers the time in which most intrusions are found
#   mappings:
#     scuba: [MS.SECURITYSUITE.5.2v1, MS.DEFENDER.6.3v1]
#     mitre_attack: [T1562.008]
#     nist_800_53: [AU-11]
package tenantlint.checks.exchange.audit_records_kept

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

months := {
	"sevendays": 0,
	"thirtydays": 1,
	"threemonths": 3,
	"sixmonths": 6,
	"ninemonths": 9,
	"twelvemonths": 12,
	"threeyears": 36,
	"fiveyears": 60,
	"sevenyears": 84,
	"tenyears": 120,
}

in_force := [policy |
	some policy in results.collection("unified_audit_log_retention_policies")
	settings.truth(settings.value(policy, "Enabled")) == true
]

# null for a duration of no known name.
kept(policy) := object.get(months, settings.folded(object.get(policy, "RetentionDuration", null)), null)

long_enough := [policy | some policy in in_force; number_at_least(kept(policy))]

number_at_least(found) if {
	is_number(found)
	found >= input.parameters.min_months
}

# Policies that may be long enough, if their duration or switch were known.
untold := {sprintf("how long the audit retention policy %s keeps records", [shown(policy)]) |
	some policy in results.collection("unified_audit_log_retention_policies")
	settings.truth(settings.value(policy, "Enabled")) != false
	is_unclear(policy)
}

is_unclear(policy) if kept(policy) == null

is_unclear(policy) if settings.truth(settings.value(policy, "Enabled")) == null

shown(policy) := exchange.resource("unifiedAuditLogRetentionPolicy", policy).name

evidence := {
	"policies": [{name: value |
		some name in ["Name", "Enabled", "RetentionDuration", "Priority"]
		value := object.get(policy, name, null)
	} |
		some policy in results.collection("unified_audit_log_retention_policies")
	],
	"required_months": input.parameters.min_months,
}

findings contains {
	"resource": results.tenant,
	"key": "policy",
	"message": message,
	"depends_on": sort(untold),
	"evidence": evidence,
} if {
	count(long_enough) == 0
	message := sprintf("No audit retention policy in force keeps records for %d months.", [input.parameters.min_months])
}

findings contains {
	"resource": results.tenant,
	"key": "licence",
	"message": "The tenant has no Audit Premium licence, so that no record is kept for more than 180 days.",
	"evidence": evidence,
} if {
	count(long_enough) > 0
	licensed == false
}

findings contains {
	"resource": results.tenant,
	"key": "licence",
	"message": "The snapshot does not tell whether the tenant has Audit Premium to keep records for more than 180 days.",
	"depends_on": ["the licences (subscribed_skus)"],
	"evidence": evidence,
} if {
	count(long_enough) > 0
	licensed == null
}

# Whether the tenant has Audit Premium: by its plans, or else by the licences that the snapshot names; null if unknown.
licensed := "M365_ADVANCED_AUDITING" in exchange.plans if {
	is_set(exchange.plans)
} else := "audit_premium" in input.licences if {
	is_array(input.licences)
} else := null

# A policy of higher priority (a lower number) that keeps for less some of what every long policy keeps.
findings contains {
	"resource": exchange.resource("unifiedAuditLogRetentionPolicy", policy),
	"message": sprintf("The audit retention policy %s goes first and keeps its records for %d months only.", [
		shown(policy),
		kept(policy),
	]),
	"evidence": evidence,
	"pointer": "/RetentionDuration",
} if {
	count(long_enough) > 0
	some policy in in_force
	kept(policy) < input.parameters.min_months
	is_number(kept(policy))
	is_number(object.get(policy, "Priority", null))
	every other in long_enough {
		policy.Priority < object.get(other, "Priority", 0)
	}
}
