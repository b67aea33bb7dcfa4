# METADATA
# title: Exchange Online speaks modern authentication
# description: >-
#   Looks at the switch of the organization that lets Outlook and other clients sign in with OAuth. Without it
#   clients fall back to sending user name and password with every request, and Conditional Access sees an old
#   protocol.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoft-365/enterprise/hybrid-modern-auth-overview
#     description: Modern authentication in Exchange Online
# custom:
#   id: EX018
#   severity: critical
#   requires: [organization_config]
#   tags: [mail, legacy-auth, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A sign-in with a bare password knows no second factor, no device and no risk. One leaked password then opens
#     a mailbox from anywhere, and every policy that asks for more is passed by.
#   remediation: >-
#     Microsoft 365 admin center, Settings, Org settings, Modern authentication: turn on modern authentication for
#     Outlook (Set-OrganizationConfig -OAuth2ClientProfileEnabled $true).
#   mappings:
#     maester: [MT.1044]
#     prowler: [exchange_organization_modern_authentication_enabled]
#     secure_score: [exo_oauth2clientprofileenabled]
#     cis_m365: ["6.5.1"]
#     mitre_attack: [T1110, T1078.004]
#     nist_800_53: [IA-2]
package tenantlint.checks.exchange.modern_authentication_on

import data.tenantlint.lib.exchange
import data.tenantlint.lib.settings
import rego.v1

object_ := exchange.only("organization_config")

findings contains finding if {
	some finding in settings.switch({
		"resource": exchange.holder("organizationConfig", object_),
		"object": object_,
		"property": "OAuth2ClientProfileEnabled",
		"wanted": true,
		"about": "whether modern authentication is on",
		"observed": "Modern authentication is off, so that Outlook signs in with a bare password.",
	})
}
