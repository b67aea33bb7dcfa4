package tenantlint.lib.applications_test

import data.tenantlint.lib.applications as lib
import rego.v1

row(changes) := object.union(
	{
		"id": "sp1",
		"name": "Backup",
		"app_id": "app1",
		"enabled": true,
		"origin": "own",
		"permissions": [
			{"id": "1", "name": "Mail.Read", "resource": "Microsoft Graph", "path": "data", "because": "reads mail"},
			{"id": "2", "name": "Group.ReadWrite.All", "resource": "Microsoft Graph", "path": "indirect", "because": "x"},
		],
		"roles": [],
		"passwords": [],
		"certificates": [],
		"credentials_known": true,
	},
	changes,
)

holding(changes, permitted) := found if {
	found := lib.holding("data", "reads what everybody has", permitted) with input as {
		"facts": {"application_power": {"applications": [row(changes)]}},
	}
}

test_a_finding_names_the_permissions_of_its_kind if {
	some finding in holding({}, [])
	finding.message == "The application reads what everybody has: \"Mail.Read\"."
	finding.resource == {"kind": "servicePrincipal", "id": "sp1", "name": "Backup"}
	finding.evidence.permissions == [{"permission": "Mail.Read", "of": "Microsoft Graph", "reach": "reads mail"}]
	finding.evidence.published_by == "this tenant"
}

test_applications_of_others_are_named_so if {
	some finding in holding({"origin": "foreign", "name": ""}, [])
	startswith(finding.message, "An application of another tenant reads")
	finding.evidence.application == "sp1"
}

test_who_is_not_judged if {
	holding({"enabled": false}, []) == set()
	holding({"origin": "microsoft"}, []) == set()
	holding({}, [3, null, "backup"]) == set()
	holding({}, ["SP1"]) == set()
	holding({}, ["APP1"]) == set()
	count(holding({"enabled": null}, ["other"])) == 1
}

test_ended_passwords_do_not_count if {
	listed := [{"key_id": "1", "expired": true}, {"key_id": "2", "expired": false}]
	[one.key_id | some one in lib.passwords(row({"passwords": listed}))] == ["2"]
}
