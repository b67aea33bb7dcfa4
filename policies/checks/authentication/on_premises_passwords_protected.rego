# METADATA
# title: Active Directory refuses banned passwords
# description: >-
#   Looks at EnableBannedPasswordCheckOnPremises and BannedPasswordCheckOnPremisesMode of the directory setting
#   Password Rule Settings, in a tenant that synchronizes with Active Directory. A tenant without the setting has
#   Microsoft's default, which is to audit only. Whether the agents on the domain controllers run cannot be seen from
#   here. A tenant without Active Directory has nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-password-ban-bad-on-premises
#     description: Password protection for Active Directory
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/groupsetting
#     description: groupSetting in Microsoft Graph
# custom:
#   id: AU017
#   severity: medium
#   requires: [group_settings, organization]
#   licences: [entra_p1]
#   tags: [passwords, hybrid, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: low}
#   rationale: >-
#     Passwords that are set in Active Directory never pass the cloud's checks, and with synchronization they open the
#     cloud all the same. Audit mode writes a line in a log and lets the season with a year through, which is what
#     password spraying tries first.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Password protection: Enable password protection on
#     Windows Server Active Directory, Yes; Mode, Enforced. In Graph: PATCH /groupSettings/{id} with
#     EnableBannedPasswordCheckOnPremises "True" and BannedPasswordCheckOnPremisesMode "Enforce". Install the proxy
#     and the agent on every domain controller first, and read a few weeks of audit.
#   mappings:
#     eidsca: [PR01, PR02]
#     prowler: [entra_password_protection_on_premises_enforced]
#     secure_score: [aad_password_protection]
#     cis_m365: ["5.2.3.3"]
#     mitre_attack: [T1110.003]
#     nist_800_53: [IA-5(1)]
package tenantlint.checks.authentication.on_premises_passwords_protected

import data.tenantlint.lib.directory_settings
import data.tenantlint.lib.organization
import data.tenantlint.lib.settings
import rego.v1

template := "Password Rule Settings"

findings contains finding if {
	organization.synchronizes != "no"
	some flaw in directory_settings.switch(template, "EnableBannedPasswordCheckOnPremises", {
		"wanted": true,
		"about": "whether Active Directory checks passwords against the banned ones",
		"observed": "Active Directory does not check passwords against the banned ones.",
		"key": {"value": "EnableBannedPasswordCheckOnPremises"},
	})
	finding := organization.if_synchronizing(flaw)
}

# What it does with them matters where it checks them at all.
findings contains finding if {
	organization.synchronizes != "no"
	settings.truth(directory_settings.read(template, "EnableBannedPasswordCheckOnPremises")) != false
	some flaw in directory_settings.choice(template, "BannedPasswordCheckOnPremisesMode", {
		"allowed": ["Enforce", "Enforced"],
		"known": ["Enforce", "Enforced", "Audit"],
		"about": "whether Active Directory refuses banned passwords",
		"observed": "Active Directory notes banned passwords and accepts them.",
		"key": {"value": "BannedPasswordCheckOnPremisesMode"},
	})
	finding := organization.if_synchronizing(flaw)
}

not_applicable contains organization.no_directory if organization.synchronizes == "no"
