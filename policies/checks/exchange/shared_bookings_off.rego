# METADATA
# title: Only chosen people make booking pages
# description: >-
#   Two settings decide whether anybody can make a shared booking page, which is a mailbox with an address in the
#   organization's domain: Bookings for the whole organization, and mailbox creation in the default policy of
#   Outlook on the web. Either one off is enough; a policy of its own can let chosen people.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoft-365/bookings/turn-bookings-on-or-off
#     description: Turning Bookings on or off
# custom:
#   id: EX032
#   severity: low
#   requires: [organization_config, owa_mailbox_policies]
#   tags: [mail, impersonation, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     A booking page gets a mailbox such as payroll@contoso.example without asking anybody. An intruder in any
#     account uses it to write in the name of a department that does not exist, and the mailbox stays when the
#     account is closed.
#   remediation: >-
#     Exchange Online PowerShell: Set-OwaMailboxPolicy OwaMailboxPolicy-Default -BookingsMailboxCreationEnabled
#     $false, and a policy of its own for those who need it; or Microsoft 365 admin center, Settings, Org settings,
#     Bookings: off (Set-OrganizationConfig -BookingsEnabled $false).
#   mappings:
#     prowler: [admincenter_shared_bookings_disabled]
#     cis_m365: ["1.3.9"]
#     mitre_attack: [T1585.002]
#     nist_800_53: [CM-7]
package tenantlint.checks.exchange.shared_bookings_off

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

config := exchange.only("organization_config")

off if settings.truth(settings.value(config, "BookingsEnabled")) == false

defaults := [policy |
	some policy in results.collection("owa_mailbox_policies")
	is_default(policy)
]

is_default(policy) if settings.truth(settings.value(policy, "IsDefault")) == true

is_default(policy) if results.text(object.get(policy, "Name", null), "") == "OwaMailboxPolicy-Default"

findings contains finding if {
	not off
	some policy in defaults
	resource := exchange.resource("owaMailboxPolicy", policy)
	some told in settings.switch({
		"resource": resource,
		"object": policy,
		"property": "BookingsMailboxCreationEnabled",
		"wanted": false,
		"about": "whether everybody can make booking pages",
		"observed": sprintf("The default policy %s lets everybody make booking pages with mailboxes.", [resource.name]),
		"evidence": {"BookingsEnabled": settings.value(config, "BookingsEnabled")},
	})
	finding := object.union(told, {"depends_on": array.concat(told.depends_on, unknowns)})
}

findings contains {
	"resource": results.tenant,
	"message": "The snapshot does not tell whether everybody can make booking pages.",
	"depends_on": array.concat(["the default policy of Outlook on the web (owa_mailbox_policies)"], unknowns),
	"evidence": {"BookingsEnabled": settings.value(config, "BookingsEnabled")},
} if {
	not off
	count(defaults) == 0
}

default unknowns := ["BookingsEnabled"]

unknowns := [] if settings.truth(settings.value(config, "BookingsEnabled")) == true
