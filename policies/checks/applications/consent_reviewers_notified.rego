# METADATA
# title: Reviewers are told of requests for applications and reminded of them
# description: >-
#   Reads whether the admin consent workflow sends mail to its reviewers for a new request (notifyReviewers) and before
#   a request expires (remindersEnabled). It does not apply where the workflow is off.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-admin-consent-workflow
#     description: Configure the admin consent workflow
# custom:
#   id: AP004
#   severity: low
#   requires: [admin_consent_request_policy]
#   tags: [applications, consent]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: administrators, effort: low, user_impact: none}
#   rationale: >-
#     A request that nobody sees expires, and whoever asked looks for another way to the application. Requests are also
#     a signal: several for the same unknown application in one hour are a consent attack that is under way, and only
#     a reviewer who is told of them can notice.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Consent and permissions > Admin consent settings: selected
#     users will receive email notifications for requests, and request expiration reminders. In Graph: PUT
#     /policies/adminConsentRequestPolicy with notifyReviewers and remindersEnabled true.
#   mappings:
#     eidsca: [CR02, CR03]
#     mitre_attack: [T1528]
package tenantlint.checks.applications.consent_reviewers_notified

import data.tenantlint.lib.admin_consent
import rego.v1

parts := {
	"notifyReviewers": {
		"observed": "Reviewers are not told when somebody asks for an application.",
		"about": "whether reviewers are told of requests",
	},
	"remindersEnabled": {
		"observed": "Reviewers are not reminded before a request for an application expires.",
		"about": "whether reviewers are reminded of requests",
	},
}

not_applicable contains "The admin consent workflow is off." if admin_consent.state == "off"

findings contains finding if {
	admin_consent.state != "off"
	some property, words in parts
	some finding in admin_consent.switch(object.union(words, {"property": property, "key": {"part": property}}))
}
