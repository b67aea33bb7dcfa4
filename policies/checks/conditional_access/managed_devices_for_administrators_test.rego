package tenantlint.checks.conditional_access.managed_devices_for_administrators_test

import data.tenantlint.checks.conditional_access.managed_devices_for_administrators as check
import data.tenantlint.lib.administrators_test as mock
import rego.v1

run(roles, known) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"parameters": {"tiers": ["takeover"]},
		"facts": {"coverage": {"administrators": {"managed_device": mock.fact(roles, known)}}},
	}
}

test_pass_when_every_role_is_covered if run([mock.covered], true) == set()

test_pass_when_nobody_holds_the_open_role if run([mock.unheld], true) == set()

test_fail_when_a_holder_is_open if {
	some finding in run([mock.role], true)
	finding.message == "Administrators can sign in without a managed device: Global Administrator (3 of 4)."
	finding.population == ["coverage/0/1"]
}

test_fail_when_the_holders_are_not_known if count(run([mock.unheld], false)) == 1
