package tenantlint.checks.external_access.guests_reviewed_test

import data.tenantlint.checks.external_access.guests_reviewed as check
import rego.v1

review(changes) := object.union(
	{
		"resource": {"kind": "accessReviewScheduleDefinition", "id": "r", "name": "](Guests)"},
		"roles": [],
		"guests": true,
		"running": true,
		"months": 3,
		"applies": true,
		"unanswered": "deny",
	},
	changes,
)

run(reviews) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"max_months": 3},
		"facts": {"access_reviews": reviews},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_with_a_review_that_takes_away if {
	run([review({})]) == set()
	run([review({"applies": false}), review({"months": 1, "unanswered": "recommendation"})]) == set()
}

test_fail_without_a_review if {
	every reviews in [[], [review({"running": false})], [review({"guests": false})]] {
		only(run(reviews)).resource.kind == "tenant"
	}
}

test_fail_with_a_review_that_changes_nothing if {
	only(run([review({"months": null})])).message == "The access review of guests takes place once."
	only(run([review({"months": 12})])).message == "The access review of guests comes round too seldom."
	endswith(only(run([review({"applies": false})])).message, "leaves its decisions to be applied by hand.")
	endswith(only(run([review({"unanswered": "none"})])).message, "keeps access that nobody confirms.")
}

test_depends_when_not_told if {
	count(only(run([review({"applies": null}), review({"months": null})])).depends_on) == 1
}
