package tenantlint.checks.exchange.calendars_not_shared_with_everybody_test

import data.tenantlint.checks.exchange.calendars_not_shared_with_everybody as check
import rego.v1

findings(domains, permitted) := found if {
	policy := {"Guid": "g", "Name": "Default", "Default": true, "Enabled": true, "Domains": domains}
	found := check.findings with input as {
		"parameters": {"permitted_levels": permitted},
		"collections": {"sharing_policies": [policy]},
	}
}

simple := ["CalendarSharingFreeBusySimple"]

test_pass_with_free_and_busy_times if {
	findings(["*:CalendarSharingFreeBusySimple"], simple) == set()
	findings(["partner.example:CalendarSharingFreeBusyReviewer", "*:ContactsSharing"], []) == set()
}

test_fail_with_details if {
	some found in findings(["*:CalendarSharingFreeBusyDetail, ContactsSharing"], simple)
	found.message == concat(" ", [
		"The sharing policy Default lets people share",
		"subjects, places and times of their appointments with every domain.",
	])
}

test_fail_for_anonymous_people if {
	some found in findings(["Anonymous:CalendarSharingFreeBusyReviewer"], simple)
	endswith(found.message, "share everything in their calendars with every domain.")
}

test_free_and_busy_times_where_nothing_is_permitted if {
	count(findings(["*:CalendarSharingFreeBusySimple"], [])) == 1
}

test_a_level_of_no_known_name if {
	some found in findings(["*:CalendarSharingNew"], simple)
	endswith(found.message, "share calendarsharingnew with every domain.")
}

test_inconclusive_when_the_domains_are_null if {
	some found in findings(null, simple)
	found.depends_on == ["Domains"]
}
