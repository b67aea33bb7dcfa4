# METADATA
# title: Methods are managed in the authentication methods policy alone
# description: >-
#   Looks at policyMigrationState of the authentication methods policy. Until it says migrationComplete, the older
#   policies of per-user MFA and of self-service password reset count as well, and permit methods that this policy
#   does not. An empty state is that of a tenant which never had the older policies; an absent one is not told.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/how-to-authentication-methods-manage
#     description: Migration to the authentication methods policy
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authenticationmethodspolicy
#     description: authenticationMethodsPolicy in Microsoft Graph
# custom:
#   id: AU005
#   severity: medium
#   requires: [authentication_methods_policy]
#   tags: [authentication-methods, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: tenant, effort: medium, user_impact: low}
#   rationale: >-
#     Two places that permit methods mean that the weaker one decides. Who switches text messages and calls off in the
#     new policy believes them gone, while the old settings still let people register and use them, and no interface
#     shows what those settings are.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Manage migration: take over what the older
#     policies permit, then choose Migration Complete. In Graph: PATCH /policies/authenticationMethodsPolicy
#     {"policyMigrationState": "migrationComplete"}.
#   mappings:
#     scuba: [MS.AAD.3.4v1]
#     eidsca: [AG01]
#     mitre_attack: [T1556.006]
#     nist_800_53: [CM-7]
package tenantlint.checks.authentication.authentication_methods_in_one_policy

import data.tenantlint.lib.authentication_methods as methods
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	methods.migration != "complete"
	some finding in settings.choice({
		"resource": methods.resource,
		"object": methods.policy,
		"property": "policyMigrationState",
		"allowed": ["migrationComplete"],
		"known": ["preMigration", "migrationInProgress"],
		"about": "whether the migration to this policy is complete",
		"observed": "The older policies of MFA and password reset still count, since the migration is not complete.",
	})
}
