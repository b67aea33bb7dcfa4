# METADATA
# title: The bypass for changing on-premises object identifiers is off
# description: >-
#   Looks at features.allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled of the directory synchronization, a
#   temporary bypass of the protection against hard matches with other accounts, privileged ones among them. Microsoft
#   documents it as off by default: an absent value counts as off. A tenant without Active Directory has nothing to
#   judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/how-to-connect-install-existing-tenant
#     description: Synchronizing into an existing tenant
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/onpremisesdirectorysynchronizationfeature
#     description: onPremisesDirectorySynchronizationFeature in Graph
# custom:
#   id: AU028
#   severity: medium
#   requires: [organization]
#   refines: [on_premises_synchronization]
#   tags: [hybrid, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     While the bypass is on, an object of Active Directory is tied to an account that belongs to another object, in
#     the whole tenant and not only for the one that was to be mended. What was meant for an evening stays on for
#     years.
#   remediation: >-
#     There is no switch in the portal (Entra admin center). In Graph: PATCH /directory/onPremisesSynchronization/{id}
#     with features.allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled false, when the migration is over.
#   mappings:
#     maester: [MT.1183]
#     mitre_attack: [T1484]
#     nist_800_53: [CM-6]
package tenantlint.checks.authentication.synchronization_anchor_locked

import data.tenantlint.lib.organization
import rego.v1

findings contains finding if {
	some finding in organization.feature({
		"property": "allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled",
		"wanted": false,
		"absent": false,
		"about": "whether on-premises object identifiers can be changed",
		"observed": "Synchronization can change on-premises object identifiers.",
	})
}

not_applicable contains organization.no_directory if organization.synchronizes == "no"
