package tenantlint.checks.teams.external_access_by_allow_list_test

import data.tenantlint.checks.teams.external_access_by_allow_list as check
import rego.v1

findings_in(collections) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"collections": collections,
	}
}

findings(configuration) := findings_in({"teams_federation_configuration": configuration})

federated(allowed) := {"Identity": "Global", "AllowFederatedUsers": true, "AllowedDomains": allowed}

test_pass_when_external_access_is_off if {
	findings({"Identity": "Global", "AllowFederatedUsers": false, "AllowedDomains": []}) == set()
	findings({"Identity": "Global", "AllowFederatedUsers": false}) == set()
}

test_pass_with_an_allow_list_in_every_form if {
	every allowed in [
		{"AllowedDomain": "Domain=partner.example"},
		{"AllowedDomain": ["Domain=partner.example", "Domain=other.example"]},
		[{"AllowedDomain": ["Domain=partner.example"]}],
		{"AllowedDomain": [{"Domain": "partner.example"}]},
		["partner.example"],
		"partner.example",
	] {
		findings(federated(allowed)) == set()
	}
}

test_fail_when_every_domain_is_allowed if {
	every allowed in [{}, [], {"AllowAllKnownDomains": {}}, "AllowAllKnownDomains", {"AllowedDomain": []}] {
		some found in findings(federated(allowed))
		found.message == "Teams users can reach people of every other organization."
		not found.depends_on
	}
}

test_fail_with_a_block_list_alone if {
	some found in findings(object.union(federated([]), {"BlockedDomains": [{"Domain": "bad.example"}]}))
	found.message == "Teams users can reach people of every other organization, but for 1 blocked domains."
}

test_inconclusive_when_the_list_is_null_or_absent if {
	every configuration in [federated(null), {"Identity": "Global", "AllowFederatedUsers": true}] {
		some found in findings(configuration)
		found.depends_on == ["AllowedDomains of the federation settings"]
	}
}

test_inconclusive_when_the_switch_is_null if {
	every value in [null, "no", 0] {
		some found in findings(object.union(federated([]), {"AllowFederatedUsers": value}))
		found.depends_on == ["AllowFederatedUsers of the federation settings"]
	}
	findings(object.union(federated(["partner.example"]), {"AllowFederatedUsers": null})) == set()
}

test_inconclusive_without_settings if {
	some found in findings_in({})
	found.depends_on == ["the federation settings of Teams"]
	found.resource.kind == "tenant"
}

test_pass_when_every_policy_switches_it_off_for_its_users if {
	off := [{"Identity": "Global", "EnableFederationAccess": false}]
	findings_in({"teams_federation_configuration": federated([]), "teams_external_access_policies": off}) == set()
}

test_one_policy_that_leaves_it_on_counts_and_nulls_are_survived if {
	mixed := [
		{"Identity": "Global", "EnableFederationAccess": false},
		{"Identity": "Tag:<b>%s", "EnableFederationAccess": true},
		{"Identity": null, "EnableFederationAccess": null},
	]
	some found in findings_in({
		"teams_federation_configuration": federated([]),
		"teams_external_access_policies": mixed,
	})
	found.evidence.policies_that_allow == ["Tag:<b>%s", "unknown"]
}
