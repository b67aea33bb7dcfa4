# METADATA
# title: Mail that poses as a protected person is caught for every recipient
# description: >-
#   Protection of users against impersonation is in force when the policy is on, user protection is on, at least one
#   person is named (all of `sensitive_users` where that parameter is set) and the action is one of `actions`. The
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
#   id: DO009
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Payment fraud needs no malware: a message with the name of the managing director and a private address is
#     enough, and people answer it. The policy compares senders with the people that you name. The default policy has
#     it off, so recipients whom no other policy reaches get such messages like any other.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security policies:
#     turn on Standard protection for all recipients. Name the people to protect on its impersonation page. For a
#     custom or the default policy: Set-AntiPhishPolicy -EnableTargetedUserProtection $true -TargetedUsersToProtect
#     "Name;address" -TargetedUserProtectionAction Quarantine.
#   parameters:
#     sensitive_users:
#       type: array
#       default: []
#       meaning: >-
#         addresses of people whom every policy has to protect; empty by default, since only the tenant can tell who
#         they are, and one protected person is then enough
#     actions:
#       type: array
#       default: [Quarantine, MoveToJmf, Delete, Redirect]
#       meaning: >-
#         actions that keep such a message out of the inbox
#   mappings:
#     secure_score: [mdo_targetedusersprotection, mdo_targeteduserprotectionaction]
#     scuba: [MS.SECURITYSUITE.2.1v1, MS.DEFENDER.2.1v1]
#     orca: [ORCA.223]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.impersonated_people_caught

import data.tenantlint.lib.mail_settings
import rego.v1

ask := {
	"layers": input.facts.mail_protection.anti_phish.layers,
	"product": "anti-phishing",
	"wants": [
		{"property": "Enabled", "is": true},
		{"property": "EnableTargetedUserProtection", "is": true},
		people,
		{"property": "TargetedUserProtectionAction", "among": input.parameters.actions, "known": known},
	],
}

findings contains finding if some finding in mail_settings.findings(ask)

# Whom the tenant names has to be protected; where it names nobody, somebody.
people := {"property": "TargetedUsersToProtect", "holds": input.parameters.sensitive_users} if {
	count(input.parameters.sensitive_users) > 0
} else := {"property": "TargetedUsersToProtect", "filled": true}

known := ["BccMessage", "Delete", "MoveToJmf", "NoAction", "Quarantine", "Redirect"]
