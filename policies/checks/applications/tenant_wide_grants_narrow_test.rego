package tenantlint.checks.applications.tenant_wide_grants_narrow_test

import data.tenantlint.checks.applications.tenant_wide_grants_narrow as check
import rego.v1

row(changes) := object.union(
	{
		"id": "sp1",
		"name": "](Notes)",
		"enabled": true,
		"origin": "foreign",
		"grants": ["g1"],
		"takeover": ["Directory.ReadWrite.All"],
		"data": ["Mail.Read"],
	},
	changes,
)

run(rows, permitted) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_applications": permitted},
		"facts": {"delegated_grants": {"applications": rows}},
	}
}

test_fail_with_such_a_grant if {
	some finding in run([row({})], [])
	finding.message == concat("", [
		"An application of another tenant acts for everybody who signs in to it, ",
		"with \"Directory.ReadWrite.All\", \"Mail.Read\".",
	])
	finding.evidence.grants == ["g1"]
}

test_pass_without if {
	run([], []) == set()
	run([row({})], ["](notes)"]) == set()
	run([row({"enabled": false})], []) == set()
	run([row({"origin": "microsoft"})], []) == set()
}

test_an_application_of_which_little_is_told if {
	count(run([row({"enabled": null, "origin": "unknown", "name": ""})], [])) == 1
}
