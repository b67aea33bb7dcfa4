package tenantlint.checks.conditional_access.synchronization_not_stopped_test

import data.tenantlint.checks.conditional_access.synchronization_not_stopped as check
import rego.v1

account := {"id": "s", "kind": "user", "name": "Sync", "enabled": true}

policy := {"id": "p", "name": "<b>MFA</b>"}

one := {
	"policy": policy,
	"accounts": [account],
	"blocks": false,
	"controls": ["mfa"],
	"where": {},
	"everyday": true,
	"certain": true,
	"depends_on": [],
}

input_of(accounts, caught, organization) := {
	"tenant": {"id": "t", "display_name": "Contoso"},
	"collections": {"organization": organization},
	"facts": {"lockout": {"synchronization": {"accounts": accounts, "caught": caught}}},
}

hybrid := {"onPremisesSyncEnabled": true}

only(found) := first if {
	count(found) == 1
	some first in found
}

test_pass_when_nothing_stops_it if {
	found := check.findings with input as input_of([account], [], hybrid)
	found == set()
}

test_fail_when_mfa_is_asked if {
	finding := only(check.findings) with input as input_of([account], [one], hybrid)
	finding.message == `The policy "<b>MFA</b>" asks the synchronization of directories for mfa.`
	finding.principals == [account]
}

test_blocked_where_the_organization_is_not_told if {
	blocking := object.union(one, {"blocks": true, "controls": ["block"]})
	finding := only(check.findings) with input as input_of([account], [blocking], null)
	endswith(finding.message, "blocks the synchronization of directories.")
}

test_depends_on_unknowns if {
	unsure := object.union(one, {"certain": false, "depends_on": ["x"]})
	finding := only(check.findings) with input as input_of([account], [unsure], hybrid)
	finding.depends_on == ["x"]
}

test_not_applicable_without_synchronization if {
	every organization in [{"onPremisesSyncEnabled": null}, {"onPremisesSyncEnabled": false}] {
		reasons := check.not_applicable with input as input_of([account], [one], organization)
		count(reasons) == 1
		found := check.findings with input as input_of([account], [one], organization)
		found == set()
	}
}

test_not_applicable_without_an_account if {
	reasons := check.not_applicable with input as input_of([], [], hybrid)
	reasons == {"No account signs in for the synchronization of directories."}
}
