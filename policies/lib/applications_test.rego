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

unknown(rows, permitted) := found if {
	found := lib.unknown(permitted) with input as {"facts": {"application_power": {"unknown_permissions": rows}}}
}

test_unknown_permissions_are_told_once_for_all_applications if {
	held := {"permissions": [{"id": "b", "resource": "Microsoft Graph"}, {"id": "a", "resource": ""}]}
	again := {"id": "sp2", "name": "", "permissions": [{"id": "b", "resource": "Microsoft Graph"}]}
	found := unknown([row(held), row(again)], [])
	count(found) == 1
	some finding in found
	finding.message == "Applications hold 2 permissions that tenantlint does not know: \"a\", \"b\"."
	count(finding.evidence.permissions) == 3
	{"application": "Backup", "permission": "a", "of": "not told"} in finding.evidence.permissions
	{"application": "sp2", "permission": "b", "of": "Microsoft Graph"} in finding.evidence.permissions
}

test_unknown_permissions_of_applications_that_are_not_judged_do_not_count if {
	held := {"permissions": [{"id": "a", "resource": "Microsoft Graph"}]}
	unknown([], []) == set()
	unknown([row(held)], ["backup"]) == set()
	unknown([row(object.union(held, {"origin": "microsoft"})), row(object.union(held, {"enabled": false}))], []) == set()
	lib.unknown([]) == set() with input as {"facts": {"application_power": {}}}
}
