# METADATA
# title: Microsoft's engineers need approval to reach the tenant's data
# description: >-
#   Looks whether Customer Lockbox is on, which asks the tenant before an engineer of Microsoft opens its data to
#   solve a support case. It needs a licence with the plan LOCKBOX_ENTERPRISE; without one there is nothing to set.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/customer-lockbox-requests
#     description: Customer Lockbox
# custom:
#   id: EX031
#   severity: low
#   requires: [organization_config]
#   refines: [subscribed_skus]
#   tags: [data, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     In rare support cases an engineer reads content. Without Lockbox you are not asked and may never know; with
#     it there is a named person who agreed, and a record that an auditor can read.
#   remediation: >-
#     Microsoft 365 admin center, Settings, Org settings, Security & privacy, Customer lockbox: require approval
#     (Set-OrganizationConfig -CustomerLockboxEnabled $true).
#   mappings:
#     prowler: [admincenter_organization_customer_lockbox_enabled]
#     secure_score: [CustomerLockBoxEnabled]
#     cis_m365: ["1.3.6"]
#     mitre_attack: [T1199]
#     nist_800_53: [AC-3, MA-4]
package tenantlint.checks.exchange.customer_lockbox_on

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

config := exchange.only("organization_config")

plan_names := {"LOCKBOX_ENTERPRISE", "LOCKBOX_ENTERPRISE_GOV"}

unlicensed if {
	count(exchange.plans & plan_names) == 0
	not settings.truth(settings.value(config, "CustomerLockboxEnabled")) == true
}

not_applicable contains "The tenant has no licence for Customer Lockbox." if unlicensed

findings contains finding if {
	not unlicensed
	some told in settings.switch({
		"resource": exchange.holder("organizationConfig", config),
		"object": config,
		"property": "CustomerLockboxEnabled",
		"wanted": true,
		"about": "whether Customer Lockbox is on",
		"observed": "Customer Lockbox is off: Microsoft's engineers reach data without being approved by the tenant.",
	})
	finding := object.union(told, {"depends_on": array.concat(told.depends_on, unknowns)})
}

default unknowns := ["the licences (subscribed_skus)"]

unknowns := [] if is_array(input.collections.subscribed_skus)
