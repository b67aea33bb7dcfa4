package tenantlint.checks.teams.trial_tenants_blocked_test

import data.tenantlint.checks.teams.trial_tenants_blocked as check
import rego.v1

findings(more) := found if {
	found := check.findings with input as document(more)
}

reasons(more) := found if {
	found := check.not_applicable with input as document(more)
}

document(more) := {"tenant": {"id": "t"}, "collections": {"teams_federation_configuration": object.union(
	{"Identity": "Global", "AllowFederatedUsers": true, "AllowedDomains": "AllowAllKnownDomains"},
	more,
)}}

test_pass_when_they_are_blocked if {
	findings({"ExternalAccessWithTrialTenants": "blocked"}) == set()
	reasons({"ExternalAccessWithTrialTenants": "Blocked"}) == set()
}

test_fail_when_they_are_allowed if {
	some one in findings({"ExternalAccessWithTrialTenants": "Allowed"})
	one.message == "People in trial tenants can find, call and write to staff."
	one.depends_on == []
	one.pointer == "/ExternalAccessWithTrialTenants"
}

test_inconclusive_when_not_told if {
	every more in [{}, {"ExternalAccessWithTrialTenants": null}, {"ExternalAccessWithTrialTenants": "<b>%s"}] {
		some one in findings(more)
		one.depends_on == ["ExternalAccessWithTrialTenants"]
	}
}

test_not_applicable_when_they_cannot_reach_anybody_anyway if {
	every more in [{"AllowFederatedUsers": false}, {"AllowedDomains": {"AllowedDomain": ["Domain=partner.example"]}}] {
		findings(object.union(more, {"ExternalAccessWithTrialTenants": "Allowed"})) == set()
		count(reasons(more)) == 1
	}
}

test_not_applicable_when_every_policy_switches_external_access_off if {
	collections := object.union(
		document({
			"ExternalAccessWithTrialTenants": "Allowed",
		}).collections,
		{"teams_external_access_policies": [
			{"Identity": "Global", "EnableFederationAccess": false},
		]},
	)
	given := check.not_applicable with input as {"collections": collections}
	given == {"External access is off for everybody by policy."}
}

test_a_null_list_leaves_it_open if count(findings({
	"AllowedDomains": null,
	"ExternalAccessWithTrialTenants": "Allowed",
})) == 1
