package tenantlint.checks.authentication.authenticator_without_codes_test

import data.tenantlint.checks.authentication.authenticator_without_codes as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(settings) := found if {
	configuration := object.union({"id": "MicrosoftAuthenticator", "state": "enabled"}, settings)
	found := check.findings with input as mocks.told(
		{"microsoftauthenticator": mocks.method("MicrosoftAuthenticator", "enabled", mocks.everybody)},
		{"authenticationMethodConfigurations": [configuration]},
		{},
	)
}

test_pass_when_it_gives_none if run({"isSoftwareOathEnabled": false}) == set()

test_fail_when_it_gives_codes if {
	finding := mocks.only(run({"isSoftwareOathEnabled": true}))
	finding.message == "Authenticator gives one-time codes."
	finding.pointer == "/authenticationMethodConfigurations/0/isSoftwareOathEnabled"
}

test_depends_when_it_is_not_told if {
	every settings in [{}, {"isSoftwareOathEnabled": null}] {
		mocks.only(run(settings)).depends_on == ["isSoftwareOathEnabled"]
	}
	bare := check.findings with input as mocks.told({}, null, {})
	count(mocks.only(bare).depends_on) == 1
}

test_not_applicable_when_nobody_may_use_it if {
	method := mocks.method("MicrosoftAuthenticator", "disabled", mocks.nobody)
	off := mocks.told({"microsoftauthenticator": method}, {}, {})
	count(check.not_applicable) == 1 with input as off
	check.findings == set() with input as off
}
