# METADATA
# title: Password hashes of Active Directory are synchronized
# description: >-
#   Looks at features.passwordSyncEnabled of the directory synchronization, in a tenant that synchronizes with Active
#   Directory: hashes of the hashes reach the cloud, whatever method people sign in by. A tenant without Active
#   Directory has nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/whatis-phs
#     description: Password hash synchronization
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/onpremisesdirectorysynchronizationfeature
#     description: onPremisesDirectorySynchronizationFeature in Graph
# custom:
#   id: AU025
#   severity: medium
#   requires: [organization]
#   refines: [on_premises_synchronization]
#   tags: [hybrid, passwords, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: none}
#   rationale: >-
#     Without the hashes Microsoft cannot tell a user that his password lies in a leak, so risk policies miss the
#     commonest way in. And when the servers on premises are down or encrypted by an attacker, nobody signs in to the
#     cloud either, the people who have to mend it included.
#   remediation: >-
#     Entra admin center > Entra ID > Entra Connect: Connect Sync or Cloud sync, password hash synchronization on,
#     beside pass-through authentication or federation as well. In Graph: features.passwordSyncEnabled of
#     /directory/onPremisesSynchronization.
#   mappings:
#     prowler: [entra_password_hash_sync_enabled]
#     secure_score: [PasswordHashSync]
#     cis_m365: ["5.1.8.1"]
#     mitre_attack: [T1110.004]
#     nist_800_53: [IA-5, CP-2]
package tenantlint.checks.authentication.password_hashes_synchronized

import data.tenantlint.lib.organization
import rego.v1

findings contains finding if {
	some finding in organization.feature({
		"property": "passwordSyncEnabled",
		"wanted": true,
		"about": "whether password hashes are synchronized",
		"observed": "Password hashes are not synchronized to the cloud.",
	})
}

not_applicable contains organization.no_directory if organization.synchronizes == "no"
