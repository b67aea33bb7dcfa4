# METADATA
# title: No new passwords are added to applications
# description: >-
#   Reads whether the tenant forbids new passwords (client secrets) on applications and on service principals (the
#   restriction passwordAddition of the default policy), and whether a policy for some applications permits them
#   again. A limit that holds only for applications made after a date leaves the older ones free. Symmetric keys are
#   a restriction of their own, and are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-app-management-policies
#     description: Application management policies
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/tenantappmanagementpolicy
#     description: tenantAppManagementPolicy in Microsoft Graph
# custom:
#   id: AP008
#   severity: medium
#   requires: [default_app_management_policy]
#   refines: [app_management_policies]
#   tags: [applications, credentials, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: applications, effort: medium, user_impact: low}
#   rationale: >-
#     A client secret is a password for a program: it is copied into scripts, pipelines and chats, and whoever finds
#     it signs in from anywhere, with no second factor. An attacker who may edit an application adds a secret of
#     their own and keeps that way in when everybody's password has been changed. Certificates, federated and managed
#     identities cannot be copied as easily.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Application policies > Block password addition: on, for all
#     applications. In Graph: PATCH /policies/defaultAppManagementPolicy with isEnabled true and, under
#     applicationRestrictions and servicePrincipalRestrictions, passwordCredentials of restrictionType
#     passwordAddition, state enabled, restrictForAppsCreatedAfterDateTime 0001-01-01T00:00:00Z.
#   mappings:
#     scuba: [MS.AAD.5.5v1]
#     maester: [MT.1002]
#     prowler: [entra_default_app_management_policy_enabled]
#     mitre_attack: [T1098.001]
#     nist_800_53: [IA-5]
package tenantlint.checks.applications.application_passwords_blocked

import data.tenantlint.lib.app_management
import rego.v1

findings contains finding if {
	some finding in app_management.findings({
		"type": "passwordAddition",
		"list": "passwordCredentials",
		"what": "new passwords",
		"most": null,
	})
}
