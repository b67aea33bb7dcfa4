package tenantlint.lib.sharing_test

import data.tenantlint.lib.sharing
import rego.v1

test_every_level_has_a_rank_and_words if {
	object.keys(sharing.ranks) == object.keys(sharing.words)
	sharing.ranks.disabled < sharing.ranks.existingExternalUserSharingOnly
	sharing.ranks.externalUserSharingOnly < sharing.ranks.externalUserAndGuestSharing
}

test_a_finding_tells_its_source if {
	settings := {"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"}, "source": ["sharepoint_tenant"]}
	found := sharing.finding(settings, "level", "Message.", ["unknown"], {"value": 2})
	found.evidence == {"source": ["sharepoint_tenant"], "value": 2}
	found.depends_on == ["unknown"]
	found.resource == settings.resource
	found.key == "level"
}

shares(sharepoint, onedrive) := sharing.shares_outside({
	"sharing_capability": sharepoint,
	"onedrive_sharing_capability": onedrive,
})

test_shares_outside if {
	shares("existingExternalUserSharingOnly", "disabled") == true
	shares("disabled", "externalUserSharingOnly") == true
	shares(null, "externalUserSharingOnly") == true
	shares("disabled", null) == false
	shares(null, "disabled") == null
	shares(null, null) == null
}

ask := {
	"admin": {"property": "A", "wanted": true},
	"graph": {"property": "b", "wanted": false},
	"about": "it",
	"observed": "It is so.",
}

switched(admin, graph) := found if {
	found := sharing.switch(ask) with input as {
		"tenant": {"id": "t"},
		"collections": {"sharepoint_tenant": admin, "sharepoint_settings": graph},
	}
}

test_the_admin_service_decides_where_it_tells if {
	switched({"A": true}, {"b": true}) == set()
	switched({"A": null}, {"b": false}) == set()
	some one in switched({"A": false}, {"b": false})
	one.resource.kind == "sharepointTenant"
	one.resource.id == "sharepoint_tenant"
}

test_what_neither_tells if {
	some by_admin in switched({"A": null}, {})
	by_admin.depends_on == ["A"]
	some by_graph in switched({}, {"b": null})
	by_graph.depends_on == ["b"]
	by_graph.resource.id == "sharepoint_settings"
	some nothing in switched({}, {})
	nothing.resource.kind == "tenant"
}

test_graph_is_left_out_where_it_does_not_tell if {
	alone := json.remove(ask, ["graph"])
	found := sharing.switch(alone) with input as {
		"tenant": {"id": "t"},
		"collections": {"sharepoint_settings": {"b": false}},
	}
	{one.depends_on[0] | some one in found} == {"A"}
}

test_where if {
	found := {{"message": "m", "depends_on": []}}
	sharing.where(found, []) == found
	sharing.where(found, [{"holds": true, "unknown": "a"}]) == found
	sharing.where(found, [{"holds": null, "unknown": "a"}, {"holds": false, "unknown": "b"}]) == set()
	sharing.where(found, [{"holds": null, "unknown": "a"}, {"holds": null, "unknown": "b"}]) == {{
		"message": "m",
		"depends_on": ["a", "b"],
	}}
}

lacks(admin) := found if {
	found := sharing.lacking(["A", "B"]) with input as {"collections": {"sharepoint_tenant": admin}}
}

test_lacking if {
	lacks({"A": null, "b": 1}) == set()
	lacks({}) == set()
	lacks(null) == set()
	some one in lacks({"B": 1})
	one.message == "The snapshot does not tell A, which SharePoint always gives: the object is not whole."
	one.depends_on == ["A"]
}
