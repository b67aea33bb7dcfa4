# METADATA
# title: Personal devices enrol only where that was decided
# description: >-
#   Looks at the enrolment restriction that holds for everybody, platform by platform: a restriction of one platform
#   that is assigned to all users, else the default one. Personal devices have to be blocked there, or the platform.
#   Restrictions for chosen groups are decisions and are not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/enrollment/enrollment-restrictions-set
#     description: Enrolment restrictions
#   - ref: https://learn.microsoft.com/intune/intune-service/enrollment/create-device-platform-restrictions
#     description: Restrictions by platform
# custom:
#   id: DV009
#   severity: medium
#   requires: [device_enrollment_configurations]
#   licences: [intune]
#   tags: [devices, enrolment, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: devices, effort: medium, user_impact: high}
#   rationale: >-
#     Whoever has a password can enrol a device of his own, and with it gets what managed devices get: compliance,
#     certificates, Wi-Fi, apps. Restricted to devices that the organization owns, enrolment itself becomes something
#     that an outsider lacks.
#   remediation: >-
#     Intune admin center > Devices > Enrollment > Device platform restriction > All Users > Properties: Personally
#     owned: Block for each platform that is not meant for them. In Graph: personalDeviceEnrollmentBlocked true in
#     windowsRestriction, macOSRestriction, iosRestriction, androidRestriction and androidForWorkRestriction of the
#     default configuration.
#   mappings:
#     cis_m365: ["4.2"]
#     mitre_attack: [T1098.005]
#     nist_800_53: [AC-19, IA-3]
package tenantlint.checks.devices.personal_devices_restricted

import data.tenantlint.lib.findings as lib
import rego.v1

# A platform's property in the default configuration, and its name in a restriction of one platform.
platforms := {
	"androidRestriction": "android",
	"androidForWorkRestriction": "androidForWork",
	"iosRestriction": "ios",
	"macOSRestriction": "mac",
	"windowsRestriction": "windows",
}

restrictions := lib.collection("device_enrollment_configurations")

type(configuration) := lower(lib.text(object.get(configuration, "@odata.type", ""), ""))

defaults := [one | some one in restrictions; endswith(type(one), "platformrestrictionsconfiguration")]

# Restrictions of one platform that are assigned to all users without a filter, the first in order.
for_everybody(platform) := [[priority(one), place] |
	some place, one in restrictions
	endswith(type(one), "platformrestrictionconfiguration")
	lower(lib.text(object.get(one, "platformType", ""), "")) == lower(platform)
	some assignment in lib.list(one, "assignments")
	target := lib.block(assignment, "target")
	endswith(lower(lib.text(object.get(target, "@odata.type", ""), "")), "alllicensedusersassignmenttarget")
	lower(lib.text(object.get(target, "deviceAndAppManagementAssignmentFilterType", ""), "none")) == "none"
]

priority(one) := found if {
	found := object.get(one, "priority", null)
	is_number(found)
} else := 100000

# What decides for everybody on a platform: {configuration, path}.
deciding(property) := {"configuration": restrictions[min(first)[1]], "path": ["platformRestriction"]} if {
	first := for_everybody(platforms[property])
	count(first) > 0
} else := {"configuration": defaults[0], "path": [property]} if {
	count(defaults) > 0
}

state(rule) := "good" if {
	rule.platformBlocked == true
} else := "good" if {
	rule.personalDeviceEnrollmentBlocked == true
} else := "bad" if {
	rule.personalDeviceEnrollmentBlocked == false
} else := "unknown"

names := {
	"android": "Android (device administrator)",
	"androidForWork": "Android (work profile)",
	"ios": "iOS and iPadOS",
	"mac": "macOS",
	"windows": "Windows",
}

message(found, platform) := sprintf("Personal devices with %s enrol.", [names[platform]]) if {
	found == "bad"
} else := sprintf("The snapshot does not tell whether personal devices with %s enrol.", [names[platform]])

shown(rule) := {name: value |
	some name in ["platformBlocked", "personalDeviceEnrollmentBlocked"]
	value := object.get(rule, name, null)
}

findings contains finding if {
	some property, platform in platforms
	decides := deciding(property)
	rule := lib.block(decides.configuration, decides.path)
	found := state(rule)
	found != "good"
	finding := {
		"resource": lib.resource(
			"deviceEnrollmentConfiguration",
			object.get(decides.configuration, "id", ""),
			object.get(decides.configuration, "displayName", ""),
		),
		"message": message(found, platform),
		"evidence": object.union({"platform": names[platform]}, shown(rule)),
		"key": {"platform": platform},
		"pointer": sprintf("/%s", [concat("/", decides.path)]),
		"depends_on": [property | found == "unknown"],
	}
}

findings contains {
	"resource": lib.tenant,
	"message": "The snapshot does not tell the default enrolment restriction.",
	"evidence": {"device_enrollment_configurations": count(restrictions)},
	"depends_on": ["the default platform restriction"],
} if {
	count(defaults) == 0
}
