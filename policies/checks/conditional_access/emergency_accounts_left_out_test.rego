package tenantlint.checks.conditional_access.emergency_accounts_left_out_test

import data.tenantlint.checks.conditional_access.emergency_accounts_left_out as check
import rego.v1

caught(more) := object.union(
	{
		"policy": {"id": "p", "name": "Devices"},
		"accounts": [{"id": "e1", "kind": "user", "name": "E1", "enabled": true}],
		"blocks": false,
		"controls": ["compliantDevice"],
		"where": {"platforms": ["windows"]},
		"everyday": true,
		"certain": true,
		"depends_on": [],
	},
	more,
)

input_with(declared, list) := {
	"tenant": {"id": "t"},
	"parameters": {},
	"collections": {},
	"facts": {"lockout": {"emergency_accounts": {"declared": declared, "caught": list}}},
}

run(list) := found if found := check.findings with input as input_with(1, list)

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_no_policy_can_stop_them if run([]) == set()

test_fail_when_one_asks_for_a_device if {
	finding := only(run([caught({})]))
	finding.message == concat("", [
		"The policy \"Devices\" asks 1 emergency account for compliantDevice, ",
		"which they may not be able to meet.",
	])
	finding.evidence.accounts == [{"id": "e1", "name": "E1"}]
	not finding.principals
}

test_fail_when_one_blocks if {
	finding := only(run([caught({"blocks": true, "controls": ["block"]})]))
	finding.message == "The policy \"Devices\" blocks 1 emergency account."
}

test_fail_when_one_blocks_or_asks_at_risk_only if {
	contains(only(run([caught({"blocks": true, "controls": ["block"], "everyday": false})])).message, "can block")
	contains(only(run([caught({"everyday": false})])).message, "can ask")
}

test_depends_on_a_group if {
	finding := only(run([caught({"certain": false, "depends_on": ["who is in the group g"]})]))
	finding.depends_on == ["who is in the group g"]
}

test_two_controls_are_two_findings if {
	count(run([caught({}), caught({"controls": ["mfa"]})])) == 2
}

test_not_applicable_without_declared_accounts if {
	reasons := check.not_applicable with input as input_with(0, [])
	count(reasons) == 1
}
