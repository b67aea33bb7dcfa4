# METADATA
# title: Teams users reach other organizations only by an allow list, or not at all
# description: >-
#   Looks at the tenant's federation settings: external access is restricted when it is off (AllowFederatedUsers) or
#   when allowed domains are listed. A block list alone leaves every other domain open. An empty list of allowed
#   domains stands for all domains, as PowerShell writes it. External access policies that switch it off for their
#   users (EnableFederationAccess) count where the snapshot has them: when every policy does, nobody can use it.
#   Absent settings leave the verdict open. Chats with unmanaged Teams accounts are another setting.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoftteams/trusted-organizations-external-meetings-chat
#     description: External meetings and chat with people and organizations
#   - ref: https://learn.microsoft.com/powershell/module/teams/set-cstenantfederationconfiguration
#     description: Set-CsTenantFederationConfiguration
# custom:
#   id: TM001
#   severity: medium
#   requires: [teams_federation_configuration]
#   refines: [teams_external_access_policies]
#   tags: [teams, external-access, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     With open federation anyone with a tenant of their own, a trial included, can write to your staff in Teams,
#     where messages are trusted more than mail and pass no mail filter. Attackers pose there as the help desk to
#     obtain sign-in codes and remote control.
#   remediation: >-
#     Teams admin center, Users, External access, Organization settings: allow only specific external domains, or
#     none. Set-CsTenantFederationConfiguration -AllowedDomainsAsAList "partner.example" or -AllowFederatedUsers
#     $false. Take the list of partners from the usage report of external access first.
#   mappings:
#     scuba: [MS.TEAMS.2.1v2]
#     cis_m365: ["8.2.1"]
#     prowler: [teams_external_domains_restricted]
#     mitre_attack: [T1566.003]
#     nist_800_53: [AC-3]
package tenantlint.checks.teams.external_access_by_allow_list

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.teams
import rego.v1

configurations := [configuration |
	configuration := teams.federation
	count(configuration) > 0
]

resource(configuration) := results.resource("teamsFederationConfiguration", name, name) if {
	name := results.text(object.get(configuration, "Identity", null), "teams_federation_configuration")
}

federated(configuration) := value if {
	value := object.get(configuration, "AllowFederatedUsers", null)
	is_boolean(value)
} else := null

allowed(configuration) := teams.allowed_domains(configuration)

# Policies that leave external access to their users; unknown ones count as leaving it.
granting := teams.leaving(["EnableFederationAccess"])

switched_off_for_everyone if teams.off_for_everyone(["EnableFederationAccess"])

evidence(configuration) := {
	"AllowFederatedUsers": federated(configuration),
	"AllowedDomains": object.get(configuration, "AllowedDomains", null),
	"BlockedDomains": object.get(configuration, "BlockedDomains", null),
	"policies_that_allow": granting,
}

findings contains finding if {
	some configuration in configurations
	federated(configuration) == true
	not switched_off_for_everyone
	allowed(configuration) == set()
	finding := {
		"resource": resource(configuration),
		"message": sprintf("Teams users can reach people of every other organization%s.", [but_blocked(configuration)]),
		"evidence": evidence(configuration),
		"pointer": "/AllowedDomains",
	}
}

findings contains finding if {
	some configuration in configurations
	federated(configuration) != false
	not switched_off_for_everyone
	unknown := unknowns(configuration)
	count(unknown) > 0
	finding := {
		"resource": resource(configuration),
		"message": "The snapshot does not tell which organizations Teams users can reach.",
		"depends_on": sort(unknown),
		"evidence": evidence(configuration),
	}
}

findings contains finding if {
	count(configurations) == 0
	finding := {
		"resource": results.tenant,
		"message": "The snapshot holds no federation settings of Teams.",
		"depends_on": ["the federation settings of Teams"],
		"evidence": {},
	}
}

# An allow list restricts whether or not federation is on, so only an open or absent list hangs on the switch.
unknowns(configuration) := {"AllowedDomains of the federation settings" |
	allowed(configuration) == null
} | {"AllowFederatedUsers of the federation settings" |
	federated(configuration) == null
	allowed(configuration) in [null, set()]
}

but_blocked(configuration) := sprintf(", but for %d blocked domains", [count(blocked)]) if {
	blocked := object.get(configuration, "BlockedDomains", null)
	is_array(blocked)
	count(blocked) > 0
} else := ""
