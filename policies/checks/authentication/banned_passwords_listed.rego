# METADATA
# title: An own list of banned passwords is in force and not empty
# description: >-
#   Looks at EnableBannedPasswordCheck and BannedPasswordList of the directory setting Password Rule Settings.
#   Microsoft's own list is always in force; this is the tenant's addition to it. A tenant without the setting has no
#   list. The words themselves are not repeated in the evidence, only how many there are.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-password-ban-bad
#     description: Banned passwords
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/groupsetting
#     description: groupSetting in Microsoft Graph
# custom:
#   id: AU018
#   severity: low
#   requires: [group_settings]
#   licences: [entra_p1]
#   tags: [passwords, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     People build passwords from what surrounds them: the company's name, its products, the town. Attackers who spray
#     passwords know that and try those words first, with a year and an exclamation mark. Microsoft's list knows none
#     of them.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Password protection: Enforce custom list, Yes, and
#     enter the names of the organization, its brands, products and places. In Graph: PATCH /groupSettings/{id} with
#     EnableBannedPasswordCheck "True" and BannedPasswordList, words parted by tabs.
#   mappings:
#     eidsca: [PR03]
#     prowler: [entra_password_protection_custom_banned_list_enforced]
#     secure_score: [aad_custom_banned_passwords]
#     cis_m365: ["5.2.3.2"]
#     mitre_attack: [T1110.003]
#     nist_800_53: [IA-5(1)]
package tenantlint.checks.authentication.banned_passwords_listed

import data.tenantlint.lib.directory_settings
import data.tenantlint.lib.settings
import rego.v1

template := "Password Rule Settings"

findings contains finding if {
	some finding in directory_settings.switch(template, "EnableBannedPasswordCheck", {
		"wanted": true,
		"about": "whether the tenant's own list of banned passwords is in force",
		"observed": "The tenant's own list of banned passwords is not in force.",
	})
}

findings contains finding if {
	settings.truth(directory_settings.read(template, "EnableBannedPasswordCheck")) == true
	count(words) == 0
	finding := {
		"resource": directory_settings.resource(template),
		"key": {"value": "BannedPasswordList"},
		"message": message,
		"evidence": {"words": 0},
		"pointer": directory_settings.pointer(template, "BannedPasswordList"),
		"depends_on": ["BannedPasswordList" | not is_string(list)],
	}
}

list := directory_settings.read(template, "BannedPasswordList")

words := [word |
	is_string(list)
	some word in regex.split(`[\t\r\n]+`, list)
	trim_space(word) != ""
]

message := "The tenant's own list of banned passwords is in force and empty." if {
	is_string(list)
} else := "The snapshot does not tell what stands in the tenant's own list of banned passwords."
