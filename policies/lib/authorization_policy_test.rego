package tenantlint.lib.authorization_policy_test

import data.tenantlint.lib.authorization_policy as lib
import rego.v1

ask := {"property": ["defaultUserRolePermissions", "x"], "wanted": false, "about": "whether x", "observed": "x is on."}

run(policy) := found if {
	found := lib.switch(ask) with input as {"collections": {"authorization_policy": policy}}
}

test_the_finding_names_the_policy if {
	policy := {"id": "p", "displayName": "Mine", "defaultUserRolePermissions": {"x": true}}
	some finding in run(policy)
	finding.resource == {"kind": "authorizationPolicy", "id": "p", "name": "Mine"}
	finding.pointer == "/defaultUserRolePermissions/x"
	finding.depends_on == []
}

test_nothing_to_say if run({"defaultUserRolePermissions": {"x": false}}) == set()

test_a_policy_that_tells_nothing if {
	every policy in [{}, null, {"defaultUserRolePermissions": null}, {"id": 3, "defaultUserRolePermissions": "x"}] {
		some finding in run(policy)
		finding.depends_on == ["defaultUserRolePermissions.x"]
		finding.resource.id == "authorization_policy"
	}
}
