# METADATA
# title: Owners of applications have a method for MFA registered
# description: >-
#   Looks at every person who owns a registration or a service principal, and at whether Microsoft's report of
#   registered methods calls him capable of MFA (isMfaCapable). Disabled accounts are left out. Guests, who may
#   register at home, and owners whom the report does not list leave the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/graph/api/application-list-owners
#     description: Owners of an application in Graph
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/userregistrationdetails
#     description: userRegistrationDetails in Microsoft Graph
# custom:
#   id: AP019
#   severity: high
#   requires: [applications, application_owners, user_registration_details]
#   refines: [service_principals, service_principal_owners, users]
#   facts: [application_owners]
#   licences: [entra_p1]
#   tags: [applications, mfa, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     The password of such an owner, from a leak, is enough to add a secret to the application. From then on the
#     attacker comes back as the application, which answers no second factor and outlives every reset of the owner's
#     password.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > User registration details: have these people register
#     (a Temporary Access Pass and a passkey), or take the ownership from them under App registrations > the
#     application > Owners (Remove-MgApplicationOwnerByRef). isMfaCapable of userRegistrationDetails tells when it is
#     done.
#   mappings:
#     maester: [MT.1063]
#     mitre_attack: [T1078.004, T1098.001]
#     nist_800_53: [IA-2(2)]
package tenantlint.checks.applications.application_owners_have_mfa

import data.tenantlint.lib.findings as lib
import rego.v1

judged := [person |
	some person in input.facts.application_owners.people
	person.enabled != false
]

findings contains finding if {
	some person in judged
	person.mfa == false
	not person.guest
	finding := object.union(
		about(person),
		{"message": sprintf("An owner of %s cannot answer an MFA request.", [owned(person)])},
	)
}

findings contains finding if {
	some person in judged
	unsure(person)
	finding := object.union(about(person), {
		"message": sprintf("The snapshot does not tell whether an owner of %s can answer an MFA request.", [owned(person)]),
		"depends_on": ["registered methods of the owner"],
	})
}

unsure(person) if person.mfa == null

unsure(person) if {
	person.mfa == false
	person.guest
}

about(person) := {
	"resource": lib.resource("user", person.id, person.name),
	"evidence": {"isMfaCapable": person.mfa, "guest": person.guest, "applications": person.applications},
	"principals": [{name: person[name] | some name in ["id", "kind", "name", "enabled"]}],
}

owned(person) := lib.named(person.applications)

not_applicable contains "Nobody owns an application." if count(input.facts.application_owners.people) == 0
