# METADATA
# title: Groups and users named in the authentication methods policy exist
# description: >-
#   Collects every group and user that the authentication methods policy names: as targets of methods, of features, of
#   the registration campaign and of reports. One that is no longer in the directory is a finding, with every place
#   where it stands; one of which the snapshot does not tell leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/authenticationmethodspolicy
#     description: authenticationMethodsPolicy in Microsoft Graph
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/concept-authentication-methods-manage
#     description: Targets of methods
# custom:
#   id: AU016
#   severity: low
#   requires: [authentication_methods_policy, groups]
#   refines: [users, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: none}
#   rationale: >-
#     A deleted group permits nobody and excludes nobody. Where it was included, people lost a method without notice;
#     where it was excluded, those who were kept from a weak method may use it again, and the policy still reads as if
#     they were not.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > the method named in the finding > Enable and
#     target: remove the entry without a name, and add the group that took its place. In Graph: includeTargets and
#     excludeTargets of /policies/authenticationMethodsPolicy/authenticationMethodConfigurations.
#   mappings:
#     maester: [MT.1067]
#     nist_800_53: [CM-6]
package tenantlint.checks.authentication.method_policies_name_existing_groups

import data.tenantlint.lib.authentication_methods as methods
import rego.v1

findings contains finding if {
	some entry in methods.fact.named
	entry.exists != true
	finding := methods.finding({
		"resource": methods.resource,
		"key": {"named": entry.id},
		"message": message(entry),
		"evidence": {"id": entry.id, "kind": entry.kind, "places": entry.places},
		"pointer": entry.places[0],
		"people": null,
		"depends_on": [sprintf("the %s %s", [entry.kind, entry.id]) | entry.exists == null],
	})
}

message(entry) := sprintf("The policy names the %s \"%s\", which no longer exists.", [entry.kind, entry.name]) if {
	entry.exists == false
} else := sprintf("The snapshot does not tell whether the %s \"%s\" exists.", [entry.kind, entry.name])
