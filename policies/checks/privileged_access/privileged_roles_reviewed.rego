# METADATA
# title: Holders of privileged roles are reviewed regularly, and access that nobody confirms goes
# description: >-
#   Looks, for each of five roles that reach the whole tenant or its main data, for a series of access reviews
#   that goes on, comes round often enough, applies its decisions on its own and takes away what nobody confirms.
#   One series for several roles counts for each. What a review does not tell leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/accessreviews-scope-concept
#     description: What an access review looks at
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/best-practices
#     description: Practices for administrative roles
# custom:
#   id: PA019
#   severity: medium
#   requires: [access_reviews]
#   refines: [role_definitions]
#   facts: [access_reviews]
#   licences: [entra_p2]
#   tags: [privileged-access, access-reviews, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: administrators, effort: medium, user_impact: low}
#   rationale: >-
#     Roles are handed out for a reason and outlive it: people change jobs and keep what they had, until an
#     intruder finds in one old account the role that it no longer needs. A review asks somebody who knows, and
#     only one that takes away what is not confirmed changes anything.
#   remediation: >-
#     Entra admin center > ID Governance > Privileged Identity Management > Microsoft Entra roles > Access reviews
#     > New: choose the roles, a quarterly recurrence without an end, Auto apply results and, if reviewers do not
#     respond, Remove access. In Graph: identityGovernance/accessReviews/definitions with settings.recurrence,
#     autoApplyDecisionsEnabled and defaultDecision Deny.
#   parameters:
#     roles:
#       type: array
#       default:
#         - 62e90394-69f5-4237-9190-012177145e10
#         - e8611ab8-c189-46e8-94e1-60213ab1f814
#         - 194ae4cb-b126-40b2-bd5b-6091b380977d
#         - 29232cdf-9323-42fd-ade2-1d097af3e4de
#         - f28a1f50-f6e7-4571-818b-6a12f2af6b6c
#       meaning: >-
#         Template ids of the roles to review: by default Global, Privileged Role, Security, Exchange and
#         SharePoint Administrator.
#     max_months:
#       type: integer
#       default: 6
#       meaning: >-
#         Longest time between two reviews, in months. CIS asks for one each month or quarter; twice a year is the
#         least that catches a change of jobs.
#   mappings:
#     prowler: [entra_access_review_privileged_roles_configured]
#     cis_m365: ["5.3.3"]
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-2(3), AC-6(7)]
package tenantlint.checks.privileged_access.privileged_roles_reviewed

import data.tenantlint.lib.findings as lib
import rego.v1

reviews := input.facts.access_reviews

findings contains found if {
	some role in input.parameters.roles
	of_role := [review | some review in reviews; lower(role) in review.roles; review.running]
	some found in verdict(lower(role), of_role)
}

verdict(role, []) := {{
	"resource": lib.tenant,
	"key": {"role": role},
	"message": sprintf("No access review that goes on looks at who holds %s.", [name_of(role)]),
	"evidence": {"role_template_id": role, "reviews": count(reviews)},
}}

verdict(role, of_role) := set() if {
	some review in of_role
	state(review) == "good"
} else := {{
	"resource": of_role[0].resource,
	"key": {"role": role},
	"message": sprintf("The snapshot does not tell all of the access review of %s.", [name_of(role)]),
	"evidence": {"reviews": of_role},
	"depends_on": ["whether the decisions of access reviews take effect (access_reviews)"],
}} if {
	some review in of_role
	state(review) == "unknown"
} else := {{
	"resource": of_role[0].resource,
	"key": {"role": role},
	"message": sprintf("The access review of %s %s.", [name_of(role), concat(", and ", faults(of_role[0]))]),
	"evidence": {"reviews": of_role},
}} if {
	count(of_role) > 0
}

state(review) := "bad" if {
	count(faults(review)) > 0
} else := "unknown" if {
	null in {review.applies, review.unanswered}
} else := "good"

faults(review) := [words |
	some words, wrong in {
		"takes place once": review.months == null,
		"comes round too seldom": seldom(review),
		"leaves its decisions to be applied by hand": review.applies == false,
		"keeps access that nobody confirms": review.unanswered in {"none", "approve"},
	}
	wrong
]

default seldom(_) := false

seldom(review) if {
	review.months != null
	review.months > input.parameters.max_months
}

# A role by its name, where the snapshot has it.
name_of(role) := min(names) if {
	names := {lib.text(object.get(definition, "displayName", ""), role) |
		some definition in lib.collection("role_definitions")
		lower(lib.text(object.get(definition, "templateId", ""), "")) == role
	}
	count(names) > 0
} else := sprintf("the role %s", [role])
