package tenantlint.checks.teams.channels_take_no_mail_test

import data.tenantlint.checks.teams.channels_take_no_mail as check
import rego.v1

findings(collections) := found if {
	found := check.findings with input as {"tenant": {"id": "t"}, "collections": collections}
}

client(value) := {
	"teams_client_configuration": {"Identity": "Global", "AllowEmailIntoChannel": value, "RestrictedSenderList": null},
}

test_pass_when_channels_take_no_mail if findings(client(false)) == set()

test_fail_when_channels_take_mail if {
	some one in findings(client(true))
	one.message == "Channels have mail addresses to which anybody can send."
	one.depends_on == []
	one.evidence == {"AllowEmailIntoChannel": true, "RestrictedSenderList": null}
	one.resource == {"kind": "teamsClientConfiguration", "id": "Global", "name": "Global"}
}

test_a_hostile_name_stays_text if {
	some one in findings({"teams_client_configuration": {"Identity": "<b>%s", "AllowEmailIntoChannel": true}})
	one.resource.name == "<b>%s"
}

test_inconclusive_when_not_told if {
	every given in [client(null), client("perhaps"), {"teams_client_configuration": {"Identity": null}}, {}] {
		some one in findings(given)
		one.depends_on == ["AllowEmailIntoChannel"]
	}
}

test_not_applicable_in_government_clouds if {
	given := object.union(client(true), {"teams_tenant": {"AssignedPlan": ["TEAMS_GCCHIGH"]}})
	findings(given) == set()
	reasons := check.not_applicable with input as {"tenant": {"id": "t"}, "collections": given}
	count(reasons) == 1
}
