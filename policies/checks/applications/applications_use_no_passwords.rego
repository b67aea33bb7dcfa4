# METADATA
# title: Applications sign in without passwords
# description: >-
#   Lists every application registration, and every service principal, that holds a password (client secret) which
#   still works. Passwords that guard the key with which a principal signs SAML tokens open no door and are left out,
#   and so are disabled principals, Microsoft's own and the applications of the parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application properties
#   - ref: https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation
#     description: Workload identity federation
# custom:
#   id: AP011
#   severity: medium
#   requires: [applications]
#   refines: [service_principals]
#   facts: [application_credentials]
#   tags: [applications, credentials, strict]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: applications, effort: high, user_impact: none}
#   rationale: >-
#     A secret is copied wherever the program runs, and to the laptops of those who wrote it. It works from anywhere,
#     and its use cannot be told from the program's own. Managed identities and federated credentials have no secret
#     that could be copied; certificates can at least be kept in hardware.
#   remediation: >-
#     Entra admin center > Entra ID > App registrations > the application > Certificates & secrets: add a federated
#     credential or a certificate, change the program, then remove the client secret. In Graph: POST
#     /applications/{id}/removePassword.
#   parameters:
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     prowler: [entra_app_registration_client_secret_unused]
#     mitre_attack: [T1552.001, T1098.001]
package tenantlint.checks.applications.applications_use_no_passwords

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import rego.v1

findings contains finding if {
	some row in applications.judged(input.facts.application_credentials.holders, input.parameters.permitted_applications)
	held := applications.passwords(row)
	count(held) > 0
	finding := {
		"resource": lib.resource(row.kind, row.id, row.name),
		"message": sprintf("The application signs in with %s.", [lib.counted(count(held), "password", "passwords")]),
		"evidence": {"application": lib.text(row.name, row.id), "passwords": held},
		"pointer": "/passwordCredentials",
	}
}

findings contains finding if {
	some row in applications.judged(input.facts.application_credentials.holders, input.parameters.permitted_applications)
	count(row.untold) > 0
	finding := {
		"resource": lib.resource(row.kind, row.id, row.name),
		"key": {"told": false},
		"message": "The snapshot does not tell which passwords the application has.",
		"evidence": {"passwordCredentials": null},
		"depends_on": row.untold,
		"pointer": "/passwordCredentials",
	}
}
