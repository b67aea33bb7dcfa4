package tenantlint.checks.applications.users_buy_no_applications_test

import data.tenantlint.checks.applications.users_buy_no_applications as check
import rego.v1

run(settings) := found if {
	found := check.findings with input as {"collections": {"apps_and_services_settings": settings}}
}

both(store, trials) := {"settings": {"isOfficeStoreEnabled": store, "isAppAndServicesTrialEnabled": trials}}

test_pass_when_both_are_off if run(both(false, false)) == set()

test_fail_when_one_is_on if {
	{one.key.switch | some one in run(both(true, false))} == {"isOfficeStoreEnabled"}
	{one.pointer | some one in run(both(false, true))} == {"/settings/isAppAndServicesTrialEnabled"}
}

test_depends_when_not_told if {
	every settings in [{}, {"settings": null}, both(null, 3)] {
		count([one | some one in run(settings); count(one.depends_on) == 1]) == 2
	}
}
