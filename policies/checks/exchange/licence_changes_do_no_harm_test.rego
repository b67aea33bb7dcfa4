package tenantlint.checks.exchange.licence_changes_do_no_harm_test

import data.tenantlint.checks.exchange.licence_changes_do_no_harm as check
import rego.v1

skus(seats) := [
	{
		"id": "s",
		"prepaidUnits": {"enabled": seats},
		"servicePlans": [{"servicePlanName": "EXCHANGE_S_ENTERPRISE", "provisioningStatus": "Success"}],
	},
	{
		"id": "f",
		"prepaidUnits": {"enabled": 90000},
		"servicePlans": [{"servicePlanName": "EXCHANGE_S_FOUNDATION", "provisioningStatus": "Success"}],
	},
]

given(value, bought) := {
	"tenant": {"id": "t"},
	"parameters": {"least_seats": 5000},
	"collections": {
		"organization_config": {"Name": "contoso", "DelayedDelicensingEnabled": value},
		"subscribed_skus": bought,
	},
}

test_pass_when_the_delay_is_on if {
	check.findings == set() with input as given(true, skus(6000))
	check.not_applicable == set() with input as given(true, skus(6000))
}

test_fail_when_the_delay_is_off if {
	some found in check.findings with input as given(false, skus(6000))
	found.message == "A mailbox stops to work as soon as its licence is taken."
	found.depends_on == []
}

test_not_applicable_to_small_tenants if {
	check.findings == set() with input as given(false, skus(300))
	some reason in check.not_applicable with input as given(false, skus(300))
	reason == "The tenant has 300 licences for Exchange Online; the delay is offered from 5000 on."
}

test_inconclusive_when_the_switch_is_null if {
	some found in check.findings with input as given(null, skus(6000))
	found.depends_on == ["DelayedDelicensingEnabled"]
}

test_inconclusive_without_the_licences if {
	some found in check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"least_seats": 5000},
		"collections": {"organization_config": {"Name": "contoso", "DelayedDelicensingEnabled": false}},
	}
	found.depends_on == ["the licences (subscribed_skus)"]
}
