package tenantlint.lib.conditional_access_test

import data.tenantlint.lib.conditional_access as ca
import rego.v1

test_a_policy_is_called_by_its_name_else_its_id if {
	ca.name({"displayName": "N", "id": "i"}) == "N"
	ca.name({"displayName": "", "id": "i"}) == "i"
	ca.name({"displayName": null, "id": null}) == "unknown"
	ca.identity({"displayName": "N"}) == "N"
	ca.resource({"displayName": "N", "id": "i"}) == {"kind": "conditionalAccessPolicy", "id": "i", "name": "N"}
}

test_enabled_policies_are_counted if {
	ca.number_enabled([{"state": "enabled"}, {"state": "disabled"}, {"state": null}, {}]) == 1
}

test_every_demand_is_told_in_graphs_words if {
	ca.demands({"grantControls": {
		"builtInControls": ["mfa", 7],
		"termsOfUse": ["t"],
		"customAuthenticationFactors": ["c"],
		"authenticationStrength": {"id": "s"},
	}}) == {"mfa", "termsOfUse:t", "customAuthenticationFactor:c", "authenticationStrength:s"}
	ca.demands({"grantControls": {"authenticationStrength": {"displayName": "D"}}}) == {"authenticationStrength:?"}
}

test_nothing_demands_nothing if {
	every policy in [{}, {"grantControls": null}, {"grantControls": {"builtInControls": null}}] {
		ca.demands(policy) == set()
	}
}
