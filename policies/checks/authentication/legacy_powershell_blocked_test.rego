package tenantlint.checks.authentication.legacy_powershell_blocked_test

import data.tenantlint.checks.authentication.legacy_powershell_blocked as check
import rego.v1

run(policy) := found if found := check.findings with input as {"collections": {"authorization_policy": policy}}

test_pass_as_wanted if run({"blockMsolPowerShell": true}) == set()

test_fail_otherwise if {
	found := run({"blockMsolPowerShell": false})
	count(found) == 1
	some finding in found
	finding.message == "The retired MSOnline PowerShell can read the directory."
	finding.evidence == {"blockMsolPowerShell": false}
	finding.depends_on == []
}

test_depends_when_null_or_absent if {
	every policy in [
		{},
		null,
		{"blockMsolPowerShell": null},
		{"blockMsolPowerShell": "x"},
	] {
		some finding in run(policy)
		finding.depends_on == ["blockMsolPowerShell"]
	}
}
