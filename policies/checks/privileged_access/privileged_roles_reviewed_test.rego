package tenantlint.checks.privileged_access.privileged_roles_reviewed_test

import data.tenantlint.checks.privileged_access.privileged_roles_reviewed as check
import rego.v1

review(more) := object.union(
	{
		"resource": {"kind": "accessReviewScheduleDefinition", "id": "r", "name": "Quarterly"},
		"roles": ["ga"],
		"guests": false,
		"running": true,
		"months": 3,
		"applies": true,
		"unanswered": "deny",
	},
	more,
)

definition := {"id": "GA", "templateId": "GA", "displayName": "Global Administrator"}

run_with(reviews, definitions) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"roles": ["GA"], "max_months": 6},
		"facts": {"access_reviews": reviews},
		"collections": {"role_definitions": definitions},
	}
}

run(reviews) := run_with(reviews, [definition])

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_with_a_review_that_takes_away if {
	run([review({})]) == set()
	run([review({"applies": false}), review({"months": 6, "unanswered": "recommendation"})]) == set()
}

test_fail_without_a_review if {
	every reviews in [[], [review({"running": false})], [review({"roles": ["other"]})]] {
		finding := only(run(reviews))
		finding.message == "No access review that goes on looks at who holds Global Administrator."
		finding.resource.kind == "tenant"
	}
}

test_fail_with_a_review_that_changes_nothing if {
	every words, more in {
		"takes place once": {"months": null},
		"comes round too seldom": {"months": 12},
		"leaves its decisions to be applied by hand": {"applies": false},
		"keeps access that nobody confirms": {"unanswered": "none"},
	} {
		finding := only(run([review(more)]))
		finding.message == sprintf("The access review of Global Administrator %s.", [words])
		finding.resource.id == "r"
	}
}

test_depends_on_what_a_review_does_not_tell if {
	every more in [{"applies": null}, {"unanswered": null}] {
		count(only(run([review(more)])).depends_on) == 1
	}
}

test_roles_without_a_name_go_by_their_id if {
	every definitions in [[], [{"id": "x", "templateId": null, "displayName": null}]] {
		only(run_with([], definitions)).message == "No access review that goes on looks at who holds the role ga."
	}
}
