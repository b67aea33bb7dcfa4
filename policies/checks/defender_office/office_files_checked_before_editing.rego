# METADATA
# title: Office opens files from outside for editing only after they were checked
# description: >-
#   Safe Documents has to be on (EnableSafeDocs), and nobody may leave Protected View when a file was found malicious
#   (AllowSafeDocsOpen off). Needs Microsoft 365 E5 or E5 Security.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/safe-documents-in-e5-plus-security-about
#     description: Safe Documents in Microsoft 365 E5
# custom:
#   id: DO008
#   severity: medium
#   requires: [atp_policy_for_o365]
#   licences: [defender_office_p2]
#   tags: [malware, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     Protected View stops the code of a document until somebody clicks Enable editing, which most people do at once.
#     Safe Documents looks at the file in that moment; when people may go on in spite of its warning, the ones who
#     are deceived do.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Safe Attachments, Global
#     settings, Turn on Safe Documents for Office clients, and not: Allow people to click through Protected View
#     (Set-AtpPolicyForO365 -EnableSafeDocs $true -AllowSafeDocsOpen $false).
#   mappings:
#     secure_score: [mdo_safedocuments]
#     orca: [ORCA.225, ORCA.234]
#     prowler: [defender_atp_safe_attachments_and_docs_configured]
#     mitre_attack: [T1204.002]
#     nist_800_53: [SI-3]
package tenantlint.checks.defender_office.office_files_checked_before_editing

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

policy := exchange.only("atp_policy_for_o365")

wanted := {
	"EnableSafeDocs": {
		"is": true,
		"about": "whether files are checked before editing",
		"observed": "Office does not check files from outside before they are opened for editing.",
	},
	"AllowSafeDocsOpen": {
		"is": false,
		"about": "whether people can click past the check",
		"observed": "People can open a file for editing although Safe Documents found it malicious.",
	},
}

findings contains finding if {
	some property, want in wanted
	some finding in settings.switch({
		"resource": exchange.holder("atpPolicyForO365", policy),
		"object": policy,
		"property": property,
		"key": property,
		"wanted": want.is,
		"about": want.about,
		"observed": want.observed,
	})
}
