# METADATA
# title: A licence that is lost by mistake does not cut off a mailbox at once
# description: >-
#   Looks whether delayed delicensing is on, which keeps a mailbox working for 30 days after its licence was taken.
#   The service offers it to tenants with at least as many paid Exchange Online licences as the parameter says;
#   smaller ones have nothing to set.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-organizationconfig
#     description: Set-OrganizationConfig, with DelayedDelicensingEnabled
# custom:
#   id: EX030
#   severity: low
#   requires: [organization_config]
#   refines: [subscribed_skus]
#   tags: [mail, resilience, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     One wrong group or script takes licences from hundreds of people. Their mail bounces at once, and after 30
#     days the mailboxes are gone; with the delay the mistake is noticed while everything still works.
#   remediation: >-
#     Exchange Online PowerShell: Set-OrganizationConfig -DelayedDelicensingEnabled:$true
#     -TenantAdminNotificationForDelayedDelicensingEnabled:$true. The Microsoft 365 admin center portal has no page
#     for it.
#   parameters:
#     least_seats:
#       type: integer
#       default: 5000
#       meaning: >-
#         paid Exchange Online licences from which the service offers the delay
#   mappings:
#     maester: [MT.1083]
#     prowler: [exchange_organization_delicensing_resiliency_enabled]
#     mitre_attack: [T1531]
#     nist_800_53: [CP-10]
package tenantlint.checks.exchange.licence_changes_do_no_harm

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

config := exchange.only("organization_config")

# Licences with Exchange Online that are paid for; undefined when the licences are not known.
seats := sum([bought |
	some sku in input.collections.subscribed_skus
	with_mailbox(sku)
	bought := object.get(results.block(sku, ["prepaidUnits"]), "enabled", 0)
	is_number(bought)
]) if {
	is_array(input.collections.subscribed_skus)
}

with_mailbox(sku) if {
	some plan in results.list(sku, ["servicePlans"])
	startswith(results.text(object.get(plan, "servicePlanName", null), ""), "EXCHANGE_S_")
	not object.get(plan, "servicePlanName", null) == "EXCHANGE_S_FOUNDATION"
}

small if seats < input.parameters.least_seats

not_applicable contains sprintf("The tenant has %d licences for Exchange Online; the delay is offered from %d on.", [
	seats,
	input.parameters.least_seats,
]) if {
	small
}

findings contains finding if {
	not small
	some told in settings.switch({
		"resource": exchange.holder("organizationConfig", config),
		"object": config,
		"property": "DelayedDelicensingEnabled",
		"wanted": true,
		"about": "whether mailboxes outlive a lost licence",
		"observed": "A mailbox stops to work as soon as its licence is taken.",
	})
	finding := object.union(told, {"depends_on": array.concat(told.depends_on, unknowns)})
}

default unknowns := ["the licences (subscribed_skus)"]

unknowns := [] if is_number(seats)
