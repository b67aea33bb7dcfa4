package tenantlint.checks.teams.storage_of_others_off_test

import data.tenantlint.checks.teams.storage_of_others_off as check
import rego.v1

findings(configuration, approved) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"approved_services": approved},
		"collections": {"teams_client_configuration": configuration},
	}
}

client(more) := object.union(
	{
		"Identity": "Global",
		"AllowBox": false,
		"AllowDropBox": false,
		"AllowEgnyte": false,
		"AllowGoogleDrive": false,
		"AllowShareFile": false,
	},
	more,
)

test_pass_when_all_are_off if findings(client({}), []) == set()

test_pass_when_the_service_is_approved if findings(client({"AllowGoogleDrive": true}), ["google drive"]) == set()

test_fail_for_each_service if {
	found := findings(client({"AllowBox": true, "AllowDropBox": true}), ["Egnyte"])
	{one.key: one.message | some one in found} == {
		"Box": "People can open and share files of Box in Teams.",
		"Dropbox": "People can open and share files of Dropbox in Teams.",
	}
}

test_inconclusive_when_not_told if {
	some one in findings(client({"AllowEgnyte": null}), [])
	one.depends_on == ["AllowEgnyte"]
	count(findings({"Identity": "<b>%s"}, [])) == 5
	count(findings({}, [])) == 5
}
