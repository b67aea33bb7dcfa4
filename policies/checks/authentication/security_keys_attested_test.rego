package tenantlint.checks.authentication.security_keys_attested_test

import data.tenantlint.checks.authentication.security_keys_attested as check
import data.tenantlint.lib.authentication_methods_test as mocks
import data.tenantlint.lib.passkeys_test as keys
import rego.v1

run(settings) := found if found := check.findings with input as keys.told(settings, {})

profiles(enforcement) := {
	"passkeyProfiles": [{"id": "a", "name": "Staff", "attestationEnforcement": enforcement}],
	"includeTargets": [{"id": "all_users", "allowedPasskeyProfiles": ["a"]}],
}

test_pass_when_it_is_enforced if {
	run({"isAttestationEnforced": true}) == set()
	run(profiles("registrationOnly")) == set()
}

test_fail_when_it_is_not if {
	finding := mocks.only(run({"isAttestationEnforced": false}))
	finding.message == "In the method Passkey (FIDO2) no key proves its make."
	finding.pointer == "/authenticationMethodConfigurations/0/isAttestationEnforced"
}

test_fail_for_a_profile_in_use if {
	finding := mocks.only(run(profiles("disabled")))
	finding.message == "In the passkey profile \"Staff\" no key proves its make."
	finding.pointer == "/authenticationMethodConfigurations/0/passkeyProfiles/0/attestationEnforcement"
	finding.key == {"profile": "a"}
}

test_depends_when_it_is_not_told if {
	every settings in [{}, {"isAttestationEnforced": null}, profiles("later"), profiles(null)] {
		count(mocks.only(run(settings)).depends_on) == 1
	}
	bare := check.findings with input as mocks.told({}, null, {})
	count(mocks.only(bare).depends_on) == 1
}

test_not_applicable_when_nobody_may_use_them if {
	count(check.not_applicable) == 1 with input as keys.off({})
}
