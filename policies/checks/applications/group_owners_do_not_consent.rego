# METADATA
# title: Owners of groups cannot let any application at the group's data
# description: >-
#   Two places decide whether the owner of a team or group may grant an application access to its content: the older
#   directory setting EnableGroupSpecificConsent, and the policies for owned resources among the default user
#   permissions (ManagePermissionGrantsForOwnedResource). The setting is judged where the tenant has it. Of the
#   policies, Microsoft's own managed default and approval in advance pass; the ones that take any application do not.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-user-consent-groups
#     description: Group and team owner consent
#   - ref: https://learn.microsoft.com/en-us/microsoftteams/platform/graph-api/rsc/resource-specific-consent
#     description: Resource-specific consent in Teams
# custom:
#   id: AP007
#   severity: medium
#   requires: [group_settings|authorization_policy]
#   tags: [applications, consent]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Anybody who creates a team owns it. An owner who is deceived gives an unknown application the channels, messages
#     and files of everybody in the team, with no administrator asked; the application reads on without a user signed
#     in, so that nothing shows in sign-in logs of people.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Consent and permissions > User consent settings > Group owner
#     consent: do not allow. In Graph: set EnableGroupSpecificConsent to "False" in the directory setting "Consent
#     Policy Settings", and leave policies of the kind ManagePermissionGrantsForOwnedResource out of
#     defaultUserRolePermissions.permissionGrantPoliciesAssigned (Set-MgBetaTeamRscConfiguration for teams).
#   parameters:
#     permitted_policies:
#       type: array
#       default:
#         - microsoft-dynamically-managed-permissions-for-chat
#         - microsoft-dynamically-managed-permissions-for-team
#         - microsoft-pre-approval-apps-for-chat
#         - microsoft-pre-approval-apps-for-group
#         - microsoft-pre-approval-apps-for-team
#       meaning: >-
#         Policies under which owners may let applications in. The defaults are Microsoft's managed set, which follows
#         what is permitted in Teams, and applications that an administrator approved in advance.
#   mappings:
#     eidsca: [CP01]
#     mitre_attack: [T1528]
package tenantlint.checks.applications.group_owners_do_not_consent

import data.tenantlint.lib.authorization_policy
import data.tenantlint.lib.directory_settings
import data.tenantlint.lib.findings as lib
import rego.v1

template := "Consent Policy Settings"

prefix := "managepermissiongrantsforownedresource."

findings contains finding if {
	directory_settings.set_there(template, "EnableGroupSpecificConsent")
	some finding in directory_settings.switch(template, "EnableGroupSpecificConsent", {
		"wanted": false,
		"key": {"place": "directory setting"},
		"observed": "Owners of groups may grant applications access to the group's data.",
		"about": "whether owners of groups may grant applications access",
	})
}

v1_path := ["defaultUserRolePermissions", "permissionGrantPoliciesAssigned"]

beta_path := ["permissionGrantPolicyIdsAssignedToDefaultUserRole"]

policy := authorization_policy.policy

default policies_known := false

policies_known if is_array(object.get(policy, v1_path, null))

policies_known if is_array(object.get(policy, beta_path, null))

assigned := [id | some id in array.concat(lib.list(policy, v1_path), lib.list(policy, beta_path)); is_string(id)]

owned := {substring(id, count(prefix), -1) | some id in assigned; startswith(lower(id), prefix)}

permitted := {lower(id) | some id in input.parameters.permitted_policies; is_string(id)}

others := {id | some id in owned; not lower(id) in permitted}

findings contains finding if {
	open := sort({id | some id in others; startswith(lower(id), "microsoft-")})
	count(open) > 0
	finding := {
		"resource": authorization_policy.resource,
		"key": {"place": "authorization policy"},
		"message": sprintf("Owners of teams or chats may let applications in under %s.", [lib.named(open)]),
		"evidence": {"assigned": sort(assigned), "permitted": input.parameters.permitted_policies},
		"pointer": pointer,
	}
}

# What a policy of the tenant's own allows stands in that policy.
findings contains finding if {
	own := sort({id | some id in others; not startswith(lower(id), "microsoft-")})
	count(own) > 0
	finding := {
		"resource": authorization_policy.resource,
		"key": {"place": "own policies"},
		"message": sprintf("Owners may let applications in under %s, which is the tenant's own.", [lib.named(own)]),
		"evidence": {"assigned": sort(assigned), "permitted": input.parameters.permitted_policies},
		"depends_on": [sprintf("what the permission grant policy %s allows", [id]) | some id in own],
		"pointer": pointer,
	}
}

findings contains finding if {
	not directory_settings.set_there(template, "EnableGroupSpecificConsent")
	not policies_known
	finding := {
		"resource": lib.tenant,
		"key": {"place": "unknown"},
		"message": "The snapshot does not tell whether owners of groups may grant applications access.",
		"evidence": {"assigned": null, "EnableGroupSpecificConsent": null},
		"depends_on": ["permissionGrantPoliciesAssigned of the authorization policy"],
	}
}

pointer := "/defaultUserRolePermissions/permissionGrantPoliciesAssigned" if {
	is_array(object.get(policy, v1_path, null))
} else := "/permissionGrantPolicyIdsAssignedToDefaultUserRole"
