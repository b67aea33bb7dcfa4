package tenantlint.checks.teams.staff_do_not_write_to_private_accounts_test

import data.tenantlint.checks.teams.staff_do_not_write_to_private_accounts as check
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

test_pass_when_contact_is_off if findings(false, true) == set()

test_fail_when_contact_is_on if {
	some one in findings(true, false)
	one.message == "Staff can chat and meet with private Teams accounts."
	one.depends_on == []
	one.pointer == "/AllowTeamsConsumer"
}

test_pass_when_every_policy_takes_it_away if {
	with_policies([{"Identity": "Global", "EnableTeamsConsumerAccess": false}]) == set()
}

test_fail_when_one_policy_leaves_it if {
	some one in with_policies([
		{"Identity": "Global", "EnableTeamsConsumerAccess": false},
		{"Identity": "Tag:<b>%s", "EnableTeamsConsumerAccess": true},
	])
	one.evidence.policies_that_allow == ["Tag:<b>%s"]
}

test_inconclusive_when_not_told if {
	every value in [null, "perhaps", 1] {
		some one in findings(value, false)
		one.depends_on == ["AllowTeamsConsumer"]
	}
	count(findings_in({})) == 1
}

test_not_applicable_in_government_clouds if {
	given := {"teams_federation_configuration": federation(true, true)}
	reasons := check.not_applicable with input as {"tenant": {"cloud": "usgov"}, "collections": given}
	count(reasons) == 1
	found := check.findings with input as {"tenant": {"cloud": "usgov"}, "collections": given}
	found == set()
}
