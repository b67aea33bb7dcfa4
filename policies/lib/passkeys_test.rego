package tenantlint.lib.passkeys_test

import data.tenantlint.lib.authentication_methods_test as mocks
import data.tenantlint.lib.passkeys as lib
import rego.v1

# The input of a check on passkeys with these settings of the method.
told(settings, parameters) := mocks.told(
	{"fido2": mocks.method("Fido2", "enabled", mocks.everybody)},
	{"authenticationMethodConfigurations": [object.union({"id": "Fido2", "state": "enabled"}, settings)]},
	parameters,
)

off(parameters) := mocks.told({"fido2": mocks.method("Fido2", "disabled", mocks.nobody)}, {}, parameters)

profile(id, more) := object.union({"id": id, "name": "Staff"}, more)

bases(settings) := found if found := lib.bases with input as told(settings, {})

test_the_tenants_settings_where_there_are_no_profiles if {
	every settings in [{}, {"passkeyProfiles": null}, {"passkeyProfiles": []}, {"passkeyProfiles": [null]}] {
		[base.name | some base in bases(settings)] == ["the method Passkey (FIDO2)"]
	}
	bases({"isAttestationEnforced": true})[0].attested == true
}

test_the_profiles_that_targets_name if {
	settings := {
		"passkeyProfiles": [profile("a", {"attestationEnforcement": "registrationOnly"}), profile("b", {})],
		"includeTargets": [{"id": "all_users", "allowedPasskeyProfiles": ["a"]}],
		"isAttestationEnforced": false,
	}
	found := bases(settings)
	count(found) == 1
	found[0].attested == true
	found[0].name == "the passkey profile \"Staff\""
}

test_the_default_profile_where_a_target_names_none if {
	settings := {
		"passkeyProfiles": [profile("a", {"attestationEnforcement": "disabled"}), profile("b", {})],
		"defaultPasskeyProfile": "a",
		"includeTargets": [{"id": "all_users"}],
	}
	[base.attested | some base in bases(settings)] == [false]
}

test_odd_profiles if {
	settings := {
		"passkeyProfiles": [{"id": null, "name": null, "attestationEnforcement": 3}],
		"includeTargets": [null, {"allowedPasskeyProfiles": [null]}],
	}
	[base.attested | some base in bases(settings)] == [null]
}
