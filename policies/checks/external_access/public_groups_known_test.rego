package tenantlint.checks.external_access.public_groups_known_test

import data.tenantlint.checks.external_access.public_groups_known as check
import rego.v1

group(changes) := object.union(
	{
		"id": "g",
		"displayName": "](Launch)",
		"groupTypes": ["Unified"],
		"mail": "launch@contoso.example",
		"visibility": "Public",
	},
	changes,
)

run(groups) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_groups": ["Known", "other-id", "all@contoso.example", 3, ""]},
		"collections": {"public_groups": groups},
	}
}

test_pass_when_none_or_known if {
	run([]) == set()
	run([group({"visibility": "private"}), group({"visibility": "HiddenMembership"})]) == set()
	run([group({"displayName": "known"})]) == set()
	run([group({"id": "OTHER-ID"}), group({"mail": "All@contoso.example", "displayName": null})]) == set()
}

test_fail_when_public if {
	found := run([group({})])
	count(found) == 1
	every finding in found {
		finding.resource == {"kind": "publicGroup", "id": "g", "name": "](Launch)"}
		finding.message == "Everybody in the organization can read the group and join it."
		finding.evidence == {
			"visibility": "Public",
			"displayName": "](Launch)",
			"mail": "launch@contoso.example",
		}
		finding.depends_on == []
	}
}

test_depends_when_not_told if {
	found := run([group({"visibility": null}), group({"id": "x", "mail": null, "visibility": "Somehow"})])
	count(found) == 2
	every finding in found {
		finding.depends_on == ["visibility"]
	}
}
