# METADATA
# title: New certificates of applications end within a year
# description: >-
#   Reads for how long a new certificate of an application or service principal may last (the restriction
#   asymmetricKeyLifetime of the default policy), and whether a policy for some applications permits longer ones. A
#   limit that holds only for applications made after a date leaves the older ones free.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-app-management-policies
#     description: Application management policies
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/tenantappmanagementpolicy
#     description: tenantAppManagementPolicy in Microsoft Graph
# custom:
#   id: AP010
#   severity: low
#   requires: [default_app_management_policy]
#   refines: [app_management_policies]
#   tags: [applications, credentials]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: applications, effort: medium, user_impact: low}
#   rationale: >-
#     A certificate whose key was exported works until it ends, and nobody notices the copy. A year is short enough
#     to force a renewal that somebody carries out and remembers; ten years outlive the server, its owner and the
#     knowledge of where else the key lies.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Application policies > Restrict max certificate lifetime: 365
#     days, for all applications. In Graph: PATCH /policies/defaultAppManagementPolicy with isEnabled true and, under
#     applicationRestrictions and servicePrincipalRestrictions, keyCredentials of restrictionType
#     asymmetricKeyLifetime, maxLifetime P365D.
#   parameters:
#     max_days:
#       type: integer
#       default: 365
#       meaning: >-
#        Days that one may last. CISA asks for this; certificates are renewed by the year.
#   mappings:
#     scuba: [MS.AAD.5.7v1]
#     maester: [MT.1002]
#     mitre_attack: [T1098.001, T1552.004]
#     nist_800_53: [IA-5]
package tenantlint.checks.applications.application_certificates_short_lived

import data.tenantlint.lib.app_management
import rego.v1

findings contains finding if {
	some finding in app_management.findings({
		"type": "asymmetricKeyLifetime",
		"list": "keyCredentials",
		"what": sprintf("certificates that last longer than %d days", [input.parameters.max_days]),
		"most": input.parameters.max_days,
	})
}
