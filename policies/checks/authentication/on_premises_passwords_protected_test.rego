package tenantlint.checks.authentication.on_premises_passwords_protected_test

import data.tenantlint.checks.authentication.on_premises_passwords_protected as check
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

run(organization, settings) := found if {
	found := check.findings with input as {"collections": {"organization": organization, "group_settings": settings}}
}

hybrid := {"onPremisesSyncEnabled": true}

good := setting({"EnableBannedPasswordCheckOnPremises": "True", "BannedPasswordCheckOnPremisesMode": "Enforce"})

test_pass_when_it_refuses if run(hybrid, good) == set()

test_fail_when_it_only_notes if {
	finding := only(run(hybrid, setting({
		"EnableBannedPasswordCheckOnPremises": "True",
		"BannedPasswordCheckOnPremisesMode": "Audit",
	})))
	finding.message == "Active Directory notes banned passwords and accepts them."
	finding.resource.kind == "groupSetting"
}

test_fail_by_default if {
	finding := only(run(hybrid, []))
	finding.message == "Active Directory does not check passwords against the banned ones."
	finding.evidence.source == "Microsoft's default, since the tenant set nothing"
}

test_depends_on_whether_it_synchronizes if {
	every organization in [{}, null] {
		"whether the tenant synchronizes (onPremisesSyncEnabled)" in only(run(organization, [])).depends_on
	}
	values := {"EnableBannedPasswordCheckOnPremises": null, "BannedPasswordCheckOnPremisesMode": null}
	unknown := run(hybrid, setting(values))
	{finding.depends_on[0] | some finding in unknown} == object.keys(values)
}

test_not_applicable_without_active_directory if {
	every value in [null, false] {
		given := {"collections": {"organization": {"onPremisesSyncEnabled": value}, "group_settings": []}}
		check.findings == set() with input as given
		count(check.not_applicable) == 1 with input as given
	}
}
