package tenantlint.checks.sharepoint.onedrive_syncs_to_managed_devices_test

import data.tenantlint.checks.sharepoint.onedrive_syncs_to_managed_devices as check
import rego.v1

document(collections) := {
	"tenant": {"id": "t"},
	"collections": collections,
}

findings(collections) := found if {
	found := check.findings with input as document(collections)
}

by_admin(value) := {"sharepoint_tenant": {"_ObjectIdentity_": "x", "IsUnmanagedSyncClientForTenantRestricted": value}}

test_pass_as_wanted if {
	findings(by_admin(true)) == set()
}

test_fail_otherwise if {
	some one in findings(by_admin(false))
	one.message == "OneDrive syncs to every computer that somebody signs in to."
	one.depends_on == []
	one.pointer == "/IsUnmanagedSyncClientForTenantRestricted"
	one.resource == {"kind": "sharepointTenant", "id": "x", "name": "SharePoint and OneDrive settings"}
}

test_inconclusive_when_not_told if {
	every given in [by_admin(null), by_admin("<b>%s"), {"sharepoint_tenant": {}}, {}] {
		some one in findings(given)
		one.depends_on == ["IsUnmanagedSyncClientForTenantRestricted"]
		one.message == "The snapshot does not tell whether OneDrive syncs to unmanaged devices."
	}
}

by_graph(value) := {"sharepoint_settings": {"id": null, "isUnmanagedSyncAppForTenantRestricted": value}}

test_graph_tells_it_too if {
	findings(by_graph(true)) == set()
	some one in findings(by_graph(false))
	one.resource.kind == "sharepointSettings"
	one.depends_on == []
	some unknown in findings(by_graph(null))
	unknown.depends_on == ["isUnmanagedSyncAppForTenantRestricted"]
}

test_the_admin_service_decides if {
	findings(object.union(by_admin(true), by_graph(false))) == set()
	count(findings(object.union(by_admin(null), by_graph(false)))) == 1
}
