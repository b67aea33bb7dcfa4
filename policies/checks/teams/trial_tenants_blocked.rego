# METADATA
# title: Trial tenants cannot write to staff
# description: >-
#   Looks in the federation settings at whether tenants that have only trial licences can reach staff. Not
#   applicable where external access is off, by the settings or by every external access policy, or where only
#   listed organizations are reached. Single trial tenants that are let in by name are not counted.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/trusted-organizations-external-meetings-chat
#     description: External access and trial tenants
#   - ref: https://learn.microsoft.com/powershell/module/microsoftteams/set-cstenantfederationconfiguration
#     description: Set-CsTenantFederationConfiguration
# custom:
#   id: TM012
#   severity: medium
#   requires: [teams_federation_configuration]
#   refines: [teams_external_access_policies]
#   tags: [teams, external-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: none}
#   rationale: >-
#     A trial tenant costs nothing, is there within minutes, and can have any display name. Campaigns that pose as
#     Microsoft's or the organization's own support in Teams are run from such tenants, since they can be thrown
#     away once they are reported.
#   remediation: >-
#     Teams admin center, Users, External access: block trial tenants; in PowerShell
#     Set-CsTenantFederationConfiguration -ExternalAccessWithTrialTenants Blocked. A partner who works in a trial
#     tenant can be let in by name (-AllowedTrialTenantDomains).
#   mappings:
#     prowler: [teams_external_access_trial_tenants_blocked]
#     mitre_attack: [T1566.003, T1585]
#     nist_800_53: [AC-3, SI-8]
package tenantlint.checks.teams.trial_tenants_blocked

import data.tenantlint.lib.settings
import data.tenantlint.lib.teams
import rego.v1

federated := settings.truth(settings.value(teams.federation, "AllowFederatedUsers"))

listed := teams.allowed_domains(teams.federation)

closed contains "External access is off." if federated == false

closed contains "External access is off for everybody by policy." if teams.off_for_everyone(["EnableFederationAccess"])

closed contains "Teams reaches listed organizations only." if {
	listed != null
	count(listed) > 0
}

not_applicable contains reason if some reason in closed

findings contains finding if {
	count(closed) == 0
	some finding in settings.choice({
		"resource": teams.federation_holder,
		"object": teams.federation,
		"property": "ExternalAccessWithTrialTenants",
		"allowed": ["Blocked"],
		"known": ["Allowed", "Blocked"],
		"about": "whether trial tenants can write to staff",
		"observed": "People in trial tenants can find, call and write to staff.",
		"evidence": {"AllowFederatedUsers": settings.value(teams.federation, "AllowFederatedUsers")},
	})
}
