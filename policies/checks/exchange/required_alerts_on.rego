# METADATA
# title: The alerts on suspicious mail and connectors are on
# description: >-
#   Looks for the alert policies that the parameter names, by name in any letter case, and whether they are on. An
#   alert policy that is missing cannot warn either. Who gets the alerts is not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-xdr/alert-policies
#     description: Alert policies and their names
# custom:
#   id: EX040
#   severity: medium
#   requires: [protection_alerts]
#   tags: [mail, audit, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     A mailbox that begins to send in bulk, a new connector or rule that carries mail away and a click on a
#     dangerous link are the moments at which an intrusion can still be stopped. Nobody watches for them by eye.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Alert policy: switch the policy on
#     (Set-ProtectionAlert -Identity "Suspicious connector activity" -Disabled $false) and see to it that somebody
#     reads the notifications.
#   parameters:
#     required_alerts:
#       type: array
#       default:
#         - "Suspicious email sending patterns detected"
#         - "Suspicious connector activity"
#         - "Suspicious Email Forwarding Activity"
#         - "Messages have been delayed"
#         - "Tenant restricted from sending unprovisioned email"
#         - "Tenant restricted from sending email"
#         - "A potentially malicious URL click was detected"
#       meaning: >-
#         names of alert policies that have to be on; the default ones tell of a taken-over mailbox or tenant and
#         of a click
#   mappings:
#     scuba: [MS.SECURITYSUITE.4.1v1, MS.DEFENDER.5.1v1]
#     mitre_attack: [T1562.008, T1114.003]
#     nist_800_53: [SI-4]
package tenantlint.checks.exchange.required_alerts_on

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
	"evidence": {"alert_policies": count(alerts)},
} if {
	some name in input.parameters.required_alerts
	state(name) == "absent"
}
