# METADATA
# title: A Temporary Access Pass can bring people to their first strong method
# description: >-
#   Looks whether the method TemporaryAccessPass is on and reaches anybody. It is asked for by EIDSCA alone: a tenant
#   that brings people to passkeys by another way loses nothing without it, so the check is in no other profile.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/howto-authentication-temporary-access-pass
#     description: Temporary Access Pass
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authenticationmethodspolicy
#     description: authenticationMethodsPolicy in Microsoft Graph
# custom:
#   id: AU014
#   severity: low
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, peer-only]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Somebody who lost the phone needs a way back that is not weaker than what was lost. Without a pass the help desk
#     turns to a text message or a password by telephone, which is what attackers call the help desk for.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Temporary Access Pass: Enable, Target: all
#     users. In Graph: PATCH
#     /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/TemporaryAccessPass {"state":
#     "enabled"}.
#   mappings:
#     eidsca: [AT01]
#     nist_800_53: [IA-5]
package tenantlint.checks.authentication.temporary_access_pass_available

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

pass := "temporaryaccesspass"

findings contains finding if some finding in methods.untold(pass, "Temporary Access Pass is on")

findings contains finding if {
	methods.state_known(pass)
	reach := methods.method(pass).reach
	reach.state != "some"
	finding := methods.finding({
		"resource": methods.resource,
		"key": {"method": pass},
		"message": message(reach),
		"evidence": {"state": methods.method(pass).state, "enabled_accounts": reach.count},
		"pointer": methods.method(pass).pointer,
		"people": null,
		"depends_on": reach.depends_on,
	})
}

message(reach) := "Nobody may use a Temporary Access Pass." if {
	reach.state == "nobody"
} else := "The snapshot does not tell whether anybody may use a Temporary Access Pass."
