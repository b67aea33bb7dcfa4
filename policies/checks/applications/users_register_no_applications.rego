# METADATA
# title: Only administrators register applications
# description: >-
#   Reads whether ordinary users may register applications in the tenant (allowedToCreateApps of the default user
#   permissions). Holders of the roles Application Developer, Application Administrator and Cloud Application
#   Administrator may in any case, and are not judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/delegate-app-roles
#     description: Who may create applications
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/defaultuserrolepermissions
#     description: defaultUserRolePermissions in Microsoft Graph
# custom:
#   id: AP002
#   severity: medium
#   requires: [authorization_policy]
#   tags: [applications, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Whoever registers an application owns it, and may give it secrets that outlive a change of their password. With
#     one ordinary account an attacker makes an application that bears the organization's own name, asks colleagues to
#     consent to it, and keeps its tokens after the account has been closed. Nobody reviews what was never asked for.
#   remediation: >-
#     Entra admin center > Entra ID > Users > User settings > Users can register applications: No. Give developers the
#     role Application Developer. In Graph: PATCH /policies/authorizationPolicy {"defaultUserRolePermissions":
#     {"allowedToCreateApps": false}}.
#   mappings:
#     scuba: [MS.AAD.5.1v1]
#     eidsca: [AP10]
#     prowler: [entra_thirdparty_integrated_apps_not_allowed]
#     secure_score: [aad_third_party_apps]
#     cis_m365: ["5.1.2.2"]
#     mitre_attack: [T1098.001, T1098.003]
#     nist_800_53: [AC-6(10), CM-5]
package tenantlint.checks.applications.users_register_no_applications

import data.tenantlint.lib.authorization_policy
import rego.v1

findings contains finding if {
	some finding in authorization_policy.switch({
		"property": ["defaultUserRolePermissions", "allowedToCreateApps"],
		"wanted": false,
		"observed": "Every user may register applications in the tenant.",
		"about": "whether users may register applications",
	})
}
