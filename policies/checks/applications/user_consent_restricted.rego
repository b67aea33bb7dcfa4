# METADATA
# title: Users may consent only to applications and permissions of low risk
# description: >-
#   Reads under which policies users may consent to applications for themselves: defaultUserRolePermissions
#   .permissionGrantPoliciesAssigned in Graph v1.0, permissionGrantPolicyIdsAssignedToDefaultUserRole in beta.
#   Consent that is off, or limited to permissions classified as low for verified publishers, passes; the legacy
#   policy lets users grant access to their mail and files to any application. Where the tenant's own
#   classification of permissions was collected, it is read too: what it calls low decides what users may grant.
#   Policies for resources that users own (teams and chats) are another setting, and are not judged here.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/configure-user-consent
#     description: Configure how users consent to applications
#   - ref: https://learn.microsoft.com/en-us/defender-office-365/detect-and-remediate-illicit-consent-grants
#     description: Illicit consent grants
# custom:
#   id: AP001
#   severity: high
#   requires: [authorization_policy]
#   refines: [permission_grant_policies, delegated_permission_classifications]
#   tags: [applications, consent, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     A consent page is genuine Microsoft, and so is the address: users agree. The application then reads mail and
#     files with a token of its own, which no password change and no second factor takes back. Attackers register
#     such applications by the hundred, because one click gives lasting access.
#   remediation: >-
#     Entra admin center > Entra ID > Enterprise apps > Consent and permissions > User consent settings: let
#     Microsoft manage, allow for verified publishers and selected permissions, or do not allow; turn on the admin
#     consent workflow so that users can ask. In Graph: PATCH /policies/authorizationPolicy with
#     defaultUserRolePermissions .permissionGrantPoliciesAssigned
#     ["ManagePermissionGrantsForSelf.microsoft-user-default-low"], or [] for none.
#   parameters:
#     permitted_policies:
#       type: array
#       default: [microsoft-user-default-low, microsoft-user-default-recommended]
#       meaning: >-
#         Permission grant policies that users may consent under. The first allows low-risk permissions of verified
#         publishers; the second is Microsoft's own choice, which follows the threats. An empty list asks that users
#         consent to nothing, as CIS does at level 2.
#     low_risk_permissions:
#       type: array
#       default: [openid, profile, email, offline_access, User.Read]
#       meaning: >-
#         Delegated permissions that may be classified as low, so that users grant them. The default lets an
#         application sign users in and read their own profile, and nothing of theirs.
#   mappings:
#     secure_score: [IntegratedApps]
#     scuba: [MS.AAD.5.2v1]
#     cis_m365: ["5.1.5.1"]
#     eidsca: [AP08]
#     maester: [CISA.MS.AAD.5.2]
#     prowler: [entra_policy_restricts_user_consent_for_apps]
#     mitre_attack: [T1098, T1098.001, T1098.003, T1528]
#     nist_800_53: [AC-6(10), CM-5]
package tenantlint.checks.applications.user_consent_restricted

import data.tenantlint.lib.findings as lib
import rego.v1

policy := lib.block(input, ["collections", "authorization_policy"])

resource := lib.resource("authorizationPolicy", lib.text(object.get(policy, "id", ""), "authorization_policy"), name)

name := lib.text(object.get(policy, "displayName", ""), "Authorization policy")

for_self := "managepermissiongrantsforself."

v1_path := ["defaultUserRolePermissions", "permissionGrantPoliciesAssigned"]

beta_path := ["permissionGrantPolicyIdsAssignedToDefaultUserRole"]

# Both spellings together: an export has one of them, and where both stand nothing is overlooked.
known if is_array(object.get(policy, v1_path, null))

known if is_array(object.get(policy, beta_path, null))

assigned := {id | some id in array.concat(lib.list(policy, v1_path), lib.list(policy, beta_path)); is_string(id)}

consent_policies := {substring(id, count(for_self), -1) | some id in assigned; startswith(lower(id), for_self)}

open_policies := {id | some id in consent_policies; not lower(id) in permitted}

permitted := {lower(id) | some id in input.parameters.permitted_policies}

pointer := "/defaultUserRolePermissions/permissionGrantPoliciesAssigned" if {
	is_array(object.get(policy, v1_path, null))
} else := "/permissionGrantPolicyIdsAssignedToDefaultUserRole"

meaning(id) := "any application, for every permission that needs no administrator" if {
	lower(id) == "microsoft-user-default-legacy"
} else := sprintf("applications under the policy %s", [id])

evidence := {
	"assigned": sort(assigned),
	"not_permitted": sort(open_policies),
	"permitted": input.parameters.permitted_policies,
}

surely_open contains id if {
	some id in open_policies
	startswith(lower(id), "microsoft-")
}

findings contains finding if {
	count(surely_open) > 0
	finding := {
		"resource": resource,
		"key": {"consent": "open"},
		"message": sprintf("Users may consent to %s.", [concat("; ", sort([meaning(id) | some id in open_policies]))]),
		"evidence": evidence,
		"pointer": pointer,
	}
}

# What a policy of the tenant's own allows can only be read there.
findings contains finding if {
	count(surely_open) == 0
	count(open_policies) > 0
	finding := {
		"resource": resource,
		"key": {"consent": "custom"},
		"message": sprintf("Users may consent to %s, which is the tenant's own.", [
			concat("; ", sort([meaning(id) | some id in open_policies])),
		]),
		"evidence": object.union(evidence, {"definitions": [definition |
			some definition in lib.collection("permission_grant_policies")
			definition.id in open_policies
		]}),
		"depends_on": sort({sprintf("what the permission grant policy %s allows", [id]) | some id in open_policies}),
		"pointer": pointer,
	}
}

# A permission that the tenant classifies as low is what users may grant under the policy for low risk.
findings contains finding if {
	lower("microsoft-user-default-low") in {lower(id) | some id in consent_policies}
	some classified in lib.collection("delegated_permission_classifications")
	lower(object.get(classified, "classification", "")) == "low"
	permission := lib.text(object.get(classified, "permissionName", ""), "a permission without a name")
	not lower(permission) in {lower(one) | some one in input.parameters.low_risk_permissions}
	application := lib.text(object.get(classified, "displayName", ""), "an application without a name")
	finding := {
		"resource": lib.resource("delegatedPermissionClassification", classified.id, permission),
		"message": sprintf("Users may grant applications %s of %s, which the tenant classifies as low.", [
			permission,
			application,
		]),
		"evidence": {
			"classification": classified.classification,
			"permission": permission,
			"application": application,
			"low_risk_permissions": input.parameters.low_risk_permissions,
			"assigned": sort(assigned),
		},
	}
}

findings contains finding if {
	not known
	finding := {
		"resource": resource,
		"key": {"consent": "unknown"},
		"message": "Under which policies users may consent is not known.",
		"evidence": evidence,
		"depends_on": ["permissionGrantPoliciesAssigned of the authorization policy"],
	}
}
