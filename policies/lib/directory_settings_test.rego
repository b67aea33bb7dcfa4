package tenantlint.lib.directory_settings_test

import data.tenantlint.lib.directory_settings as lib
import rego.v1

password := "Password Rule Settings"

setting(values) := {
	"id": "s1",
	"displayName": password,
	"templateId": "5cf42378-d67d-4f36-ba46-e8b86229381d",
	"values": values,
}

read(settings, name) := value if {
	value := lib.read(password, name) with input as {"collections": {"group_settings": settings}}
}

test_a_value_as_the_tenant_set_it if {
	read([setting([{"name": "LockoutThreshold", "value": "7"}])], "LockoutThreshold") == "7"
	read([setting([{"name": "lockoutthreshold", "value": "7"}])], "LockoutThreshold") == "7"
	read([setting([{"name": "LockoutThreshold", "value": null}])], "LockoutThreshold") == null
}

test_the_templates_default_where_the_tenant_set_nothing if {
	read([], "LockoutThreshold") == "10"
	read([setting([])], "LockoutThreshold") == "10"
	read([setting(null)], "LockoutThreshold") == "10"
	read([setting([null, 3, {"name": null}])], "LockoutThreshold") == "10"
	read([], "NoSuchValue") == null
}

test_a_setting_is_found_by_its_template_else_by_its_name if {
	read([{"displayName": password, "values": [{"name": "LockoutThreshold", "value": "5"}]}], "LockoutThreshold") == "5"
	other := {"displayName": password, "templateId": "x", "values": [{"name": "LockoutThreshold", "value": "5"}]}
	read([other, null, 3], "LockoutThreshold") == "10"
	of_a_part := {"displayName": "A name", "values": [null, {"name": "LockoutThreshold", "value": "5"}]}
	read([of_a_part], "LockoutThreshold") == "5"
}

ask := {"about": "how many attempts are allowed", "observed": "Twelve attempts are allowed.", "most": 10}

test_findings_name_the_setting_and_the_place if {
	settings := [setting([{"name": "X", "value": ""}, {"name": "LockoutThreshold", "value": "12"}])]
	found := lib.within(password, "LockoutThreshold", ask) with input as {"collections": {"group_settings": settings}}
	count(found) == 1
	some finding in found
	finding.resource == {"kind": "groupSetting", "id": "s1", "name": password}
	finding.pointer == "/values/1/value"
	finding.evidence == {"LockoutThreshold": "12", "source": "the tenant's setting"}
}

test_findings_on_defaults_name_the_tenant if {
	input_ := {"tenant": {"id": "t"}, "collections": {"group_settings": []}}
	found := lib.switch(password, "EnableBannedPasswordCheck", {"wanted": true, "about": "x", "observed": "Off."}) with input as input_
	some finding in found
	finding.resource.kind == "tenant"
	finding.pointer == ""
	finding.evidence.source == "Microsoft's default, since the tenant set nothing"
	modes := {"allowed": ["Audit"], "about": "x", "observed": "y"}
	lib.choice(password, "BannedPasswordCheckOnPremisesMode", modes) == set() with input as input_
}
