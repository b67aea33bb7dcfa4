package tenantlint.checks.external_access.unknown_tenants_not_trusted_test

import data.tenantlint.checks.external_access.unknown_tenants_not_trusted as check
import rego.v1

run_with(settings, permitted) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"permitted_claims": permitted},
		"collections": {"cross_tenant_access_default": settings},
	}
}

run(trust) := run_with({"isServiceDefault": false, "inboundTrust": trust}, [])

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_nothing_is_believed if {
	run({"isMfaAccepted": false, "isHybridAzureADJoinedDeviceAccepted": false}) == set()
	run(null) == set()
	run({"isMfaAccepted": null}) == set()
	run_with({"inboundTrust": {"isMfaAccepted": true}}, ["isMfaAccepted"]) == set()
}

test_fail_when_claims_are_believed if {
	finding := only(run({"isMfaAccepted": true, "isCompliantDeviceAccepted": true}))
	finding.message == "Claims of every other tenant are believed: compliant devices, MFA."
	finding.pointer == "/inboundTrust"
}

test_depends_when_there_is_no_object if {
	only(run_with({}, [])).resource.kind == "tenant"
}
