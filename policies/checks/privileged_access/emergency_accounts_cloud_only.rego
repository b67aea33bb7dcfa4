# METADATA
# title: Emergency accounts depend on nothing outside the tenant
# description: >-
#   Looks at each declared emergency account: that it is not synchronized from an on-premises directory and
#   carries no anchor of one, that its domain is not federated, and that the domain is the tenant's own first one.
#   What the snapshot does not tell leaves the verdict open. Where no account is declared there is nothing to
#   judge here; another check says so.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts
#   - ref: https://learn.microsoft.com/en-us/entra/architecture/protect-m365-from-on-premises-attacks
#     description: Keeping Microsoft 365 safe from attacks that start on premises
# custom:
#   id: PA021
#   severity: high
#   requires: [users]
#   refines:
#     - domains
#     - groups
#     - group_members
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [emergency_accounts]
#   tags: [privileged-access, emergency-accounts, cloud-only]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     An emergency account is for the day on which something else is broken: the on-premises directory, the
#     federation service, a registrar who lost the domain. One that needs any of these fails with them, and one
#     that is synchronized is taken over with the directory it comes from.
#   remediation: >-
#     Entra admin center > Entra ID > Users: make the account anew in the tenant's first onmicrosoft.com domain,
#     give it the role and the security keys, and change the entry in the exception register. In Graph:
#     onPremisesSyncEnabled, onPremisesImmutableId and userPrincipalName of the user; isInitial and
#     authenticationType of the domain.
#   parameters:
#     require_initial_domain:
#       type: boolean
#       default: true
#       meaning: >-
#         Whether the account has to be in the tenant's first domain (onmicrosoft.com). It does by default: every
#         other domain can be lost, federated or misrouted.
#   mappings:
#     cis_m365: ["1.1.2"]
#     mitre_attack: [T1531, T1078.002]
#     nist_800_53: [CP-2, AC-6(5)]
package tenantlint.checks.privileged_access.emergency_accounts_cloud_only

import data.tenantlint.lib.emergency
import rego.v1

fact := input.facts.emergency_accounts

not_applicable contains emergency.none_declared if count(emergency.accounts(fact)) == 0

findings contains found if {
	some one in emergency.present(fact)
	some found in verdict(one)
}

verdict(one) := {emergency.finding(one, {
	"words": concat(" and ", reasons(one)),
	"shown": shown(one),
	"pointer": "/userPrincipalName",
})} if {
	count(reasons(one)) > 0
} else := {emergency.finding(one, {
	"words": "may depend on something outside: the snapshot does not tell all of it",
	"shown": shown(one),
	"depends_on": gaps(one),
})} if {
	count(gaps(one)) > 0
} else := set()

reasons(one) := [words |
	some words, wrong in {
		"is synchronized from an on-premises directory": one.cloud_only == false,
		"carries the anchor of an on-premises object": anchored_alone(one),
		"is in a federated domain": one.federated == true,
		"is not in the tenant's first domain": foreign(one),
	}
	wrong
]

default anchored_alone(_) := false

# Every synchronized account has an anchor.
anchored_alone(one) if {
	one.anchored == true
	not one.cloud_only == false
}

default foreign(_) := false

foreign(one) if {
	input.parameters.require_initial_domain
	one.initial_domain == false
}

gaps(one) := [name |
	some name, missing in {
		"whether the account is synchronized (users)": one.cloud_only == null,
		"whether its domain is federated (domains)": one.federated == null,
		"which domain is the first (domains)": domain_unknown(one),
	}
	missing
]

default domain_unknown(_) := false

domain_unknown(one) if {
	input.parameters.require_initial_domain
	one.initial_domain == null
}

shown(one) := {
	"cloud_only": one.cloud_only,
	"has_onPremisesImmutableId": one.anchored,
	"federated_domain": one.federated,
	"initial_domain": one.initial_domain,
}
