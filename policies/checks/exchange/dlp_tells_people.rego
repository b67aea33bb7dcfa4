# METADATA
# title: DLP tells people what they were about to do
# description: >-
#   Looks for each type of information of the parameter whether one of the rules in force on it notifies somebody:
#   who changed the content last, its owner or the owner of the site.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/dlp-policy-reference
#     description: Data loss prevention policies in detail
# custom:
#   id: EX045
#   severity: low
#   requires: [dlp_compliance_policies, dlp_compliance_rules]
#   facts: [dlp]
#   tags: [dlp, awareness, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: tenant, effort: low, user_impact: low}
#   rationale: >-
#     Most losses are mistakes of people who did not know. A note at that moment teaches the one who needs it, and
#     it keeps the help desk free of people who wonder why their mail was stopped.
#   remediation: >-
#     Microsoft Purview portal, Data loss prevention, Policies, the rule, User notifications: on
#     (Set-DlpComplianceRule -NotifyUser LastModifier,Owner).
#   parameters:
#     required_types:
#       type: array
#       default: ["Credit Card Number"]
#       meaning: >-
#         sensitive information types, by the names that Purview shows; add those of your country, such as U.S.
#         Social Security Number (SSN)
#   mappings:
#     scuba: [MS.SECURITYSUITE.3.4v1, MS.DEFENDER.4.4v1]
#     mitre_attack: [T1567]
#     nist_800_53: [AT-2]
package tenantlint.checks.exchange.dlp_tells_people

import data.tenantlint.lib.dlp
import rego.v1

telling(type) := [rule | some rule in dlp.acting(type); rule.notifies == true]

untold(type) := {doubt |
	some rule in dlp.acting(type)
	rule.notifies == null
	doubt := sprintf("NotifyUser of the DLP rule %s", [rule.name])
}

findings contains dlp.finding(type, message, dlp.doubts(type) | untold(type)) if {
	some type in input.parameters.required_types
	count(telling(type)) == 0
	message := sprintf("No DLP rule in force tells anybody about content with the information type %s.", [type])
}
