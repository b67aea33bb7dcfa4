package tenantlint.checks.exchange.mailbox_audit_on_test

import data.tenantlint.checks.exchange.mailbox_audit_on as check
import rego.v1

findings(given) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"organization_config": given}}
}

test_pass_when_set_as_wanted if {
	findings({"Guid": "g", "Name": "The object", "AuditDisabled": false}) == set()
}

test_fail_when_set_otherwise if {
	found := findings({"Guid": "g", "Name": "The object", "AuditDisabled": true})
	{one.message | some one in found} == {
		"Mailbox auditing is switched off for the whole organization.",
	}
	every one in found {
		one.depends_on == []
		one.resource == {"kind": "organizationConfig", "id": "g", "name": "The object"}
	}
}

test_inconclusive_when_not_told if {
	every given in [
		{"Guid": "g", "Name": "The object", "AuditDisabled": null},
		{"Guid": "g", "Name": "The object"},
		{
			"Guid": "g",
			"Name": "The object",
			"AuditDisabled": "perhaps",
		},
	] {
		found := findings(given)
		{name | some one in found; some name in one.depends_on} == {"AuditDisabled"}
	}
}

test_inconclusive_without_an_object if {
	every one in findings(null) {
		one.resource.kind == "tenant"
		count(one.depends_on) == 1
	}
	count(findings(null)) == 1
}

test_a_hostile_name_stays_text if {
	found := findings({"Guid": "g", "Name": "<b>%s", "AuditDisabled": true})
	{one.resource.name | some one in found} == {"<b>%s"}
}
