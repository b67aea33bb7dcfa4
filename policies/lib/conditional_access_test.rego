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

test_a_value_is_one_that_constrains if {
	every value in [null, "", "none", false, [], {}, {"a": null, "b": []}] { not ca.has_value(value) }
	every value in ["x", 0, true, ["x"], {"a": "x"}, {"a": {}}] { ca.has_value(value) }
}

test_client_types_left_open_mean_all if {
	every types in [[], ["all"], ["browser"]] {
		ca.covers_client({"conditions": {"clientAppTypes": types}}, "browser")
	}
	ca.covers_client({}, "other")
	not ca.covers_client({"conditions": {"clientAppTypes": ["browser"]}}, "other")
}

grant(value) := {"grantControls": value}

levels := {level: verdict |
	some level in ["mfa", "phishing_resistant"]
	verdict := ca.strength_meets({"id": "00000000-0000-0000-0000-000000000004"}, level)
}

test_the_built_in_strengths if {
	levels == {"mfa": "yes", "phishing_resistant": "yes"}
	ca.strength_meets({"id": "00000000-0000-0000-0000-000000000002"}, "mfa") == "yes"
	ca.strength_meets({"id": "00000000-0000-0000-0000-000000000002"}, "phishing_resistant") == "no"
}

test_what_a_strength_lists_decides_over_what_its_id_promises if {
	given := {"id": "00000000-0000-0000-0000-000000000004", "allowedCombinations": ["password"]}
	ca.strength_meets(given, "phishing_resistant") == "no"
}

test_a_block_forces_everything if ca.forces(grant({"builtInControls": ["block"]}), "phishing_resistant") == "yes"

test_nothing_forces_nothing if {
	every value in [null, {}, {"operator": "AND"}] { ca.forces(grant(value), "mfa") == "no" }
}

test_mfa_is_not_phishing_resistant if ca.forces(grant({"builtInControls": ["mfa"]}), "phishing_resistant") == "no"

test_alternatives_that_all_force_it_force_it if {
	ca.forces(
		grant({"operator": "OR", "builtInControls": ["mfa"], "authenticationStrength": {"allowedCombinations": ["fido2"]}}),
		"mfa",
	) == "yes"
}

test_only_the_nearest_misses_are_shown if {
	misses := [ca.near_miss({"id": sprintf("p%d", [number])}, {"a", sprintf("b%d", [number])}) |
		some number in numbers.range(1, 12)
	]
	shown := ca.nearest(array.concat([ca.near_miss({"id": "z"}, {"a"})], misses))
	count(shown) == 10
	shown[0].name == "z"
}
