package tenantlint.checks.exchange.mailboxes_send_from_own_domains_test

import data.tenantlint.checks.exchange.mailboxes_send_from_own_domains as check
import rego.v1

findings(count_, disabled) := found if {
	given := {"population": "p", "count": count_, "disabled": disabled, "names": ["Ann"]}
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"facts": {"mailboxes": {"addresses": {"given": given, "domains": []}}},
	}
}

test_pass_without_such_mailboxes if {
	findings(0, 0) == set()
}

test_fail_with_some if {
	some found in findings(1, 2)
	found.message == "3 mailboxes have a main address in a domain of Microsoft's."
	found.population == "p"
	some one in findings(1, 0)
	one.message == "1 mailbox has a main address in a domain of Microsoft's."
}
