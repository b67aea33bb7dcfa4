# METADATA
# title: Mail that claims to be from here and comes from nowhere is rejected
# description: >-
#   Looks at the switch of the organization that refuses Direct Send: mail without authentication or connector
#   whose envelope sender is in one of your own domains. Where a connector or a mail flow rule already refuses all
#   mail that does not come from a gateway, the switch adds nothing and the check is content.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-organizationconfig
#     description: Set-OrganizationConfig, with RejectDirectSend
# custom:
#   id: EX027
#   severity: medium
#   requires: [organization_config]
#   refines: [inbound_connectors, transport_rules]
#   facts: [mail_flow]
#   tags: [mail, spoofing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: medium, user_impact: low}
#   rationale: >-
#     Anybody on the internet can hand mail to your tenant that claims to come from your own director. It looks
#     internal, and campaigns use it because it needs neither an account nor a look-alike domain.
#   remediation: >-
#     Exchange Online PowerShell: Set-OrganizationConfig -RejectDirectSend $true, after printers and services that
#     send this way have a connector (Exchange admin center, Mail flow, Connectors) or an account.
#   mappings:
#     maester: [MT.1062]
#     prowler: [exchange_organization_reject_direct_send_enabled]
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.direct_send_rejected

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

config := exchange.only("organization_config")

locks := [connector.name |
	some connector in input.facts.mail_flow.connectors
	connector.locks
]

findings contains finding if {
	count(locks) + count(input.facts.mail_flow.locking_rules) == 0
	some finding in settings.switch({
		"resource": exchange.holder("organizationConfig", config),
		"object": config,
		"property": "RejectDirectSend",
		"wanted": true,
		"about": "whether Direct Send is refused",
		"observed": "Mail in the name of the organization's own domains is taken from anybody (Direct Send).",
	})
}
