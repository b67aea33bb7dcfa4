package tenantlint.checks.exchange.contacts_not_shared_with_everybody_test

import data.tenantlint.checks.exchange.contacts_not_shared_with_everybody as check
import rego.v1

findings(domains) := found if {
	policy := {"Guid": "g", "Name": "Default Sharing Policy", "Default": true, "Enabled": true, "Domains": domains}
	found := check.findings with input as {"collections": {"sharing_policies": [policy]}}
}

test_pass_without_contacts_for_all if {
	findings([]) == set()
	findings(["*:CalendarSharingFreeBusySimple", "partner.example:ContactsSharing"]) == set()
}

test_fail_with_contacts_for_all if {
	some found in findings(["*:CalendarSharingFreeBusySimple, ContactsSharing"])
	found.message == "The sharing policy Default Sharing Policy lets people share contacts with every domain."
	found.resource == {"kind": "sharingPolicy", "id": "g", "name": "Default Sharing Policy"}
}

test_inconclusive_when_the_domains_are_null if {
	some found in findings(null)
	found.depends_on == ["Domains"]
}

test_a_hostile_name_stays_text if {
	policy := {"Name": "<b>%s", "Domains": ["*:ContactsSharing"]}
	some found in check.findings with input as {"collections": {"sharing_policies": [policy]}}
	found.message == "The sharing policy <b>%s lets people share contacts with every domain."
}
