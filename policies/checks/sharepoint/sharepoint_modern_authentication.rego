# METADATA
# title: SharePoint takes no passwords from old clients
# description: >-
#   Looks at whether apps that do not use modern authentication can sign in to SharePoint and OneDrive. Conditional
#   Access can block such clients as well, which is CA001; this switch works for every account, whatever policies
#   leave out.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/control-access-from-unmanaged-devices
#     description: Apps that don't use modern authentication
#   - ref: https://learn.microsoft.com/powershell/module/sharepoint-online/set-spotenant
#     description: Set-SPOTenant
# custom:
#   id: SP009
#   severity: high
#   requires: [sharepoint_tenant|sharepoint_settings]
#   tags: [legacy-auth, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     An old client sends name and password and can be asked for nothing else. With a leaked or guessed password an
#     attacker reads every file of its owner, and no second factor and no rule about devices stands in between.
#   remediation: >-
#     SharePoint admin center, Policies, Access control, Apps that don't use modern authentication: Block access
#     (Set-SPOTenant -LegacyAuthProtocolsEnabled $false; Graph isLegacyAuthProtocolsEnabled false).
#   mappings:
#     prowler: [sharepoint_modern_authentication_required]
#     secure_score: [spo_legacy_auth]
#     cis_m365: ["7.2.1"]
#     mitre_attack: [T1110, T1078.004]
#     nist_800_53: ["IA-2(1)", "CM-7"]
package tenantlint.checks.sharepoint.sharepoint_modern_authentication

import data.tenantlint.lib.sharing
import rego.v1

findings contains finding if {
	some finding in sharing.switch({
		"admin": {"property": "LegacyAuthProtocolsEnabled", "wanted": false},
		"graph": {"property": "isLegacyAuthProtocolsEnabled", "wanted": false},
		"about": "whether old clients sign in to SharePoint",
		"observed": "Apps without modern authentication can sign in to SharePoint and OneDrive.",
	})
}
