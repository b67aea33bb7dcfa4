# METADATA
# title: One place decides whether registering a device needs multifactor authentication
# description: >-
#   Compares the tenant-wide switch in the device settings with enabled policies for the user action of
#   registering or joining devices. Where such a policy exists the switch has to be off: as long as it is on,
#   MFA is asked for at every registration whatever the policy says, so that its conditions and its
#   authentication strength decide nothing. Whether MFA is asked for at all is the subject of CA010.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-device-registration
#     description: Microsoft's policy template for device registration
#   - ref: https://learn.microsoft.com/en-us/entra/identity/devices/manage-device-identities
#     description: The device settings
# custom:
#   id: CA040
#   severity: low
#   requires: [conditional_access_policies, device_registration_policy]
#   licences: [entra_p1]
#   tags: [conditional-access, devices, soundness, situational]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Two switches for one thing drift apart. People who believe that the policy with its strong methods
#     protects registration do not see that any second factor passes, and whoever turns one of the two off opens
#     or closes more than they thought.
#   remediation: >-
#     Entra admin center > Entra ID > Devices > Device settings: Require multifactor authentication to register
#     or join devices: No (multiFactorAuthConfiguration "notRequired" in Graph's deviceRegistrationPolicy), and
#     keep the policy for the user action.
#   mappings:
#     maester: [MT.1061]
#     nist_800_53: [CM-6]
package tenantlint.checks.conditional_access.device_registration_mfa_decided_once

import data.tenantlint.lib.conditional_access as ca
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

action := "urn:user:registerdevice"

deciding := [policy |
	some policy in lib.collection("conditional_access_policies")
	ca.enabled(policy)
	some named in lib.list(policy, ["conditions", "applications", "includeUserActions"])
	is_string(named)
	lower(named) == action
]

not_applicable contains "No enabled policy is about registering devices." if count(deciding) == 0

registration := lib.block(input, ["collections", "device_registration_policy"])

findings contains finding if {
	count(deciding) > 0
	some finding in settings.choice({
		"resource": lib.resource(
			"deviceRegistrationPolicy",
			object.get(registration, "id", ""),
			object.get(registration, "displayName", ""),
		),
		"object": registration,
		"property": "multiFactorAuthConfiguration",
		"allowed": ["notRequired", "0", 0],
		"known": ["notRequired", "required", "0", 0, "1", 1],
		"about": "whether the device settings ask for MFA",
		"observed": sprintf("The device settings ask for MFA, and so does %s.", [
			lib.named([ca.name(policy) | some policy in deciding]),
		]),
		"evidence": {"policies": [ca.name(policy) | some policy in deciding]},
	})
}
