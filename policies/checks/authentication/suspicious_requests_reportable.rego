# METADATA
# title: Everybody can report a request that they did not start
# description: >-
#   Looks at reportSuspiciousActivitySettings of the authentication methods policy: whether it is on, and for whom.
#   Left to Microsoft (`default`) it is off at present, by Microsoft's documentation. An enabled account that the
#   included group does not hold is a finding.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/howto-mfa-mfasettings
#     description: Report suspicious activity
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/reportsuspiciousactivitysettings?view=graph-rest-beta
#     description: reportSuspiciousActivitySettings in Graph beta
# custom:
#   id: AU010
#   severity: medium
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: none}
#   rationale: >-
#     The person who gets a request out of nowhere is the first to know that the password is in other hands. Without a
#     way to say so they decline, and the attacker tries again at night. A report sets the user's risk to high, which
#     policies answer at once with a block or a new password.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Settings > Report suspicious activity: Enabled, for all
#     users. In Graph (beta): PATCH /policies/authenticationMethodsPolicy with reportSuspiciousActivitySettings
#     {"state": "enabled", "includeTarget": {"targetType": "group", "id": "all_users"}}.
#   mappings:
#     eidsca: [AG02, AG03]
#     mitre_attack: [T1621]
#     nist_800_53: [IR-6]
package tenantlint.checks.authentication.suspicious_requests_reportable

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

findings contains finding if {
	some finding in methods.unserved({
		"feature": methods.fact.report_suspicious_activity,
		"name": "reportSuspiciousActivitySettings",
		"words": "reporting requests that one did not start",
	})
}
