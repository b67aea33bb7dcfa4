package tenantlint.checks.sharepoint.everyone_claims_hidden_test

import data.tenantlint.checks.sharepoint.everyone_claims_hidden as check
import rego.v1

findings(object_) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"sharepoint_tenant": object_}}
}

hidden := {"ShowEveryoneClaim": false, "ShowAllUsersClaim": false, "ShowEveryoneExceptExternalUsersClaim": false}

test_pass_when_all_are_hidden if findings(hidden) == set()

test_fail_for_each_that_is_shown if {
	found := findings(object.union(hidden, {"ShowEveryoneClaim": true, "ShowEveryoneExceptExternalUsersClaim": true}))
	{one.message | some one in found} == {
		"People can choose \"Everyone\" when they share.",
		"People can choose \"Everyone except external users\" when they share.",
	}
}

test_inconclusive_when_not_told if {
	some one in findings(object.union(hidden, {"ShowAllUsersClaim": null}))
	one.depends_on == ["ShowAllUsersClaim"]
	count(findings({"_ObjectIdentity_": "<b>%s"})) == 3
	count(findings({})) == 3
}
