package tenantlint.checks.applications.consent_requests_end_test

import data.tenantlint.checks.applications.consent_requests_end as check
import rego.v1

asked(enabled, days) := {
	"parameters": {"max_days": 30},
	"collections": {"admin_consent_request_policy": {"isEnabled": enabled, "requestDurationInDays": days}},
}

run(enabled, days) := found if {
	found := check.findings with input as asked(enabled, days)
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_within_a_month if {
	run(true, 30) == set()
	run(true, 7) == set()
}

test_fail_when_longer if {
	finding := only(run(true, 60))
	finding.message == "A request for an application waits 60 days for a decision."
	finding.evidence == {"requestDurationInDays": 60, "max_days": 30}
}

test_depends_when_not_told if {
	every days in [null, "x", [30]] {
		only(run(true, days)).depends_on == ["requestDurationInDays"]
	}
}

test_not_applicable_when_the_workflow_is_off if {
	run(false, 0) == set()
	reasons := check.not_applicable with input as asked(false, 0)
	reasons == {"The admin consent workflow is off."}
}
