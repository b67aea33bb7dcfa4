package tenantlint.checks.exchange.modern_authentication_on_test

import data.tenantlint.checks.exchange.modern_authentication_on as check
import rego.v1

findings(given) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"organization_config": given}}
}

test_pass_when_set_as_wanted if {
	findings({
		"Guid": "g",
		"Name": "The object",
		"OAuth2ClientProfileEnabled": true,
	}) == set()
}

test_fail_when_set_otherwise if {
	found := findings({
		"Guid": "g",
		"Name": "The object",
		"OAuth2ClientProfileEnabled": false,
	})
	{one.message | some one in found} == {
		"Modern authentication is off, so that Outlook signs in with a bare password.",
	}
	every one in found {
		one.depends_on == []
		one.resource == {"kind": "organizationConfig", "id": "g", "name": "The object"}
	}
}

test_inconclusive_when_not_told if {
	every given in [
		{
			"Guid": "g",
			"Name": "The object",
			"OAuth2ClientProfileEnabled": null,
		},
		{"Guid": "g", "Name": "The object"},
		{
			"Guid": "g",
			"Name": "The object",
			"OAuth2ClientProfileEnabled": "perhaps",
		},
	] {
		found := findings(given)
		{name | some one in found; some name in one.depends_on} == {"OAuth2ClientProfileEnabled"}
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
	found := findings({
		"Guid": "g",
		"Name": "<b>%s",
		"OAuth2ClientProfileEnabled": false,
	})
	{one.resource.name | some one in found} == {"<b>%s"}
}
