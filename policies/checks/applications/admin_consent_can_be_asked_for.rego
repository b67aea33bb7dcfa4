# METADATA
# title: Users can ask an administrator for an application
# description: >-
#   Reads whether the admin consent workflow is on and has reviewers (admin consent request policy). Where that policy
#   was not read, the directory setting EnableAdminConsentRequests tells it, which is the same switch and says
#   nothing of reviewers; Microsoft's default for the setting is off.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-admin-consent-workflow
#     description: Configure the admin consent workflow
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/adminconsentrequestpolicy
#     description: adminConsentRequestPolicy in Microsoft Graph
# custom:
#   id: AP003
#   severity: medium
#   requires: [admin_consent_request_policy|group_settings]
#   tags: [applications, consent, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Where users may not consent and have nobody to ask, they look for ways around: private accounts, copied files, or
#     an administrator who clicks through in a hurry. Pressure of that kind is what opens user consent again. A request
#     that reaches a reviewer shows which application wants what, before it has it.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Consent and permissions > Admin consent settings: users can
#     request admin consent, with at least one reviewer. In Graph: PUT /policies/adminConsentRequestPolicy with
#     isEnabled true and reviewers.
#   mappings:
#     scuba: [MS.AAD.5.3v1]
#     eidsca: [CP04, CR01]
#     prowler: [entra_admin_consent_workflow_enabled]
#     secure_score: [aad_admin_consent_workflow]
#     cis_m365: ["5.1.5.2"]
#     mitre_attack: [T1528]
#     nist_800_53: [CM-4]
package tenantlint.checks.applications.admin_consent_can_be_asked_for

import data.tenantlint.lib.admin_consent
import data.tenantlint.lib.directory_settings
import data.tenantlint.lib.settings
import rego.v1

observed := "Users cannot ask for an application that they may not consent to."

about := "whether users can ask for an application"

findings contains finding if {
	admin_consent.told
	some finding in admin_consent.switch({"property": "isEnabled", "observed": observed, "about": about})
}

findings contains finding if {
	admin_consent.state == "on"
	some finding in settings.verdict(
		{
			"resource": admin_consent.resource,
			"object": admin_consent.policy,
			"property": "reviewers",
			"key": {"part": "reviewers"},
			"observed": "Users can ask for an application, but nobody is named to review what they ask for.",
			"about": "who reviews requests for applications",
		},
		reviewers,
	)
}

findings contains finding if {
	not admin_consent.told
	some finding in directory_settings.switch("Consent Policy Settings", "EnableAdminConsentRequests", {
		"wanted": true,
		"observed": observed,
		"about": about,
	})
}

reviewers := "unknown" if {
	not is_array(object.get(admin_consent.policy, "reviewers", null))
} else := "bad" if {
	count(admin_consent.policy.reviewers) == 0
} else := "good"
