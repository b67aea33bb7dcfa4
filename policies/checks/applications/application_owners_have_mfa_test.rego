package tenantlint.checks.applications.application_owners_have_mfa_test

import data.tenantlint.checks.applications.application_owners_have_mfa as check
import rego.v1

person(changes) := object.union(
	{
		"id": "u1",
		"kind": "user",
		"name": "](Anna)",
		"enabled": true,
		"applications": ["Backup", "Web"],
		"guest": false,
		"mfa": true,
	},
	changes,
)

facts(people) := {"facts": {"application_owners": {"of_principal": {}, "people": people}}}

run(people) := found if {
	found := check.findings with input as facts(people)
}

test_pass_who_can_answer if {
	run([person({})]) == set()
	run([person({"mfa": false, "enabled": false})]) == set()
}

test_fail_who_cannot if {
	found := run([person({"mfa": false})])
	count(found) == 1
	every finding in found {
		finding.message == "An owner of \"Backup\", \"Web\" cannot answer an MFA request."
		finding.resource == {"kind": "user", "id": "u1", "name": "](Anna)"}
		finding.principals[0].enabled
		not finding.depends_on
	}
}

test_depends_on_guests_and_the_unlisted if {
	found := run([person({"mfa": null}), person({"id": "g", "mfa": false, "guest": true, "enabled": null})])
	count(found) == 2
	every finding in found {
		finding.depends_on == ["registered methods of the owner"]
	}
}

test_not_applicable_without_owners if {
	count(check.not_applicable) == 1 with input as facts([])
	check.not_applicable == set() with input as facts([person({})])
}
