package tenantlint.lib.organization_test

import data.tenantlint.lib.organization as lib
import rego.v1

state(organization) := found if found := lib.synchronizes with input as {"collections": {"organization": organization}}

test_whether_it_synchronizes if {
	state({"onPremisesSyncEnabled": true}) == "yes"
	state({"onPremisesSyncEnabled": false}) == "no"
	state({"onPremisesSyncEnabled": null}) == "no"
	state({"onPremisesSyncEnabled": "x"}) == "unknown"
	state({}) == "unknown"
	state(null) == "unknown"
}

test_the_resource if {
	lib.resource.id == "o" with input as {"collections": {"organization": {"id": "o"}}}
	lib.resource.id == "organization" with input as {"collections": {"organization": {"id": null}}}
}

test_findings_hang_on_it if {
	given := {"collections": {"organization": {}}}
	lib.if_synchronizing({"depends_on": ["x"]}).depends_on == ["x", lib.unknown] with input as given
	hybrid := {"collections": {"organization": {"onPremisesSyncEnabled": true}}}
	lib.if_synchronizing({"depends_on": []}) == {"depends_on": []} with input as hybrid
}
