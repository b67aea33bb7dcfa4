# METADATA
# title: OneDrive syncs to managed devices only
# description: >-
#   Looks at whether the OneDrive app syncs only on computers that are joined to listed domains. Which domains are
#   listed is not judged. Computers without a domain of one's own are better limited by Conditional Access, which is
#   CA015.
# related_resources:
#   - ref: https://learn.microsoft.com/sharepoint/allow-syncing-only-on-specific-domains
#     description: Syncing on computers of specific domains
#   - ref: https://learn.microsoft.com/graph/api/resources/sharepointsettings
#     description: sharepointSettings in Graph
# custom:
#   id: SP014
#   severity: medium
#   requires: [sharepoint_tenant|sharepoint_settings]
#   tags: [devices, exfiltration, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: devices, effort: medium, user_impact: medium}
#   rationale: >-
#     Sync puts a whole library on the disk of whatever computer somebody signs in to, and keeps it up to date. On a
#     private computer the copy has no encryption that anybody checked, and stays when the employment ends.
#   remediation: >-
#     SharePoint admin center, Settings, Sync: Allow syncing only on computers joined to specific domains
#     (Set-SPOTenantSyncClientRestriction -Enable -DomainGuids ...; Graph isUnmanagedSyncAppForTenantRestricted
#     true).
#   mappings:
#     prowler: [sharepoint_onedrive_sync_restricted_unmanaged_devices]
#     secure_score: [spo_block_onedrive_sync_unmanaged_devices]
#     cis_m365: ["7.3.2"]
#     mitre_attack: [T1530, T1567]
#     nist_800_53: [AC-20, AC-19]
package tenantlint.checks.sharepoint.onedrive_syncs_to_managed_devices

import data.tenantlint.lib.sharing
import rego.v1

findings contains finding if {
	some finding in sharing.switch({
		"admin": {"property": "IsUnmanagedSyncClientForTenantRestricted", "wanted": true},
		"graph": {"property": "isUnmanagedSyncAppForTenantRestricted", "wanted": true},
		"about": "whether OneDrive syncs to unmanaged devices",
		"observed": "OneDrive syncs to every computer that somebody signs in to.",
	})
}
