package tenantlint.checks.exchange.personal_accounts_kept_out_of_outlook_test

import data.tenantlint.checks.exchange.personal_accounts_kept_out_of_outlook as check
import rego.v1

findings(given) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": {"owa_mailbox_policies": given}}
}

test_pass_when_set_as_wanted if {
	findings([
		{
			"Guid": "g",
			"Name": "The object",
			"PersonalAccountsEnabled": false,
			"PersonalAccountCalendarsEnabled": false,
		},
	]) == set()
}

test_fail_when_set_otherwise if {
	found := findings([
		{
			"Guid": "g",
			"Name": "The object",
			"PersonalAccountsEnabled": true,
			"PersonalAccountCalendarsEnabled": true,
		},
	])
	{one.message | some one in found} == {
		"The policy The object lets people add personal mail accounts to Outlook.",
		"The policy The object lets people connect personal calendars to Outlook.",
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
				"PersonalAccountsEnabled": null,
				"PersonalAccountCalendarsEnabled": null,
			},
		],
		[{"Guid": "g", "Name": "The object"}],
		[
			{
				"Guid": "g",
				"Name": "The object",
				"PersonalAccountsEnabled": "perhaps",
			},
		],
	] {
		found := findings(given)
		{name | some one in found; some name in one.depends_on} == {
			"PersonalAccountsEnabled", "PersonalAccountCalendarsEnabled",
		}
	}
}

test_a_hostile_name_stays_text if {
	found := findings([
		{
			"Guid": "g",
			"Name": "<b>%s",
			"PersonalAccountsEnabled": true,
			"PersonalAccountCalendarsEnabled": true,
		},
	])
	{one.resource.name | some one in found} == {"<b>%s"}
}
