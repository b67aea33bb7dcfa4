# METADATA
# title: Mail that poses as one of the own domains is caught for every recipient
# description: >-
#   Protection of the organization's domains is in force when the policy is on, protects all accepted domains
#   (EnableOrganizationDomainsProtection, or a list that holds each of them) and takes one of `actions`. The
#   anti-phishing policy that each recipient really gets counts, in Microsoft's order: the Strict and the Standard
#   preset, custom policies by priority, the default policy; a policy that nobody reaches does not matter. Whom a
#   preset takes follows its rule of Defender for Office 365 (Get-ATPProtectionPolicyRule). Where the snapshot lacks
#   a setting of the presets, the value that Microsoft documents counts. A setting that is not told leaves the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-mdo-configure
#     description: Setting up anti-phishing policies in Defender for Office 365
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO010
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A domain that differs from yours by one letter costs ten euros and passes every check of authenticity, since it
#     is real. The policy compares the domain of the sender with your own ones and holds what is nearly the same.
#     Without it a bill from a false colleague looks like any other.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. For a custom or the default policy: Threat policies,
#     Anti-phishing, Edit protection settings, Include domains I own (Set-AntiPhishPolicy
#     -EnableOrganizationDomainsProtection $true -TargetedDomainProtectionAction Quarantine).
#   parameters:
#     actions:
#       type: array
#       default: [Quarantine, MoveToJmf, Delete, Redirect]
#       meaning: >-
#         actions that keep such a message out of the inbox
#   mappings:
#     secure_score: [mdo_enabledomainstoprotect, mdo_targeteddomainprotectionaction]
#     scuba: [MS.SECURITYSUITE.2.2v1, MS.DEFENDER.2.2v1]
#     orca: [ORCA.222]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.impersonated_own_domains_caught

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_phish.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "Enabled", "is": true},
		own_domains,
		{"property": "TargetedDomainProtectionAction", "among": input.parameters.actions, "known": known},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

own_domains := {
	"any": array.concat([[{"property": "EnableOrganizationDomainsProtection", "is": true}]], listed),
	"words": "does not protect the organization's own domains",
}

# A list of domains is as good when it holds all accepted ones.
listed := [group |
	accepted := input.facts.mail_protection.anti_phish.accepted_domains
	is_array(accepted)
	group := [
		{"property": "EnableTargetedDomainsProtection", "is": true},
		{"property": "TargetedDomainsToProtect", "holds": accepted},
	]
]

known := ["BccMessage", "Delete", "MoveToJmf", "NoAction", "Quarantine", "Redirect"]
