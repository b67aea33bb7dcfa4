# METADATA
# title: Guests are invited only from domains on a list
# description: >-
#   Reads the list of domains that invitations may go to (the definition of the B2B management policy, which is JSON in
#   a text). An allow list passes, an empty one included, which permits nobody. A block list keeps out only who is
#   named, and passes only where the parameter says that it is enough. No list leaves every domain in the world.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/external-id/allow-deny-list
#     description: Allow or block invitations to specific organizations
# custom:
#   id: EA003
#   severity: medium
#   requires: [b2b_management_policies]
#   tags: [guests, external-access, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: guests, effort: high, user_impact: high}
#   rationale: >-
#     An invitation to any mail address lets in private mailboxes and domains that were registered yesterday to look
#     like a partner's. Whoever holds such an address is a guest from then on, with whatever is shared with them. A
#     list makes each partner a decision that somebody took.
#   remediation: >-
#     Entra admin center > Entra ID > External Identities > External collaboration settings > Collaboration
#     restrictions: allow invitations only to the specified domains. In Graph (beta): the definition of
#     /policies/b2bManagementPolicies with InvitationsAllowedAndBlockedDomainsPolicy.AllowedDomains.
#   parameters:
#     require:
#       type: string
#       default: allow_list
#       meaning: >-
#         What is asked for, allow_list or any_list (a block list will do). Only the first decides about domains that
#         nobody has thought of yet.
#   mappings:
#     scuba: [MS.AAD.8.3v1]
#     prowler: [entra_policy_guest_invitations_restricted_to_allowed_domains]
#     cis_m365: ["5.1.6.1"]
#     mitre_attack: [T1078.004, T1199]
#     nist_800_53: [AC-3]
package tenantlint.checks.external_access.guest_domains_listed

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.invitations
import data.tenantlint.lib.settings
import rego.v1

# Several may be there; the tenant's default is the one that counts.
policies := [policy | some policy in lib.collection("b2b_management_policies"); is_object(policy)]

in_force := defaults if {
	defaults := [policy | some policy in policies; object.get(policy, "isOrganizationDefault", false) == true]
	count(defaults) > 0
} else := policies

findings contains finding if {
	count(in_force) == 0
	finding := {
		"resource": lib.tenant,
		"message": "Guests may be invited from every domain: there is no list.",
		"evidence": {"policies": 0},
	}
}

findings contains finding if {
	some policy in in_force
	found := invitations.lists(policy)
	some finding in settings.verdict(
		{
			"resource": lib.resource(
				"b2bManagementPolicy",
				lib.text(object.get(policy, "id", ""), "b2b_management_policies"),
				lib.text(object.get(policy, "displayName", ""), "Collaboration restrictions"),
			),
			"object": policy,
			"property": "definition",
			"evidence": {"AllowedDomains": found.allowed, "BlockedDomains": found.blocked},
			"observed": observed(found),
			"about": "from which domains guests may be invited",
		},
		state(found),
	)
}

state(found) := "good" if {
	found.allowed != null
} else := "unknown" if {
	not found.readable
} else := "good" if {
	blocked_count(found) > 0
	input.parameters.require == "any_list"
} else := "bad"

observed(found) := "Guests may be invited from every domain: there is no list." if {
	blocked_count(found) == 0
} else := sprintf("Guests may be invited from every domain but %s.", [
	lib.counted(blocked_count(found), "blocked one", "blocked ones"),
])

blocked_count(found) := count(found.blocked) if {
	is_array(found.blocked)
} else := 0
