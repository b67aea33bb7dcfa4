package tenantlint.checks.sharepoint.sharepoint_modern_authentication_test

import data.tenantlint.checks.sharepoint.sharepoint_modern_authentication as check
import rego.v1

document(collections) := {
	"tenant": {"id": "t"},
	"collections": collections,
}

findings(collections) := found if {
	found := check.findings with input as document(collections)
}

by_admin(value) := {"sharepoint_tenant": {"_ObjectIdentity_": "x", "LegacyAuthProtocolsEnabled": value}}

test_pass_as_wanted if {
	findings(by_admin(false)) == set()
}

test_fail_otherwise if {
	some one in findings(by_admin(true))
	one.message == "Apps without modern authentication can sign in to SharePoint and OneDrive."
	one.depends_on == []
	one.pointer == "/LegacyAuthProtocolsEnabled"
	one.resource == {"kind": "sharepointTenant", "id": "x", "name": "SharePoint and OneDrive settings"}
}

test_inconclusive_when_not_told if {
	every given in [by_admin(null), by_admin("<b>%s"), {"sharepoint_tenant": {}}, {}] {
		some one in findings(given)
		one.depends_on == ["LegacyAuthProtocolsEnabled"]
		one.message == "The snapshot does not tell whether old clients sign in to SharePoint."
	}
}

by_graph(value) := {"sharepoint_settings": {"id": null, "isLegacyAuthProtocolsEnabled": value}}

test_graph_tells_it_too if {
	findings(by_graph(false)) == set()
	some one in findings(by_graph(true))
	one.resource.kind == "sharepointSettings"
	one.depends_on == []
	some unknown in findings(by_graph(null))
	unknown.depends_on == ["isLegacyAuthProtocolsEnabled"]
}

test_the_admin_service_decides if {
	findings(object.union(by_admin(false), by_graph(true))) == set()
	count(findings(object.union(by_admin(null), by_graph(true)))) == 1
}
