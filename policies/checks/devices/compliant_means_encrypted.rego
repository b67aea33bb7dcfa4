# METADATA
# title: A compliant device is encrypted
# description: >-
#   Looks at every assigned compliance policy: whether it asks for encrypted storage, or BitLocker, on Windows, macOS
#   and Android; on iOS for a passcode, with which the storage is encrypted. A policy of the same kind that surely
#   reaches the same devices may ask it in its stead.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
# custom:
#   id: DV004
#   severity: medium
#   requires: [device_compliance_policies]
#   facts: [device_compliance]
#   licences: [intune]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: devices, effort: medium, user_impact: medium}
#   rationale: >-
#     A laptop or telephone that is lost gives its mail, files and tokens to whoever has the patience to read the
#     storage. Encryption makes the loss a matter of money; without the rule a device that was never encrypted counts
#     as safe.
#   remediation: >-
#     Intune admin center > Devices > Compliance > the policy > System Security: Require encryption of data storage on
#     device, or Device Health: Require BitLocker; on iOS Require a password to unlock mobile devices. In Graph:
#     storageRequireEncryption, bitLockerEnabled, passcodeRequired true.
#   mappings:
#     mitre_attack: [T1005]
#     nist_800_53: [SC-28, "SC-28(1)", AC-19(5)]
package tenantlint.checks.devices.compliant_means_encrypted

import data.tenantlint.lib.devices
import rego.v1

findings contains finding if {
	some finding in devices.unasked({
		"question": "encryption",
		"about": "whether compliant devices are encrypted",
		"observed": "A device can be compliant without being encrypted.",
	})
}

not_applicable contains "No assigned compliance policy can ask for encryption." if not devices.can_ask("encryption")
