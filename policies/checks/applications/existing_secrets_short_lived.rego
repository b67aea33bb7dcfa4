# METADATA
# title: No application holds a secret that lasts for years
# description: >-
#   Looks at the passwords (client secrets) that applications and service principals hold now, and reports those that
#   last longer from start to end than a year, as long as they still work. What new ones may last is judged
#   elsewhere. Passwords that guard the key with which a principal signs SAML tokens are left out, and so are
#   disabled principals, Microsoft's own and the applications of the parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity-platform/security-best-practices-for-app-registration
#     description: Security best practices for application properties
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/passwordcredential
#     description: passwordCredential in Microsoft Graph
# custom:
#   id: AP012
#   severity: medium
#   requires: [applications]
#   refines: [service_principals]
#   facts: [application_credentials]
#   tags: [applications, credentials, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: applications, effort: medium, user_impact: none}
#   rationale: >-
#     Secrets end up in repositories, backups and the pockets of people who left. One that was made to last for
#     decades still works when it is found, and nobody remembers where else it is used, so that nobody dares to
#     remove it.
#   remediation: >-
#     Entra admin center > Entra ID > App registrations > the application > Certificates & secrets: add a new client
#     secret of at most a year (better a federated credential), change the program, remove the old one. In Graph:
#     POST /applications/{id}/addPassword and /removePassword.
#   parameters:
#     max_days:
#       type: integer
#       default: 365
#       meaning: >-
#        Days that a secret may last from its start to its end. A year is the longest after which a renewal is still
#        a habit.
#     permitted_applications:
#       type: array
#       default: []
#       meaning: >-
#        Applications (name, object id or application id) that you decided on. None by default, since each of them is
#        a decision that should be written down.
#   mappings:
#     mitre_attack: [T1552.001, T1098.001]
package tenantlint.checks.applications.existing_secrets_short_lived

import data.tenantlint.lib.applications
import data.tenantlint.lib.findings as lib
import rego.v1

findings contains finding if {
	some row in applications.judged(input.facts.application_credentials.holders, input.parameters.permitted_applications)
	some credential in applications.passwords(row)
	credential.days > input.parameters.max_days
	finding := {
		"resource": lib.resource(row.kind, row.id, row.name),
		"key": {"credential": credential.key_id},
		"message": sprintf("A password of the application lasts %d days, until %s.", [
			credential.days,
			substring(credential.ends, 0, 10),
		]),
		"evidence": {
			"application": lib.text(row.name, row.id),
			"password": credential,
			"max_days": input.parameters.max_days,
		},
		"pointer": "/passwordCredentials",
	}
}

# One of which the end is missing may last for ever.
findings contains finding if {
	some row in applications.judged(input.facts.application_credentials.holders, input.parameters.permitted_applications)
	some credential in applications.passwords(row)
	credential.days == null
	finding := {
		"resource": lib.resource(row.kind, row.id, row.name),
		"key": {"credential": credential.key_id},
		"message": "How long a password of the application lasts is not told.",
		"evidence": {"application": lib.text(row.name, row.id), "password": credential},
		"depends_on": ["startDateTime and endDateTime of the password"],
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
