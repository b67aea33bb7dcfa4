# METADATA
# title: A device that stops being compliant loses access within days
# description: >-
#   Looks at the time after which a compliance policy marks a failing device as not compliant, and at the days that a
#   device may stay silent and count as it last did. Such times are for people to mend their device.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/actions-for-noncompliance
#     description: Actions for devices that are not compliant
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
# custom:
#   id: DV008
#   severity: low
#   requires: [device_compliance_policies]
#   refines: [device_management_settings]
#   facts: [device_compliance]
#   licences: [intune]
#   tags: [devices]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: devices, effort: low, user_impact: medium}
#   rationale: >-
#     During the time of grace a stolen or infected device keeps the access of a safe one. Weeks of it make the rule a
#     reminder, and an attacker needs hours.
#   remediation: >-
#     Intune admin center > Devices > Compliance > the policy > Actions for noncompliance: Mark device noncompliant
#     after at most three days; Compliance settings > Compliance status validity period: 30 days. In Graph:
#     gracePeriodHours of the action block, and deviceComplianceCheckinThresholdDays in /deviceManagement/settings.
#   parameters:
#     max_grace_hours:
#       type: integer
#       default: 72
#       meaning: >-
#         Hours after which a failing device is marked at the latest. Three days, so that a weekend passes and a
#         week does not.
#     max_checkin_days:
#       type: integer
#       default: 30
#       meaning: >-
#         Days that a device may stay silent and count as it last did. Thirty, the service's own default.
#   mappings:
#     nist_800_53: [AC-19, CM-6]
package tenantlint.checks.devices.non_compliance_acts_soon

import data.tenantlint.lib.devices
import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

not_applicable contains "No compliance policy is assigned." if count(devices.judged) == 0

findings contains finding if {
	some policy in devices.judged
	slow(policy)
	finding := {
		"resource": devices.compliance_resource(policy),
		"message": message(policy.grace),
		"evidence": {"gracePeriodHours": policy.grace.hours, "assigned_to": policy.targets},
		"pointer": "/scheduledActionsForRule",
		"depends_on": array.concat(
			devices.on_assignment(policy),
			["scheduledActionsForRule" | policy.grace.state == "unknown"],
		),
	}
}

slow(policy) if policy.grace.hours > input.parameters.max_grace_hours

slow(policy) if policy.grace.state != "told"

message(grace) := sprintf("A device that fails the policy counts as compliant for %d more hours.", [grace.hours]) if {
	grace.state == "told"
} else := "The policy never marks a device as not compliant." if {
	grace.state == "never"
} else := "The snapshot does not tell when the policy marks a device as not compliant."

findings contains finding if {
	count(devices.judged) > 0
	lib.status("device_management_settings") == "ok"
	some finding in settings.within({
		"resource": lib.resource("deviceManagementSettings", "device_management_settings", "Compliance settings"),
		"object": lib.block(input, ["collections", "device_management_settings"]),
		"property": "deviceComplianceCheckinThresholdDays",
		"least": 1,
		"most": input.parameters.max_checkin_days,
		"about": "how long a silent device stays compliant",
		"observed": "A device that no longer reports stays compliant for too long.",
	})
}
