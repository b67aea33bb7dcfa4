# METADATA
# title: DLP blocks sharing of personal data with everybody
# description: >-
#   Looks for each type of information of the parameter whether one of the rules in force on it blocks access for
#   everybody (BlockAccess with the scope All; other scopes leave people inside the organization in). Several rules
#   may share the types among them.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/dlp-policy-reference
#     description: Data loss prevention policies in detail
# custom:
#   id: EX044
#   severity: low
#   requires: [dlp_compliance_policies, dlp_compliance_rules]
#   facts: [dlp]
#   tags: [dlp, data, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: tenant, effort: medium, user_impact: high}
#   rationale: >-
#     A rule that only tells somebody afterwards records the loss. One that blocks only outsiders leaves the card
#     numbers open to a whole organization, and to every account in it that an intruder gets.
#   remediation: >-
#     Microsoft Purview portal, Data loss prevention, Policies, the rule, Actions: restrict access or encrypt the
#     content, block everyone (Set-DlpComplianceRule -BlockAccess $true -BlockAccessScope All).
#   parameters:
#     required_types:
#       type: array
#       default: ["Credit Card Number"]
#       meaning: >-
#         sensitive information types, by the names that Purview shows; add those of your country, such as U.S.
#         Social Security Number (SSN)
#   mappings:
#     scuba: [MS.SECURITYSUITE.3.3v1, MS.DEFENDER.4.3v1]
#     mitre_attack: [T1567]
#     nist_800_53: [SC-7]
package tenantlint.checks.exchange.dlp_blocks

import data.tenantlint.lib.dlp
import rego.v1

blocking(type) := [rule | some rule in dlp.acting(type); rule.blocks == "everyone"]

untold(type) := {doubt |
	some rule in dlp.acting(type)
	rule.blocks == "unknown"
	doubt := sprintf("what the DLP rule %s blocks", [rule.name])
}

findings contains dlp.finding(type, message, dlp.doubts(type) | untold(type)) if {
	some type in input.parameters.required_types
	count(blocking(type)) == 0
	message := sprintf("No DLP rule in force blocks everybody from content with the information type %s.", [type])
}
