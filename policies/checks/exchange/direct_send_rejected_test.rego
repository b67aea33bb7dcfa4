package tenantlint.checks.exchange.direct_send_rejected_test

import data.tenantlint.checks.exchange.direct_send_rejected as check
import rego.v1

connector(more) := object.union(
	{
		"name": "Gateway",
		"resource": {"kind": "inboundConnector", "id": "c", "name": "Gateway"},
		"enabled": true,
		"type": "Partner",
		"trusted": false,
		"certificate": null,
		"widest_prefix": 32,
		"enhanced": false,
		"everyone": true,
		"locks": false,
	},
	more,
)

findings(value, connectors, rules) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"collections": {"organization_config": {"Name": "contoso", "RejectDirectSend": value}},
		"facts": {"mail_flow": {"connectors": connectors, "locking_rules": rules}},
	}
}

test_pass_when_refused if {
	findings(true, [], []) == set()
}

test_pass_when_only_the_gateway_may_deliver if {
	findings(false, [connector({"locks": true})], []) == set()
	findings(false, [], ["Lock"]) == set()
}

test_fail_when_taken if {
	some found in findings(false, [connector({})], [])
	startswith(found.message, "Mail in the name of the organization's own domains is taken from anybody")
	found.depends_on == []
}

test_inconclusive_when_null if {
	some found in findings(null, [], [])
	found.depends_on == ["RejectDirectSend"]
}
