package tenantlint.checks.applications.forms_scanned_for_phishing_test

import data.tenantlint.checks.applications.forms_scanned_for_phishing as check
import rego.v1

run(settings) := found if {
	found := check.findings with input as {"collections": {"forms_settings": settings}}
}

scan(value) := {"settings": {"isInOrgFormsPhishingScanEnabled": value}}

test_pass_when_scanned if run(scan(true)) == set()

test_fail_when_not if {
	{one.pointer | some one in run(scan(false))} == {"/settings/isInOrgFormsPhishingScanEnabled"}
}

test_depends_when_not_told if {
	every settings in [{}, {"settings": null}, scan(null), scan("<b>")] {
		count([one | some one in run(settings); count(one.depends_on) == 1]) == 1
	}
}
