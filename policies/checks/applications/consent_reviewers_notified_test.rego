package tenantlint.checks.applications.consent_reviewers_notified_test

import data.tenantlint.checks.applications.consent_reviewers_notified as check
import rego.v1

run(policy) := found if {
	found := check.findings with input as {"collections": {"admin_consent_request_policy": policy}}
}

policy(notify, remind) := {"isEnabled": true, "notifyReviewers": notify, "remindersEnabled": remind}

test_pass_when_both_are_on if run(policy(true, true)) == set()

test_fail_when_either_is_off if {
	{one.key.part | some one in run(policy(false, true))} == {"notifyReviewers"}
	{one.key.part | some one in run(policy(true, false))} == {"remindersEnabled"}
	count(run(policy(false, false))) == 2
}

test_depends_when_not_told if {
	{one.depends_on[0] | some one in run(policy(null, "x"))} == {"notifyReviewers", "remindersEnabled"}
	count(run({})) == 2
}

test_not_applicable_when_the_workflow_is_off if {
	off := {"isEnabled": false, "notifyReviewers": false, "remindersEnabled": false}
	run(off) == set()
	reasons := check.not_applicable with input as {"collections": {"admin_consent_request_policy": off}}
	reasons == {"The admin consent workflow is off."}
}
