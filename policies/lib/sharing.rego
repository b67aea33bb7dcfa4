# METADATA
# description: >-
#   Words and order of SharePoint's sharing levels, settings of SharePoint's two sources in three outcomes, and
#   findings on the tenant's sharing settings.
package tenantlint.lib.sharing

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

ranks := {
	"disabled": 0,
	"existingExternalUserSharingOnly": 1,
	"externalUserSharingOnly": 2,
	"externalUserAndGuestSharing": 3,
}

words := {
	"disabled": "only people in the organization",
	"existingExternalUserSharingOnly": "existing guests",
	"externalUserSharingOnly": "new and existing guests",
	"externalUserAndGuestSharing": "anyone",
}

# A finding on the settings as a whole; `key` tells several apart.
finding(found, key, message, depends_on, evidence) := {
	"resource": found.resource,
	"key": key,
	"message": message,
	"depends_on": depends_on,
	"evidence": object.union({"source": found.source}, evidence),
}

# Whether anything is shared with people outside; null when the levels are not told. OneDrive is never more open than
# SharePoint, so that SharePoint's level bounds one of OneDrive that is not told.
shares_outside(found) if {
	some level in [found.sharing_capability, found.onedrive_sharing_capability]
	not level in [null, "disabled"]
} else := false if {
	found.sharing_capability == "disabled"
} else := null

nothing_shared := "SharePoint and OneDrive share nothing with people outside the organization."

level_unknown := "the sharing level of SharePoint"

# What SharePoint's admin service tells, and what Graph tells.
admin := results.block(input, ["collections", "sharepoint_tenant"])

graph := results.block(input, ["collections", "sharepoint_settings"])

# A switch that either source tells. `ask`: that of lib.settings without resource, object, property and wanted; instead
# `admin` and (optional) `graph`, each {property, wanted}. The admin service decides where it has a value.
switch(ask) := settings.switch(object.union(ask, place(ask)))

place(ask) := at_admin(ask.admin) if {
	settings.value(admin, ask.admin.property) != null
} else := at_graph(one) if {
	one := ask.graph
	settings.value(graph, one.property) != null
} else := at_graph(one) if {
	one := ask.graph
	count(admin) == 0
	count(graph) > 0
} else := at_admin(ask.admin)

at_admin(one) := object.union(one, {"object": admin, "resource": admin_holder})

at_graph(one) := object.union(one, {"object": graph, "resource": graph_holder})

admin_holder := results.tenant if {
	count(admin) == 0
} else := results.resource(
	"sharepointTenant",
	results.text(object.get(admin, "_ObjectIdentity_", null), "sharepoint_tenant"),
	"SharePoint and OneDrive settings",
)

graph_holder := results.resource(
	"sharepointSettings",
	results.text(object.get(graph, "id", null), "sharepoint_settings"),
	"SharePoint and OneDrive settings",
)

# Findings that count only where each condition holds. A condition is {holds: true, false or null, unknown}; where one
# is not known, the findings hang on it, too.
where(found, conditions) := set() if {
	some condition in conditions
	condition.holds == false
} else := {object.union(one, {"depends_on": array.concat(one.depends_on, unknown)}) |
	some one in found
	unknown := [condition.unknown | some condition in conditions; condition.holds == null]
}

# An object of the admin service that lacks what the service always gives is not whole: nothing is concluded from it.
lacking(properties) := settings.verdict(
	{
		"resource": admin_holder,
		"object": admin,
		"property": concat(", ", missing),
		"about": sprintf("%s, which SharePoint always gives: the object is not whole", [concat(" and ", missing)]),
		"observed": "",
	},
	"unknown",
) if {
	missing := [property | some property in properties; not settings.has(admin, property)]
	count(admin) > 0
	count(missing) > 0
} else := set()
