# METADATA
# title: The alerts that start an automated investigation are on
# description: >-
#   Looks for the alert policies that start an automated investigation in Defender for Office 365 Plan 2, by name
#   in any letter case, and whether they are on. Microsoft renames and merges these policies, so the verdict stays
#   open on a name that the tenant does not have.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/air-about
#     description: Automated investigation and response, with its alerts
# custom:
#   id: EX041
#   severity: medium
#   requires: [protection_alerts]
#   licences: [defender_office_p2]
#   tags: [mail, audit]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     An investigation that starts by itself finds the other recipients of a dangerous mail and proposes to remove
#     it, at night too. With the alert off nothing starts, and the mail waits in every mailbox until somebody asks.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Alert policy: switch the policy on
#     (Set-ProtectionAlert -Identity "Email reported by user as malware or phish" -Disabled $false).
#   parameters:
#     required_alerts:
#       type: array
#       default:
#         - "A potentially malicious URL click was detected"
#         - "Email messages containing malicious file removed after delivery"
#         - "Email messages containing malicious URL removed after delivery"
#         - "Email messages from a campaign removed after delivery"
#         - "Email messages removed after delivery"
#         - "Email reported by user as malware or phish"
#       meaning: >-
#         names of alert policies that start investigations, as Microsoft lists them
#   mappings:
#     orca: [ORCA.242]
#     mitre_attack: [T1562.008, T1566]
#     nist_800_53: [IR-4]
package tenantlint.checks.exchange.investigation_alerts_on

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

alerts := results.collection("protection_alerts")

# Some names end in a blank of no width.
named(name) := [alert |
	some alert in alerts
	trim(lower(results.text(object.get(alert, "Name", null), "")), " \u200b\ufeff") == lower(name)
]

# Of several alerts of one name one that is on is enough.
state(name) := "absent" if {
	count(named(name)) == 0
} else := "on" if {
	some alert in named(name)
	settings.truth(settings.value(alert, "Disabled")) == false
} else := "unknown" if {
	some alert in named(name)
	settings.truth(settings.value(alert, "Disabled")) == null
} else := "off"

findings contains finding if {
	some name in input.parameters.required_alerts
	state(name) == "unknown"
	alert := named(name)[0]
	finding := {
		"resource": exchange.resource("protectionAlert", alert),
		"message": sprintf("The snapshot does not tell whether the alert policy %s is on.", [name]),
		"depends_on": [sprintf("Disabled of the alert policy %s", [name])],
		"evidence": {"Name": alert.Name, "Disabled": object.get(alert, "Disabled", null)},
	}
}

findings contains finding if {
	some name in input.parameters.required_alerts
	some alert in named(name)
	state(name) == "off"
	finding := {
		"resource": exchange.resource("protectionAlert", alert),
		"message": sprintf("The alert policy %s is switched off.", [name]),
		"evidence": {"Name": alert.Name, "Disabled": alert.Disabled},
		"pointer": "/Disabled",
	}
}

findings contains {
	"resource": results.tenant,
	"key": name,
	"message": sprintf("There is no alert policy %s.", [name]),
	"depends_on": [sprintf("the alert policy %s, or that which replaced it", [name])],
	"evidence": {"alert_policies": count(alerts)},
} if {
	some name in input.parameters.required_alerts
	state(name) == "absent"
}
