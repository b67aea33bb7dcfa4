package tenantlint.checks.teams.private_accounts_cannot_write_first_test

import data.tenantlint.checks.teams.private_accounts_cannot_write_first as check
import rego.v1

findings_in(collections) := found if {
	found := check.findings with input as {"tenant": {"id": "t", "cloud": "global"}, "collections": collections}
}

federation(access, inbound) := {
	"Identity": "Global",
	"AllowTeamsConsumer": access,
	"AllowTeamsConsumerInbound": inbound,
}

findings(access, inbound) := findings_in({"teams_federation_configuration": federation(access, inbound)})

with_policies(policies) := findings_in({
	"teams_federation_configuration": federation(true, true),
	"teams_external_access_policies": policies,
})

test_pass_when_contact_or_its_beginning_is_off if {
	findings(false, true) == set()
	findings(true, false) == set()
	findings(null, false) == set()
}

test_a_switch_may_be_a_text if findings("False", null) == set()

test_fail_when_they_can_write_first if {
	some one in findings(true, true)
	one.message == "People with private Teams accounts can start a conversation with staff."
	one.depends_on == []
	one.evidence == {"AllowTeamsConsumerInbound": true, "AllowTeamsConsumer": true, "policies_that_allow": []}
	one.resource == {"kind": "teamsFederationConfiguration", "id": "Global", "name": "Global"}
}

test_pass_when_every_policy_takes_it_away if {
	with_policies([
		{"Identity": "Global", "EnableTeamsConsumerAccess": false},
		{"Identity": "Tag:A", "EnableTeamsConsumerAccess": true, "EnableTeamsConsumerInbound": false},
	]) == set()
}

test_fail_when_one_policy_leaves_it if {
	some one in with_policies([
		{"Identity": "Global", "EnableTeamsConsumerAccess": false},
		{"Identity": "Tag:<b>%s", "EnableTeamsConsumerAccess": null},
	])
	one.evidence.policies_that_allow == ["Tag:<b>%s"]
}

test_inconclusive_when_not_told if {
	every pair in [[null, null], [true, null], [null, true], ["perhaps", true]] {
		some one in findings(pair[0], pair[1])
		one.depends_on == ["AllowTeamsConsumerInbound"]
		one.message == "The snapshot does not tell whether people with private Teams accounts can write first."
	}
}

test_inconclusive_without_settings if {
	some one in findings_in({})
	one.resource.kind == "tenant"
	count(one.depends_on) == 1
}

test_not_applicable_in_government_clouds if {
	given := {
		"teams_federation_configuration": federation(true, true),
		"teams_tenant": {"AssignedPlan": ["MCOEV", "Teams_GCC", null]},
	}
	findings_in(given) == set()
	reasons := check.not_applicable with input as {"tenant": {"id": "t"}, "collections": given}
	count(reasons) == 1
	none := check.not_applicable with input as {
		"tenant": {"cloud": "global"},
		"collections": {"teams_tenant": {"AssignedPlan": null}},
	}
	none == set()
	by_cloud := check.not_applicable with input as {"tenant": {"cloud": "usgovdod"}, "collections": {}}
	count(by_cloud) == 1
}
