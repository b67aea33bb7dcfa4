package tenantlint.checks.authentication.banned_passwords_listed_test

import data.tenantlint.checks.authentication.banned_passwords_listed as check
import rego.v1

setting(values) := [{
	"id": "s1",
	"displayName": "Password Rule Settings",
	"templateId": "5cf42378-d67d-4f36-ba46-e8b86229381d",
	"values": [{"name": name, "value": value} | some name, value in values],
}]

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

run(settings) := found if found := check.findings with input as {"collections": {"group_settings": settings}}

test_pass_with_a_list if {
	run(setting({"EnableBannedPasswordCheck": "True", "BannedPasswordList": "harbour\tstudio"})) == set()
}

test_fail_when_it_is_off if {
	finding := only(run(setting({"EnableBannedPasswordCheck": "False", "BannedPasswordList": "harbour"})))
	finding.message == "The tenant's own list of banned passwords is not in force."
	only(run([])).resource.kind == "tenant"
}

test_fail_when_it_is_empty if {
	finding := only(run(setting({"EnableBannedPasswordCheck": "True", "BannedPasswordList": "\t \n"})))
	finding.message == "The tenant's own list of banned passwords is in force and empty."
	finding.evidence == {"words": 0}
}

test_depends_on_nulls if {
	untold := setting({"EnableBannedPasswordCheck": "True", "BannedPasswordList": null})
	only(run(untold)).depends_on == ["BannedPasswordList"]
	only(run(setting({"EnableBannedPasswordCheck": null}))).depends_on == ["EnableBannedPasswordCheck"]
}
