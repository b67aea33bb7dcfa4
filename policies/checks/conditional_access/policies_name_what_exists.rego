# METADATA
# title: Everything that policies name exists
# description: >-
#   Looks at every enabled and report-only policy: whether the users, groups, roles, named locations,
#   authentication strengths and service principals that it includes or leaves out are in the tenant. A kind of
#   which the snapshot does not hold the whole list is not judged, and leaves the verdict open. Applications are
#   not looked at: a policy may name one of Microsoft's that has no object in the tenant yet.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/troubleshoot-conditional-access
#     description: Finding out why a policy does not apply
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/plan-conditional-access
#     description: Planning and cleaning up policies
# custom:
#   id: CA039
#   severity: medium
#   requires: [conditional_access_policies]
#   refines:
#     - users
#     - groups
#     - group_members
#     - role_definitions
#     - named_locations
#     - authentication_strengths
#     - service_principals
#   facts: [policy_references]
#   licences: [entra_p1]
#   tags: [conditional-access, soundness, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     A group that was deleted matches nobody, so that a policy for it protects nobody and shows no error; the
#     portal lists the policy as on. An exclusion that names what is gone hides what was meant, and whoever
#     cleans up later guesses.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy: take out what the finding lists
#     (conditions.users, conditions.locations, grantControls.authenticationStrength or
#     conditions.clientApplications in Graph), and put in what it was meant for. A user or group that was
#     deleted within 30 days can be restored under Deleted users or Deleted groups.
#   mappings:
#     maester: [MT.1038, MT.1066]
#     prowler: [entra_conditional_access_policy_no_deleted_object_references]
#     nist_800_53: [AC-2, CM-6]
package tenantlint.checks.conditional_access.policies_name_what_exists

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.policy_references

kinds := {
	"user": "user",
	"group": "group",
	"role": "role",
	"location": "named location",
	"strength": "authentication strength",
	"servicePrincipal": "service principal",
}

used := {"include": "includes", "exclude": "leaves out"}

phrase(reference) := sprintf("%s the %s %s", [used[reference.side], kinds[reference.kind], reference.id])

not_applicable contains "No Conditional Access policy is enabled." if {
	ca.number_enabled(lib.collection("conditional_access_policies")) == 0
}

findings contains finding if {
	some one in fact.missing
	references := [phrase(reference) | some reference in one.references]
	finding := {
		"resource": words.resource(one.policy),
		"message": sprintf("The policy names what does not exist: it %s.", [told(references)]),
		"evidence": {"missing": references},
	}
}

told(references) := concat(", ", references) if {
	count(references) <= 4
} else := sprintf("%s, and %d more", [concat(", ", array.slice(references, 0, 4)), count(references) - 4])

findings contains finding if {
	count(fact.unknown) > 0
	finding := {
		"resource": lib.tenant,
		"message": sprintf("Policies name objects of which the snapshot has no whole list: %s.", [
			concat(", ", fact.unknown),
		]),
		"evidence": {name: lib.status(name) | some name in fact.unknown},
		"key": "unknown",
		"depends_on": fact.unknown,
	}
}
