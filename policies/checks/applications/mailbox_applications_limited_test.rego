package tenantlint.checks.applications.mailbox_applications_limited_test

import data.tenantlint.checks.applications.mailbox_applications_limited as check
import rego.v1

row(changes) := object.union(
	{
		"id": "sp1",
		"name": "](Mailer)",
		"app_id": "App1",
		"enabled": true,
		"origin": "own",
		"permissions": [{"id": "1", "name": "Mail.Send", "resource": "Graph", "path": "mailbox", "because": "x"}],
		"roles": [],
	},
	changes,
)

policy(app, right) := {"Identity": sprintf("%s:S-1;%s", [app, right]), "AppId": app, "AccessRight": right}

run(rows, policies, status) := found if {
	found := check.findings with input as {
		"parameters": {"permitted_applications": ["Backup"]},
		"statuses": {"application_access_policies": status},
		"collections": {"application_access_policies": policies},
		"facts": {"application_power": {"applications": rows, "roles_known": true}},
	}
}

message(policies) := one if {
	some finding in run([row({})], policies, "ok")
	not finding.depends_on
	one := finding.message
}

test_pass_when_restricted if {
	run([row({})], [policy("app1", "RestrictAccess")], "ok") == set()
	run([row({})], [policy("APP1", "DenyAccess"), policy("APP1", "restrictaccess")], "ok") == set()
	run([row({"name": "backup"}), row({"enabled": false}), row({"origin": "microsoft"})], [], "ok") == set()
	other := {"id": "2", "name": "X", "resource": "G", "path": "data", "because": "x"}
	run([row({"permissions": [other]})], [], "ok") == set()
}

test_fail_without_a_limit if {
	message([]) == "The application reaches every mailbox: \"Mail.Send\"."
	message([policy("other", "RestrictAccess"), {"Identity": "i", "AppId": null}]) == message([])
	denied := "The application reaches every mailbox but those that a policy denies: \"Mail.Send\"."
	message([policy("app1", "DenyAccess")]) == denied
	some finding in run([row({"origin": "foreign"})], [], "ok")
	startswith(finding.message, "An application of another tenant reaches")
	finding.resource == {"kind": "servicePrincipal", "id": "sp1", "name": "](Mailer)"}
}

test_depends_where_policies_are_not_told if {
	denied := run([row({})], [], "denied")
	odd := run([row({})], [{"Identity": "i", "AppId": "app1", "AccessRight": null}], "ok")
	count(denied) == 1
	count(odd) == 1
	every finding in denied | odd {
		finding.depends_on == ["which mailboxes it reaches (application_access_policies)"]
		endswith(finding.message, "The application holds \"Mail.Send\".")
	}
}

test_unknown_permissions_are_an_open_question if {
	one := {
		"id": "sp9",
		"name": "New",
		"enabled": true,
		"origin": "own",
		"permissions": [{"id": "new", "resource": "Microsoft Graph"}],
	}
	some finding in check.findings with input as {
		"parameters": {"permitted_applications": []},
		"statuses": {},
		"facts": {"application_power": {"applications": [], "unknown_permissions": [one], "roles_known": true}},
	}
	finding.depends_on == ["what unknown application permissions reach"]
}
