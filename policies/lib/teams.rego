# METADATA
# description: >-
#   Settings of Teams over every policy that can be assigned, and what the federation settings and the external
#   access policies come to together.
package tenantlint.lib.teams

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

kinds := {
	"teams_app_permission_policies": {"kind": "teamsAppPermissionPolicy", "words": "app permission policy"},
	"teams_meeting_broadcast_policies": {"kind": "teamsMeetingBroadcastPolicy", "words": "live events policy"},
	"teams_meeting_policies": {"kind": "teamsMeetingPolicy", "words": "meeting policy"},
	"teams_messaging_policies": {"kind": "teamsMessagingPolicy", "words": "messaging policy"},
}

# Policies that Microsoft puts into every tenant beside the global one. Nobody can change them, and their own
# descriptions say that they are not to be assigned; a finding on them could not be mended.
templates := {
	"tag:allon",
	"tag:alloff",
	"tag:default",
	"tag:kiosk",
	"tag:restrictedanonymousaccess",
	"tag:restrictedanonymousnorecording",
}

# Everything that AutoAdmittedUsers can be.
admitted := [
	"Everyone",
	"EveryoneInSameAndFederatedCompany",
	"EveryoneInCompany",
	"EveryoneInCompanyExcludingGuests",
	"InvitedUsers",
	"OrganizerOnly",
]

no_private_accounts := "Teams in the US government clouds has no contact with private accounts."

name(policy) := results.text(settings.value(policy, "Identity"), "unknown")

is_global(policy) if lower(name(policy)) == "global"

# The policies of a collection that the tenant itself decides on.
policies(collection) := [policy |
	some policy in results.collection(collection)
	not lower(name(policy)) in templates
]

global_policies(collection) := [policy | some policy in policies(collection); is_global(policy)]

# Whom a policy is for: Teams' configuration does not list the people whom a policy is assigned to.
reach(policy) := "which everybody has who was given no other" if {
	is_global(policy)
} else := "which is for those whom it is assigned to"

# A setting of one policy. `ask`: {property, about, observed, ...} of lib.settings; `observed` completes "The meeting
# policy Global, which ..., ", `about` completes "The snapshot does not tell " and is followed by the policy's name.
asked(collection, policy, ask) := object.union(ask, {
	"resource": results.resource(kinds[collection].kind, name(policy), name(policy)),
	"object": policy,
	"about": sprintf("%s under the %s %s", [ask.about, kinds[collection].words, name(policy)]),
	"observed": sprintf("The %s %s, %s, %s.", [kinds[collection].words, name(policy), reach(policy), ask.observed]),
})

# The findings of a switch over all policies of a collection.
switches(collection, ask) := none(collection, policies(collection)) | {finding |
	some policy in policies(collection)
	some finding in settings.switch(asked(collection, policy, ask))
}

# The same for a choice.
choices(collection, ask) := none(collection, policies(collection)) | {finding |
	some policy in policies(collection)
	some finding in settings.choice(asked(collection, policy, ask))
}

# Every tenant has the global policy: a list without any is not the whole list.
none(collection, found) := {{
	"resource": results.tenant,
	"message": sprintf("The snapshot holds no %s, not even the global one.", [words]),
	"depends_on": [sprintf("each %s of Teams", [words])],
	"evidence": {},
}} if {
	count(found) == 0
	words := kinds[collection].words
} else := set()

# A collection of one object, with the resource that findings on it are about.
only(collection) := results.block(input, ["collections", collection])

holder(kind, collection) := results.tenant if {
	count(only(collection)) == 0
} else := results.resource(kind, identity, identity) if {
	identity := results.text(settings.value(only(collection), "Identity"), collection)
}

client := only("teams_client_configuration")

client_holder := holder("teamsClientConfiguration", "teams_client_configuration")

federation := only("teams_federation_configuration")

federation_holder := holder("teamsFederationConfiguration", "teams_federation_configuration")

external_access_policies := results.collection("teams_external_access_policies")

# External access policies that leave something to their users, by the properties that each would have to have on. A
# policy that does not tell counts as leaving it.
leaving(properties) := [name(policy) |
	some policy in external_access_policies
	not some_off(policy, properties)
]

some_off(policy, properties) if {
	some property in properties
	settings.truth(settings.value(policy, property)) == false
}

# Whether the policies take it from everybody.
off_for_everyone(properties) if {
	count(external_access_policies) > 0
	count(leaving(properties)) == 0
}

# The domains of the allow list, whatever the source wraps them in; null when there is no such setting.
allowed_domains(configuration) := {domain |
	walk(settings.value(configuration, "AllowedDomains"), [_, value])
	is_string(value)
	domain := trim_prefix(lower(value), "domain=")
	not startswith(domain, "allowallknowndomains")
	indexof(domain, ".") > 0
} if {
	settings.value(configuration, "AllowedDomains") != null
} else := null

# Whether this is a tenant of a US government cloud, as its plans or its address tell.
government if input.tenant.cloud in ["usgov", "usgovdod"]

government if {
	some plan in results.list(only("teams_tenant"), ["AssignedPlan"])
	is_string(plan)
	regex.match(`GCC|DOD`, upper(plan))
}

# Which apps of a catalogue people may install. `ask`: {setting, property, whose}. The tenant's setting decides where
# it is told, as it took the place of the permission policies; otherwise each policy is judged.
apps(ask) := settings.choice({
	"resource": results.resource("teamsAppSetting", ask.setting, ask.setting),
	"object": row,
	"property": "SettingValue",
	"allowed": ["None"],
	"known": ["All", "None", "Some"],
	"about": sprintf("who may install %s", [ask.whose]),
	"observed": sprintf("%s may install %s unless an app is blocked by name.", [installers(row), ask.whose]),
	"evidence": chosen(row),
}) if {
	row := app_setting(ask.setting)
	row != null
} else := choices("teams_app_permission_policies", {
	"property": ask.property,
	"allowed": ["AllowedAppList"],
	"known": ["AllowedAppList", "BlockedAppList"],
	"about": sprintf("which of %s people may install", [ask.whose]),
	"observed": sprintf("lets people install %s but for those that are blocked by name", [ask.whose]),
})

installers(row) := "Chosen people" if {
	lower(settings.value(row, "SettingValue")) == "some"
} else := "Everybody"

chosen(row) := {"Users": results.list(row, ["Users"]), "Groups": results.list(row, ["Groups"])} if {
	installers(row) == "Chosen people"
} else := {}

app_setting(setting) := rows[0] if {
	rows := [row |
		some row in results.collection("teams_app_settings")
		lower(results.text(settings.value(row, "SettingName"), "")) == lower(setting)
		results.text(settings.value(row, "SettingValue"), "") != ""
	]
	count(rows) > 0
} else := null
