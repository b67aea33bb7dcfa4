# METADATA
# title: Microsoft 365 on the web opens no storage of others
# description: >-
#   Looks for the service principal by which Microsoft 365 on the web opens files in Dropbox, Box and the like. It
#   has to be there and be disabled: where it is missing, Microsoft's default holds, and the storage can be opened.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/microsoft-365/admin/setup/set-up-file-storage-and-sharing
#     description: File storage and sharing
# custom:
#   id: AP026
#   severity: low
#   requires: [service_principals]
#   facts: [third_party_storage]
#   tags: [applications, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     Documents that people open from and save to private storage leave the organization without being shared: no
#     label, no data loss prevention and no access review goes along, and after the person has left they are still
#     there.
#   remediation: >-
#     Microsoft 365 admin center > Settings > Org settings > Microsoft 365 on the web: do not let users open files
#     stored in third-party storage services. In Graph: the service principal of application
#     c1f33bc0-bdb4-4248-ba9b-096807ddb43e with accountEnabled false (New-MgServicePrincipal where it is missing).
#   mappings:
#     cis_m365: ["1.3.7"]
#     mitre_attack: [T1567.002]
package tenantlint.checks.applications.web_storage_of_others_off

import data.tenantlint.lib.findings as lib
import rego.v1

principal := input.facts.third_party_storage

findings contains finding if {
	principal.id == null
	finding := {
		"resource": lib.tenant,
		"message": "Storage of others can be opened: the principal by which it is turned off is not there.",
		"evidence": {"appId": "c1f33bc0-bdb4-4248-ba9b-096807ddb43e", "servicePrincipal": null},
	}
}

findings contains finding if {
	principal.id != null
	principal.enabled == true
	finding := {
		"resource": lib.resource("servicePrincipal", principal.id, principal.name),
		"message": "Storage of others can be opened in Microsoft 365 on the web.",
		"evidence": {"accountEnabled": true},
		"pointer": "/accountEnabled",
	}
}

findings contains finding if {
	principal.id != null
	principal.enabled == null
	finding := {
		"resource": lib.resource("servicePrincipal", principal.id, principal.name),
		"message": "The snapshot does not tell whether storage of others can be opened.",
		"evidence": {"accountEnabled": null},
		"depends_on": ["accountEnabled"],
		"pointer": "/accountEnabled",
	}
}
