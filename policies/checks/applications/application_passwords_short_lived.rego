# METADATA
# title: New passwords of applications end within half a year
# description: >-
#   Reads for how long a new password (client secret) of an application or service principal may last (the
#   restriction passwordLifetime of the default policy), and whether a policy for some applications permits longer
#   ones. Where new passwords are forbidden altogether, none can last. A limit that holds only for applications made
#   after a date leaves the older ones free.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-app-management-policies
#     description: Application management policies
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/tenantappmanagementpolicy
#     description: tenantAppManagementPolicy in Microsoft Graph
# custom:
#   id: AP009
#   severity: medium
#   requires: [default_app_management_policy]
#   refines: [app_management_policies]
#   tags: [applications, credentials]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: applications, effort: medium, user_impact: low}
#   rationale: >-
#     Secrets leak: into repositories, tickets and backups. One that ends within months is often worthless by the
#     time that somebody finds it; one that lasts for decades stays a way in for people who left long ago, and for
#     whoever bought the old laptop.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Application policies > Restrict max password lifetime: 180
#     days, for all applications. In Graph: PATCH /policies/defaultAppManagementPolicy with isEnabled true and, under
#     applicationRestrictions and servicePrincipalRestrictions, passwordCredentials of restrictionType
#     passwordLifetime, maxLifetime P180D.
#   parameters:
#     max_days:
#       type: integer
#       default: 180
#       meaning: >-
#        Days that one may last. CISA asks for this; twice a year is what teams manage by hand.
#   mappings:
#     scuba: [MS.AAD.5.6v1]
#     maester: [MT.1002]
#     mitre_attack: [T1098.001, T1552.001]
#     nist_800_53: [IA-5]
package tenantlint.checks.applications.application_passwords_short_lived

import data.tenantlint.lib.app_management
import rego.v1

findings contains finding if {
	not forbidden
	some finding in app_management.findings({
		"type": "passwordLifetime",
		"list": "passwordCredentials",
		"what": sprintf("passwords that last longer than %d days", [input.parameters.max_days]),
		"most": input.parameters.max_days,
	})
}

# No new passwords at all: then none of them lasts.
forbidden if {
	count(app_management.findings({
		"type": "passwordAddition",
		"list": "passwordCredentials",
		"what": "new passwords",
		"most": null,
	})) == 0
}
