# METADATA
# title: Forms inside the organization are scanned for phishing
# description: >-
#   Reads whether Microsoft Forms looks for questions that ask for passwords and the like in forms that people inside
#   the organization make (isInOrgFormsPhishingScanEnabled).
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/microsoft-forms/administrator-settings-microsoft-forms
#     description: Administrator settings for Microsoft Forms
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/adminforms
#     description: adminForms in Microsoft Graph
# custom:
#   id: AP025
#   severity: medium
#   requires: [forms_settings]
#   tags: [applications, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: none}
#   rationale: >-
#     A form lies on Microsoft's own address and bears the organization's name, so that neither filters nor people
#     suspect it. An attacker with one account uses it to ask colleagues for their passwords. The scan blocks such a
#     form and tells the administrators.
#   remediation: >-
#     Microsoft 365 admin center > Settings > Org settings > Microsoft Forms > Phishing protection: add internal
#     phishing protection. In Graph: PATCH /beta/admin/forms
#     {"settings": {"isInOrgFormsPhishingScanEnabled": true}}.
#   mappings:
#     secure_score: [forms_phishing_protection]
#     cis_m365: ["1.3.5"]
#     mitre_attack: [T1534, T1598]
package tenantlint.checks.applications.forms_scanned_for_phishing

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some finding in settings.switch({
		"resource": lib.resource("formsSettings", "forms_settings", "Microsoft Forms"),
		"object": lib.block(input, ["collections", "forms_settings"]),
		"property": ["settings", "isInOrgFormsPhishingScanEnabled"],
		"wanted": true,
		"observed": "Forms that people inside the organization make are not scanned for phishing.",
		"about": "whether forms are scanned for phishing",
	})
}
