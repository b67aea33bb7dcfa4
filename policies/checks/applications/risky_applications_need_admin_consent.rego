# METADATA
# title: Users cannot consent to applications that Microsoft holds risky
# description: >-
#   Microsoft raises a consent that looks risky (a new application of an unverified publisher, for instance) to an
#   administrator, unless the tenant turned that off. Two places can turn it off: allowUserConsentForRiskyApps of the
#   authorization policy, and BlockUserConsentForRiskyApps of the directory settings. Both are safe by Microsoft's
#   default, which counts where the tenant set nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-risk-based-step-up-consent
#     description: Risk-based step-up consent
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authorizationpolicy
#     description: authorizationPolicy in Microsoft Graph
# custom:
#   id: AP006
#   severity: high
#   requires: [authorization_policy]
#   refines: [group_settings]
#   tags: [applications, consent, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Illicit applications are new, have no verified publisher and ask for mail and files. That is what Microsoft
#     recognizes and stops. Without the stop, one convincing mail to a user is enough for lasting access to everything
#     that this user can read, past every second factor.
#   remediation: >-
#     There is no switch in the Entra admin center. In Graph: PATCH /policies/authorizationPolicy
#     {"allowUserConsentForRiskyApps": false}; and set BlockUserConsentForRiskyApps to "true" in the directory setting
#     "Consent Policy Settings" (PATCH /groupSettings/{id}, Update-MgGroupSetting).
#   mappings:
#     eidsca: [AP09, CP03]
#     mitre_attack: [T1528]
package tenantlint.checks.applications.risky_applications_need_admin_consent

import data.tenantlint.lib.authorization_policy
import data.tenantlint.lib.directory_settings
import data.tenantlint.lib.findings as lib
import rego.v1

observed := "Users may consent to applications that Microsoft holds risky."

about := "whether users may consent to risky applications"

findings contains finding if {
	object.get(authorization_policy.policy, "allowUserConsentForRiskyApps", null) != null
	some finding in authorization_policy.switch({
		"property": "allowUserConsentForRiskyApps",
		"wanted": false,
		"key": {"place": "authorization policy"},
		"observed": observed,
		"about": about,
	})
}

findings contains finding if {
	lib.status("group_settings") == "ok"
	some finding in directory_settings.switch("Consent Policy Settings", "BlockUserConsentForRiskyApps", {
		"wanted": true,
		"key": {"place": "directory setting"},
		"observed": observed,
		"about": about,
	})
}

findings contains finding if {
	count(authorization_policy.policy) == 0
	finding := {
		"resource": lib.tenant,
		"key": {"place": "authorization policy"},
		"message": "The snapshot does not tell whether users may consent to risky applications.",
		"evidence": {"authorization_policy": {}},
		"depends_on": ["allowUserConsentForRiskyApps"],
	}
}
