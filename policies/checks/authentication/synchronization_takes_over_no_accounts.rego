# METADATA
# title: Synchronization cannot take over accounts of the cloud
# description: >-
#   Looks at features.blockSoftMatchEnabled and features.blockCloudObjectTakeoverThroughHardMatchEnabled of the
#   directory synchronization. With both, an object in Active Directory cannot become the source of an account that
#   exists in the cloud already, by its name or mail address (soft match) or by its anchor (hard match). A tenant
#   without Active Directory has nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/how-to-connect-syncservice-features
#     description: Features of the synchronization service
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/onpremisesdirectorysynchronizationfeature
#     description: onPremisesDirectorySynchronizationFeature in Graph
# custom:
#   id: AU026
#   severity: high
#   requires: [organization]
#   refines: [on_premises_synchronization]
#   tags: [hybrid, privileged-access, foundational]
#   bucket: situational
#   lenses: {risk_reduction: high, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     Whoever can write in Active Directory makes an object with the name of a cloud administrator, waits for the next
#     synchronization, and signs in as that administrator with the password that he chose. One server on premises is
#     then worth the whole tenant.
#   remediation: >-
#     There is no switch in the portal (Entra admin center). In Graph: PATCH /directory/onPremisesSynchronization/{id}
#     with features.blockSoftMatchEnabled and features.blockCloudObjectTakeoverThroughHardMatchEnabled true (in
#     PowerShell Update-MgDirectoryOnPremiseSynchronization). Lift them for the hours of a planned merge only.
#   mappings:
#     maester: [MT.1073]
#     prowler: [entra_directory_sync_object_takeover_blocked]
#     mitre_attack: [T1078.004, T1484]
#     nist_800_53: [AC-2, AC-6]
package tenantlint.checks.authentication.synchronization_takes_over_no_accounts

import data.tenantlint.lib.organization
import rego.v1

findings contains finding if {
	some finding in organization.feature({
		"property": "blockSoftMatchEnabled",
		"wanted": true,
		"about": "whether soft matches are blocked",
		"observed": "An object in Active Directory takes over an account of the cloud by its name or address.",
	})
}

findings contains finding if {
	some finding in organization.feature({
		"property": "blockCloudObjectTakeoverThroughHardMatchEnabled",
		"wanted": true,
		"about": "whether hard matches are blocked",
		"observed": "An object in Active Directory takes over an account of the cloud by its anchor.",
	})
}

not_applicable contains organization.no_directory if organization.synchronizes == "no"
