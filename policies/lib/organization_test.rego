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

ask := {"property": "x", "wanted": false, "about": "whether x", "observed": "X is on."}

feature(more, organization, synchronization) := found if {
	found := lib.feature(object.union(ask, more)) with input as {"collections": {
		"organization": organization,
		"on_premises_synchronization": synchronization,
	}}
}

test_features if {
	hybrid := {"id": "o", "onPremisesSyncEnabled": true}
	feature({}, hybrid, {"features": {"x": false}}) == set()
	feature({}, {"onPremisesSyncEnabled": null}, {"features": {"x": true}}) == set()
	feature({"absent": false}, hybrid, {"features": {"y": true}}) == set()
	some bad in feature({"absent": false}, hybrid, {"id": "t", "features": {"x": true}})
	bad.resource.id == "t"
	bad.pointer == "/features/x"
	every synchronization in [{"features": {}}, {"features": null}, {}, null] {
		some open in feature({"absent": false}, hybrid, synchronization)
		open.depends_on == ["features.x"]
	}
	some unsure in feature({}, {}, {"features": {"x": true}})
	unsure.depends_on == [lib.unknown]
}
