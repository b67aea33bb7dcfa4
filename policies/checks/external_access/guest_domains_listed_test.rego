package tenantlint.checks.external_access.guest_domains_listed_test

import data.tenantlint.checks.external_access.guest_domains_listed as check
import rego.v1

run_with(policies, require) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t"},
		"parameters": {"require": require},
		"collections": {"b2b_management_policies": policies},
	}
}

run(definition) := run_with([{"id": "p", "isOrganizationDefault": true, "definition": definition}], "allow_list")

allowed := `{"B2BManagementPolicy":{"InvitationsAllowedAndBlockedDomainsPolicy":{"AllowedDomains":["a.example"]}}}`

blocked := `{"B2BManagementPolicy":{"InvitationsAllowedAndBlockedDomainsPolicy":{"BlockedDomains":["b.example"]}}}`

empty := `{"B2BManagementPolicy":{"InvitationsAllowedAndBlockedDomainsPolicy":{"AllowedDomains":[]}}}`

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_with_an_allow_list if {
	run([allowed]) == set()
	run([empty]) == set()
}

test_pass_with_a_block_list_where_that_is_enough if {
	run_with([{"id": "p", "definition": [blocked]}], "any_list") == set()
}

test_fail_without_a_list if {
	only(run_with([], "allow_list")).resource.kind == "tenant"
	every definition in [[], null, ["{}"], ["[1]"], [`{"B2BManagementPolicy":{}}`], [`{"B2BManagementPolicy":3}`]] {
		only(run(definition)).message == "Guests may be invited from every domain: there is no list."
	}
	only(run_with([{"id": "p", "definition": ["{}"]}], "any_list")).pointer == "/definition"
}

test_fail_with_a_block_list if {
	finding := only(run([blocked]))
	finding.message == "Guests may be invited from every domain but 1 blocked one."
	finding.evidence.BlockedDomains == ["b.example"]
}

test_only_the_default_policy_counts if {
	other := {"id": "o", "isOrganizationDefault": false, "definition": [allowed]}
	mine := {"id": "p", "isOrganizationDefault": true, "definition": [blocked]}
	only(run_with([other, mine, null], "allow_list")).resource.id == "p"
}

test_depends_on_a_definition_that_cannot_be_read if {
	every definition in [["{"], [3], [null], ["](x)"]] {
		only(run(definition)).depends_on == ["definition"]
	}
}
