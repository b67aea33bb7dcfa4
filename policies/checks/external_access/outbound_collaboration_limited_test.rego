package tenantlint.checks.external_access.outbound_collaboration_limited_test

import data.tenantlint.checks.external_access.outbound_collaboration_limited as check
import rego.v1

run(settings) := found if {
	found := check.findings with input as {"collections": {"cross_tenant_access_default": settings}}
}

section(kind) := {"b2bCollaborationOutbound": {
	"usersAndGroups": {"accessType": kind, "targets": [{"target": "AllUsers", "targetType": "user"}]},
	"applications": {"accessType": kind, "targets": [{"target": "AllApplications", "targetType": "application"}]},
}}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_blocked if run(section("blocked")) == set()

test_fail_when_open if {
	only(run(section("allowed"))).depends_on == []
	only(run({"b2bCollaborationOutbound": null})).message == "Users may be guests of every other tenant."
}

test_depends_when_not_told if {
	only(run({})).depends_on == ["b2bCollaborationOutbound"]
	only(run(section("later"))).depends_on == ["b2bCollaborationOutbound"]
	only(run(section(null))).depends_on == ["b2bCollaborationOutbound"]
}
