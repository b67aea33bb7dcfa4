# METADATA
# title: Guests' access is reviewed regularly and ends when nobody confirms it
# description: >-
#   Looks for a series of access reviews over guests that goes on, comes round often enough, applies its decisions on
#   its own and takes away what nobody confirms. What a review does not tell leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/id-governance/manage-guest-access-with-access-reviews
#     description: Guest access and access reviews
#   - ref: https://learn.microsoft.com/en-us/graph/accessreviews-scope-concept
#     description: What an access review looks at
# custom:
#   id: EA011
#   severity: medium
#   requires: [access_reviews]
#   facts: [access_reviews]
#   licences: [entra_p2]
#   tags: [guests, access-reviews, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: guests, effort: medium, user_impact: low}
#   rationale: >-
#     Guests are invited for a project and stay for ever, since whoever invited them has no reason to think of them
#     again. Each is an account in another organization's care. A review asks those who know, and only one that takes
#     away what is not confirmed changes anything.
#   remediation: >-
#     Entra admin center > ID Governance > Access reviews > New access review: all Microsoft 365 groups with guest
#     users, a quarterly recurrence without an end, auto apply results and, if reviewers do not respond, remove
#     access. In Graph: identityGovernance/accessReviews/definitions with settings.recurrence,
#     autoApplyDecisionsEnabled and defaultDecision Deny.
#   parameters:
#     max_months:
#       type: integer
#       default: 3
#       meaning: >-
#        Longest time between two reviews, in months. A quarter is what CIS asks for, and about as long as a project
#        stands still.
#   mappings:
#     prowler: [entra_access_review_guest_users_configured]
#     cis_m365: ["5.3.2"]
#     mitre_attack: [T1078.004, T1199]
#     nist_800_53: [AC-2(3)]
package tenantlint.checks.external_access.guests_reviewed

import data.tenantlint.lib.findings as lib
import rego.v1

reviews := [review | some review in input.facts.access_reviews; review.guests; review.running]

states := {state(review) | some review in reviews}

findings contains finding if {
	count(reviews) == 0
	finding := {
		"resource": lib.tenant,
		"message": "No access review that goes on looks at guests.",
		"evidence": {"reviews": count(input.facts.access_reviews)},
	}
}

findings contains finding if {
	not "good" in states
	"unknown" in states
	finding := {
		"resource": reviews[0].resource,
		"message": "The snapshot does not tell all of the access review of guests.",
		"evidence": {"reviews": reviews},
		"depends_on": ["whether the decisions of access reviews take effect (access_reviews)"],
	}
}

findings contains finding if {
	states == {"bad"}
	finding := {
		"resource": reviews[0].resource,
		"message": sprintf("The access review of guests %s.", [concat(", and ", faults(reviews[0]))]),
		"evidence": {"reviews": reviews},
	}
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
