# METADATA
# title: Requests for applications expire within a month
# description: >-
#   Reads for how many days a request of the admin consent workflow waits for a decision (requestDurationInDays). It
#   does not apply where the workflow is off.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-admin-consent-workflow
#     description: Configure the admin consent workflow
# custom:
#   id: AP005
#   severity: low
#   requires: [admin_consent_request_policy]
#   tags: [applications, consent]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: administrators, effort: low, user_impact: low}
#   rationale: >-
#     Old requests pile up until somebody clears the list by approving it. What an application asks for, and who
#     publishes it, may have changed since the request was made; the approval then gives more than anybody wanted.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Consent and permissions > Admin consent settings: consent
#     request expires after 30 days or less. In Graph: PUT /policies/adminConsentRequestPolicy with
#     requestDurationInDays.
#   parameters:
#     max_days:
#       type: integer
#       default: 30
#       meaning: >-
#         Days that a request may wait. A month is Microsoft's own default, and longer than any reviewer's holiday.
#   mappings:
#     eidsca: [CR04]
#     mitre_attack: [T1528]
package tenantlint.checks.applications.consent_requests_end

import data.tenantlint.lib.admin_consent
import data.tenantlint.lib.settings
import rego.v1

not_applicable contains "The admin consent workflow is off." if admin_consent.state == "off"

findings contains finding if {
	admin_consent.state != "off"
	some finding in settings.within({
		"resource": admin_consent.resource,
		"object": admin_consent.policy,
		"property": "requestDurationInDays",
		"least": 1,
		"most": input.parameters.max_days,
		"observed": sprintf("A request for an application waits %v days for a decision.", [
			object.get(admin_consent.policy, "requestDurationInDays", null),
		]),
		"about": "how long a request waits",
		"evidence": {"max_days": input.parameters.max_days},
	})
}
