package tenantlint.checks.exchange.investigation_alerts_on_test

import data.tenantlint.checks.exchange.investigation_alerts_on as check
import rego.v1

findings(given) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"required_alerts": ["Suspicious connector activity"]},
		"collections": {"protection_alerts": given},
	}
}

test_a_blank_of_no_width_in_the_name if {
	findings([object.union(alert(false), {"Name": "Suspicious connector activity\u200b"})]) == set()
}

alert(disabled) := {"Guid": "g", "Name": "Suspicious Connector activity", "Disabled": disabled}

test_pass_when_on if {
	findings([alert(false), {"Name": "Another", "Disabled": true}]) == set()
	findings([alert(true), alert(false)]) == set()
}

test_fail_when_off if {
	some found in findings([alert(true)])
	found.message == "The alert policy Suspicious connector activity is switched off."
	found.resource == {"kind": "protectionAlert", "id": "g", "name": "Suspicious Connector activity"}
}

test_inconclusive_when_the_switch_is_null if {
	some found in findings([alert(null)])
	found.depends_on == ["Disabled of the alert policy Suspicious connector activity"]
}

test_inconclusive_when_there_is_none if {
	some found in findings([])
	found.depends_on == ["the alert policy Suspicious connector activity, or that which replaced it"]
}
