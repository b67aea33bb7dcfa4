# METADATA
# title: An enforced DLP policy finds the personal data that stays inside
# description: >-
#   Looks for each type of information of the parameter whether a rule in force acts on it: the rule is on, and its
#   policy is on and enforced rather than tested. Types are read from plain and from advanced rules; of types
#   joined by And none acts alone. What the rule then does, and where, are other checks.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/dlp-policy-reference
#     description: Data loss prevention policies in detail
# custom:
#   id: EX042
#   severity: medium
#   requires: [dlp_compliance_policies, dlp_compliance_rules]
#   facts: [dlp]
#   tags: [dlp, data]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: tenant, effort: medium, user_impact: medium}
#   rationale: >-
#     Card and identity numbers leave by mail and shared files every day, mostly by mistake. Without a rule that
#     recognises them nothing stops it and nobody learns of it until a customer or an authority asks.
#   remediation: >-
#     Microsoft Purview portal, Data loss prevention, Policies: a policy with a rule on the sensitive information
#     types, and turn it on rather than run it in simulation (New-DlpCompliancePolicy -Mode Enable,
#     New-DlpComplianceRule -ContentContainsSensitiveInformation @{Name="Credit Card Number"}).
#   parameters:
#     required_types:
#       type: array
#       default: ["Credit Card Number"]
#       meaning: >-
#         sensitive information types, by the names that Purview shows; add those of your country, such as U.S.
#         Social Security Number (SSN)
#   mappings:
#     scuba: [MS.SECURITYSUITE.3.1v1, MS.DEFENDER.4.1v2]
#     secure_score: [dlp_datalossprevention]
#     cis_m365: ["3.2.1"]
#     mitre_attack: [T1567, T1048]
#     nist_800_53: [SC-7]
package tenantlint.checks.exchange.dlp_protects_personal_data

import data.tenantlint.lib.dlp
import rego.v1

findings contains dlp.finding(type, message, dlp.doubts(type)) if {
	some type in input.parameters.required_types
	count(dlp.acting(type)) == 0
	message := sprintf("No DLP rule in force looks for the information type %s.", [type])
}
