package tenantlint.checks.external_access.direct_connect_only_by_name_test

import data.tenantlint.checks.external_access.direct_connect_only_by_name as check
import rego.v1

run(inbound, outbound) := found if {
	found := check.findings with input as {"collections": {"cross_tenant_access_default": {
		"isServiceDefault": false,
		"b2bDirectConnectInbound": inbound,
		"b2bDirectConnectOutbound": outbound,
	}}}
}

section(users, applications) := {
	"usersAndGroups": {"accessType": users[0], "targets": [{"target": users[1], "targetType": "user"}]},
	"applications": {
		"accessType": applications[0],
		"targets": [{"target": applications[1], "targetType": "application"}],
	},
}

closed := section(["blocked", "AllUsers"], ["blocked", "AllApplications"])

open := section(["allowed", "AllUsers"], ["allowed", "AllApplications"])

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_closed if {
	run(closed, closed) == set()
	run(null, null) == set()
	run(section(["allowed", "AllUsers"], ["blocked", "AllApplications"]), closed) == set()
}

test_fail_when_open if {
	only(run(open, closed)).key == {"direction": "b2bDirectConnectInbound"}
	only(run(closed, section(["blocked", "some-group"], ["allowed", "Office365"]))).pointer == "/b2bDirectConnectOutbound"
}

test_depends_when_not_told if {
	half := {"applications": {"accessType": "](x)", "targets": [3]}, "usersAndGroups": open.usersAndGroups}
	every odd in [{}, "x", {"usersAndGroups": {"accessType": null}}, half] {
		only(run(odd, closed)).depends_on == ["b2bDirectConnectInbound"]
	}
	nothing := check.findings with input as {"tenant": {"id": "t"}, "collections": {"cross_tenant_access_default": {}}}
	only(nothing).resource.kind == "tenant"
}
