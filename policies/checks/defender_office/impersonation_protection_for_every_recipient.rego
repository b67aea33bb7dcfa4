# METADATA
# title: Anti-phishing policies guard every recipient against impersonated users or domains
# description: >-
#   Looks at the anti-phishing policy that each recipient really gets, in Microsoft's order: the Strict and the
#   Standard preset, custom policies by priority, the default policy. Impersonation protection of the presets
#   follows the Defender for Office 365 rule of the preset (Get-ATPProtectionPolicyRule), not the one of Exchange
#   Online Protection. User protection is in force when it is on, names at least one user and takes an action;
#   domain protection when the tenant's own domains or listed ones are protected and an action is taken. A setting
#   that is absent leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-about
#     description: Anti-phishing policies and impersonation settings
#   - ref: https://learn.microsoft.com/defender-office-365/anti-phishing-policies-mdo-configure
#     description: Setting up anti-phishing policies in Defender for Office 365
#   - ref: https://learn.microsoft.com/defender-office-365/preset-security-policies
#     description: Preset security policies and the order of precedence
# custom:
#   id: DO003
#   severity: medium
#   requires: [anti_phish_policies]
#   refines: [anti_phish_rules, atp_protection_policy_rules, eop_protection_policy_rules, accepted_domains]
#   facts: [mail_protection.anti_phish]
#   licences: [defender_office_p1]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Payment fraud rarely needs malware: a message that looks as if it came from the managing director, or from a
#     domain one letter away from your own, is enough. Impersonation protection compares senders with the people
#     and domains that you name. The default policy has it off, so recipients whom no other policy reaches get
#     such messages like any other.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Preset security
#     policies: turn on Standard protection for all recipients, and name the users and domains to protect on the
#     impersonation page. For a custom or the default policy: Set-AntiPhishPolicy
#     -EnableOrganizationDomainsProtection $true -EnableTargetedUserProtection $true -TargetedUsersToProtect
#     "Name;address" -TargetedUserProtectionAction Quarantine -TargetedDomainProtectionAction Quarantine.
#   parameters:
#     require:
#       type: string
#       default: any
#       meaning: >-
#         what must be protected: `users`, `domains`, `both`, or `any` of the two; which users are worth naming only
#         the tenant can tell, so the default asks for one of them
#   mappings:
#     secure_score:
#       - mdo_antiphishingpolicies
#       - mdo_targetedusersprotection
#       - mdo_enabledomainstoprotect
#       - mdo_targeteduserprotectionaction
#       - mdo_targeteddomainprotectionaction
#     scuba: [MS.SECURITYSUITE.2.1v1, MS.SECURITYSUITE.2.2v1, MS.DEFENDER.2.1v1, MS.DEFENDER.2.2v1]
#     orca: [ORCA.222, ORCA.223, ORCA.230]
#     prowler: [defender_antiphishing_policy_configured]
#     mitre_attack: [T1566, T1656]
#     nist_800_53: [SI-8]
package tenantlint.checks.defender_office.impersonation_protection_for_every_recipient

import data.tenantlint.lib.mail
import rego.v1

layers := input.facts.mail_protection.anti_phish.layers

shown := [
	"Enabled",
	"EnableTargetedUserProtection",
	"TargetedUsersToProtect",
	"TargetedUserProtectionAction",
	"EnableOrganizationDomainsProtection",
	"EnableTargetedDomainsProtection",
	"TargetedDomainsToProtect",
	"TargetedDomainProtectionAction",
]

findings contains mail.finding(layer, layers, flaws, unknowns, message, {"settings": settings}) if {
	some layer in layers
	layer.reached != "none"
	protection := {"users": users(layer), "domains": domains(layer)}
	verdict := combined(protection)
	verdict != "on"
	flaws := {verdict | verdict == "off"}
	unknowns := {unknown |
		some unknown in [
			layer.policy_unknown,
			sprintf("the impersonation settings of the policy %s", [layer.name]),
		]
		unknown != null
	}
	message := sprintf("%s %s.", [mail.subject("anti-phishing", layer), shortcoming(verdict, protection)])
	settings := {name: mail.setting(layer, name) | some name in shown}
}

combined(protection) := protection.users if {
	input.parameters.require == "users"
} else := protection.domains if {
	input.parameters.require == "domains"
} else := weakest({protection.users, protection.domains}) if {
	input.parameters.require == "both"
} else := strongest({protection.users, protection.domains})

weakest(states) := "off" if {
	"off" in states
} else := "unknown" if {
	"unknown" in states
} else := "on"

strongest(states) := "on" if {
	"on" in states
} else := "unknown" if {
	"unknown" in states
} else := "off"

shortcoming(verdict, protection) := "does not tell its impersonation settings" if {
	verdict == "unknown"
} else := "protects neither users nor domains against impersonation" if {
	input.parameters.require == "any"
} else := sprintf("protects no %s against impersonation", [concat(" and no ", unprotected(protection))])

unprotected(protection) := [kind | some kind in ["users", "domains"]; protection[kind] == "off"]

users(layer) := weakest({
	switch(layer, "Enabled"),
	switch(layer, "EnableTargetedUserProtection"),
	list(layer, "TargetedUsersToProtect"),
	action(layer, "TargetedUserProtectionAction"),
})

domains(layer) := weakest({
	switch(layer, "Enabled"),
	strongest({switch(layer, "EnableOrganizationDomainsProtection"), listed_domains(layer)}),
	action(layer, "TargetedDomainProtectionAction"),
})

listed_domains(layer) := weakest({
	switch(layer, "EnableTargetedDomainsProtection"),
	list(layer, "TargetedDomainsToProtect"),
})

switch(layer, name) := "on" if {
	mail.setting(layer, name) == true
} else := "off" if {
	mail.setting(layer, name) == false
} else := "unknown"

list(layer, name) := "on" if {
	some entry in mail.listed(mail.setting(layer, name))
	is_string(entry)
} else := "off" if {
	mail.setting(layer, name) in [[], ""]
} else := "unknown"

action(layer, name) := "unknown" if {
	not is_string(mail.setting(layer, name))
} else := "off" if {
	lower(mail.setting(layer, name)) == "noaction"
} else := "on"
