package tenantlint.checks.privileged_access.krbtgt_not_synchronized_test

import data.tenantlint.checks.privileged_access.krbtgt_not_synchronized as check
import rego.v1

account(synchronized) := {
	"id": "k",
	"kind": "user",
	"name": "krbtgt_AzureAD",
	"enabled": false,
	"upn": "krbtgt_azuread@contoso.example",
	"synchronized": synchronized,
}

run(accounts) := found if {
	found := check.findings with input as {"facts": {"synchronized_accounts": {"krbtgt": accounts}}}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_without_such_an_account if {
	run([]) == set()
	run([account(false)]) == set()
}

test_fail_for_a_synchronized_one if {
	finding := only(run([account(true)]))
	finding.message == "The account \"krbtgt_AzureAD\" is synchronized from an on-premises directory."
	finding.depends_on == []
	only(run([object.union(account(true), {"name": null})])).resource.name == ""
}

test_depends_on_where_it_comes_from if {
	count(only(run([account(null)])).depends_on) == 1
}
