package tenantlint.checks.defender_office.priority_accounts_protected_test

import data.tenantlint.checks.defender_office.priority_accounts_protected as check
import rego.v1

good := {
	"Identity": "Default",
	"Name": "Default",
	"EnablePriorityAccountProtection": true,
}

findings(policy) := [finding |
	found := check.findings with input as {"collections": {"email_tenant_settings": policy}, "tenant": {"id": "t"}}
	some finding in found
]

test_pass_when_all_is_as_wanted if findings(good) == []

test_fail_when_enablepriorityaccountprotection_is_otherwise if {
	[finding] = findings(object.union(good, {"EnablePriorityAccountProtection": false}))
	finding.message == "Priority account protection is off."
	finding.pointer == "/EnablePriorityAccountProtection"
	finding.depends_on == []
}

test_inconclusive_when_it_is_not_told if {
	[null_] = findings(object.union(good, {"EnablePriorityAccountProtection": null}))
	null_.depends_on == ["EnablePriorityAccountProtection"]
	[odd] = findings(object.union(good, {"EnablePriorityAccountProtection": ["x"]}))
	odd.depends_on == ["EnablePriorityAccountProtection"]
}

test_inconclusive_when_there_is_no_object if {
	found := check.findings with input as {"collections": {}, "tenant": {"id": "t"}}
	count(found) == 1
	every finding in found {
		finding.resource.kind == "tenant"
		count(finding.depends_on) == 1
	}
}
