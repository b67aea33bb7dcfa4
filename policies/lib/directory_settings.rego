# Values of directory settings (GET /groupSettings), each as the tenant set it, else as its template has it.
#
# A tenant has no object for a template whose values nobody changed: what Microsoft documents for the template counts
# then, and the evidence says so. A value of which Microsoft documents no default is not told.
# `switch`, `choice` and `within` take the name of a template, the name of a value and an ask as in lib/settings.rego,
# without its object and resource; `read` gives the value itself.
package tenantlint.lib.directory_settings

import data.tenantlint.lib.findings
import data.tenantlint.lib.settings
import rego.v1

# learn.microsoft.com/entra/identity/users/groups-settings-cmdlets, …/authentication/howto-password-smart-lockout,
# …/authentication/concept-password-ban-bad-on-premises, …/enterprise-apps/configure-user-consent.
templates := {
	"Group.Unified": {
		"id": "62375ab9-6b52-47ed-826b-58e47e0e304b",
		"defaults": {
			"AllowGuestsToAccessGroups": "true",
			"AllowGuestsToBeGroupOwner": "false",
			"AllowToAddGuests": "true",
			"EnableGroupCreation": "true",
			"EnableMIPLabels": "false",
			"GroupCreationAllowedGroupId": "",
		},
	},
	"Password Rule Settings": {
		"id": "5cf42378-d67d-4f36-ba46-e8b86229381d",
		"defaults": {
			"BannedPasswordCheckOnPremisesMode": "Audit",
			"BannedPasswordList": "",
			"EnableBannedPasswordCheck": "false",
			"EnableBannedPasswordCheckOnPremises": "false",
			"LockoutDurationInSeconds": "60",
			"LockoutThreshold": "10",
		},
	},
	"Consent Policy Settings": {
		"id": "dffd5d46-495d-40a9-8e21-954ff55e198a",
		"defaults": {
			"BlockUserConsentForRiskyApps": "true",
			"EnableAdminConsentRequests": "false",
		},
	},
}

switch(template, name, ask) := placed(template, name, settings.switch(whole(template, name, ask)))

choice(template, name, ask) := placed(template, name, settings.choice(whole(template, name, ask)))

within(template, name, ask) := placed(template, name, settings.within(whole(template, name, ask)))

# The value as text, null where nothing tells it.
read(template, name) := object.get(entry(template, name), "value", null) if {
	set_there(template, name)
} else := object.get(templates[template].defaults, name, null)

# Whether the tenant set the value; otherwise it is the template's.
default set_there(_, _) := false

set_there(template, name) if count(entry(template, name)) > 0

# The setting that the tenant made of the template, {} where it made none.
object_of(template) := found[0] if {
	found := [setting |
		some setting in findings.collection("group_settings")
		is_object(setting)
		made_of(template, setting)
	]
	count(found) > 0
} else := {}

made_of(template, setting) if object.get(setting, "templateId", "") == templates[template].id

made_of(template, setting) if {
	findings.text(object.get(setting, "templateId", ""), "") == ""
	object.get(setting, "displayName", "") == template
}

# A part of an export may say neither; what it holds tells which template it is of, as no two share a name.
made_of(template, setting) if {
	findings.text(object.get(setting, "templateId", ""), "") == ""
	names := {lower(name) | some name, _ in templates[template].defaults}
	some value in findings.list(setting, ["values"])
	is_object(value)
	settings.folded(object.get(value, "name", "")) in names
}

# The setting as the resource of a finding; the tenant where it made none.
resource(template) := findings.resource(
	"groupSetting",
	findings.text(object.get(object_of(template), "id", ""), template),
	findings.text(object.get(object_of(template), "displayName", ""), template),
) if {
	count(object_of(template)) > 0
} else := findings.tenant

entry(template, name) := entries(template)[place(template, name)] if {
	place(template, name) >= 0
} else := {}

entries(template) := findings.list(object_of(template), ["values"])

default place(_, _) := -1

place(template, name) := min(places) if {
	places := {index |
		some index, value in entries(template)
		is_object(value)
		settings.folded(object.get(value, "name", "")) == lower(name)
	}
	count(places) > 0
}

whole(template, name, ask) := object.union(
	{
		"resource": resource(template),
		"object": {name: read(template, name)},
		"property": name,
		"evidence": {"source": source(template, name)},
	},
	ask,
)

source(template, name) := "the tenant's setting" if {
	set_there(template, name)
} else := "Microsoft's default, since the tenant set nothing"

placed(template, name, found) := {object.union(finding, {"pointer": pointer(template, name)}) | some finding in found}

pointer(template, name) := sprintf("/values/%d/value", [place(template, name)]) if {
	place(template, name) >= 0
} else := ""
