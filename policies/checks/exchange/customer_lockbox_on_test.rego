package tenantlint.checks.exchange.customer_lockbox_on_test

import data.tenantlint.checks.exchange.customer_lockbox_on as check
import rego.v1

skus(plan) := [{"id": "s", "servicePlans": [{"servicePlanName": plan, "provisioningStatus": "Success"}]}]

lockbox := skus("LOCKBOX_ENTERPRISE")

given(value, bought) := {
	"tenant": {"id": "t"},
	"collections": {
		"organization_config": {"Name": "contoso", "CustomerLockBoxEnabled": value},
		"subscribed_skus": bought,
	},
}

test_pass_when_on if {
	check.findings == set() with input as given(true, lockbox)
	check.findings == set() with input as given(true, skus("OTHER"))
	check.not_applicable == set() with input as given(true, skus("OTHER"))
}

test_fail_when_off if {
	some found in check.findings with input as given(false, lockbox)
	startswith(found.message, "Customer Lockbox is off")
	found.depends_on == []
}

test_not_applicable_without_the_licence if {
	check.findings == set() with input as given(false, skus("OTHER"))
	count(check.not_applicable) == 1 with input as given(false, skus("OTHER"))
}

test_inconclusive_when_the_switch_is_null if {
	some found in check.findings with input as given(null, lockbox)
	found.depends_on == ["CustomerLockboxEnabled"]
}

test_inconclusive_without_the_licences if {
	some found in check.findings with input as {
		"tenant": {"id": "t"},
		"collections": {"organization_config": {"Name": "contoso", "CustomerLockBoxEnabled": false}},
	}
	found.depends_on == ["the licences (subscribed_skus)"]
}
