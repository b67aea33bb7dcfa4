package tenantlint.checks.exchange.outlook_storage_of_others_off_test

import data.tenantlint.checks.exchange.outlook_storage_of_others_off as check
import rego.v1

findings(given) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"owa_mailbox_policies": given}}
}

test_pass_when_set_as_wanted if {
	findings([
		{
			"Guid": "g",
			"Name": "The object",
			"AdditionalStorageProvidersAvailable": false,
		},
	]) == set()
}

test_fail_when_set_otherwise if {
	found := findings([
		{
			"Guid": "g",
			"Name": "The object",
			"AdditionalStorageProvidersAvailable": true,
		},
	])
	{one.message | some one in found} == {
		"The policy The object lets people open Dropbox, Box and other storage in Outlook on the web.",
	}
	every one in found {
		one.depends_on == []
		one.resource == {"kind": "owaMailboxPolicy", "id": "g", "name": "The object"}
	}
}

test_inconclusive_when_not_told if {
	every given in [
		[
			{
				"Guid": "g",
				"Name": "The object",
				"AdditionalStorageProvidersAvailable": null,
			},
		],
		[{"Guid": "g", "Name": "The object"}],
		[
			{
				"Guid": "g",
				"Name": "The object",
				"AdditionalStorageProvidersAvailable": "perhaps",
			},
		],
	] {
		found := findings(given)
		{name | some one in found; some name in one.depends_on} == {"AdditionalStorageProvidersAvailable"}
	}
}

test_a_hostile_name_stays_text if {
	found := findings([
		{
			"Guid": "g",
			"Name": "<b>%s",
			"AdditionalStorageProvidersAvailable": true,
		},
	])
	{one.resource.name | some one in found} == {"<b>%s"}
}
