package tenantlint.checks.exchange.shared_bookings_off_test

import data.tenantlint.checks.exchange.shared_bookings_off as check
import rego.v1

findings(bookings, policies) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"collections": {
			"organization_config": {"Name": "contoso", "BookingsEnabled": bookings},
			"owa_mailbox_policies": policies,
		},
	}
}

policy(creation) := {"Guid": "g", "Name": "OwaMailboxPolicy-Default", "BookingsMailboxCreationEnabled": creation}

test_pass_when_either_is_off if {
	findings(false, [policy(true)]) == set()
	findings(true, [policy(false)]) == set()
}

test_fail_when_both_are_on if {
	some found in findings(true, [policy(true), {"Name": "Chosen", "BookingsMailboxCreationEnabled": true}])
	startswith(found.message, "The default policy OwaMailboxPolicy-Default lets everybody make booking pages")
	found.depends_on == []
}

test_the_default_policy_by_its_switch if {
	count(findings(true, [{"Name": "Main", "IsDefault": true, "BookingsMailboxCreationEnabled": true}])) == 1
}

test_inconclusive_when_null if {
	some found in findings(null, [policy(true)])
	found.depends_on == ["BookingsEnabled"]
	some other in findings(true, [policy(null)])
	other.depends_on == ["BookingsMailboxCreationEnabled"]
}

test_inconclusive_without_a_default_policy if {
	some found in findings(true, [])
	found.depends_on == ["the default policy of Outlook on the web (owa_mailbox_policies)"]
}
