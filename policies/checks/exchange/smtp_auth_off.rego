# METADATA
# title: SMTP AUTH is off for the organization
# description: >-
#   Looks at the organization's default for authenticated submission of mail by SMTP, which takes a plain password.
#   A mailbox can have a setting of its own, which goes before the default and is another check.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-transportconfig
#     description: Set-TransportConfig
# custom:
#   id: EX009
#   severity: high
#   requires: [transport_config]
#   tags: [mail, legacy-auth, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: medium, user_impact: low}
#   rationale: >-
#     Submission by SMTP takes a user name and a password and nothing else, so that no second factor stands in the
#     way of a leaked or guessed password. Attackers try passwords there without end, and send fraud from the
#     mailbox once one fits.
#   remediation: >-
#     Exchange admin center, Settings, Mail flow: turn off SMTP AUTH protocol for your organization
#     (Set-TransportConfig -SmtpClientAuthenticationDisabled $true). Turn it on again only for the mailbox of a
#     device that can do nothing else (Set-CASMailbox -SmtpClientAuthenticationDisabled $false).
#   mappings:
#     scuba: [MS.EXO.5.1v1]
#     prowler: [exchange_transport_config_smtp_auth_disabled]
#     cis_m365: ["6.5.4"]
#     mitre_attack: [T1110, T1078.004]
#     nist_800_53: [CM-7]
package tenantlint.checks.exchange.smtp_auth_off

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

object_ := exchange.only("transport_config")

findings contains finding if {
	some finding in settings.switch({
		"resource": exchange.holder("transportConfig", object_),
		"object": object_,
		"property": "SmtpClientAuthenticationDisabled",
		"wanted": true,
		"about": "whether SMTP AUTH is off for the organization",
		"observed": "SMTP AUTH is on for every mailbox that does not turn it off itself.",
	})
}
