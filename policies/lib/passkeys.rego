# Passkeys: what the method Fido2 asks of a key, for the tenant or by passkey profile.
#
# A tenant that moved to passkey profiles is judged by the profiles that its targets name; the settings for the whole
# tenant no longer count there. `bases`: [{name, path, attested, restrictions, key}], with `attested` and
# `restrictions` as they stand.
package tenantlint.lib.passkeys

import data.tenantlint.lib.authentication_methods as methods
import data.tenantlint.lib.findings
import rego.v1

configuration := methods.configuration("fido2")

profiles := [object.union(profile, {"index": index}) |
	some index, profile in findings.list(configuration, ["passkeyProfiles"])
	is_object(profile)
]

bases := [{
	"name": sprintf("the passkey profile \"%s\"", [findings.text(object.get(profile, "name", ""), "?")]),
	"path": sprintf("/passkeyProfiles/%d", [profile.index]),
	"attested": object.get(enforcement, object.get(profile, "attestationEnforcement", null), null),
	"restrictions": object.get(profile, "keyRestrictions", null),
	"key": {"profile": findings.text(object.get(profile, "id", ""), "?")},
} |
	some profile in profiles
	in_use(profile)
] if {
	count(profiles) > 0
} else := [{
	"name": "the method Passkey (FIDO2)",
	"path": "",
	"attested": object.get(configuration, "isAttestationEnforced", null),
	"restrictions": object.get(configuration, "keyRestrictions", null),
	"key": {"profile": "tenant"},
}]

enforcement := {"registrationOnly": true, "disabled": false}

# A profile is in use when a target names it, or a target names none, so that the default one holds.
in_use(profile) if {
	some target in findings.list(configuration, ["includeTargets"])
	object.get(profile, "id", "?") in findings.list(target, ["allowedPasskeyProfiles"])
}

in_use(profile) if {
	object.get(profile, "id", "?") == object.get(configuration, "defaultPasskeyProfile", null)
	some target in findings.list(configuration, ["includeTargets"])
	count(findings.list(target, ["allowedPasskeyProfiles"])) == 0
}

# Where a property of a base stands in the policy.
pointer(base, property) := sprintf("%s%s/%s", [methods.method("fido2").pointer, base.path, property])
