# METADATA
# title: Contacts are not shared with all domains
# description: >-
#   Goes through the sharing policies that are on and looks for contacts shared with the domain *, which stands for
#   every organization, or with anonymous people. A policy that is off shares nothing. Whether people are under a
#   policy other than the default one is not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/sharing/sharing-policies/sharing-policies
#     description: Sharing policies
# custom:
#   id: EX011
#   severity: medium
#   requires: [sharing_policies]
#   tags: [mail, sharing]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A person's contacts name customers, colleagues and private numbers. Shared with every organization they give
#     a fraudster the names to write in, and the addresses to write to.
#   remediation: >-
#     Exchange admin center, Organization, Sharing, Individual sharing: remove sharing of contacts with all
#     domains, or name the domains (Set-SharingPolicy -Identity "Default Sharing Policy" -Domains
#     @{Remove="*:ContactsSharing"}).
#   mappings:
#     scuba: [MS.EXO.6.1v1]
#     mitre_attack: [T1589.002]
#     nist_800_53: [AC-3, SC-7]
package tenantlint.checks.exchange.contacts_not_shared_with_everybody

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import rego.v1

findings contains finding if {
	some policy in results.collection("sharing_policies")
	some finding in exchange.untold(policy)
}

findings contains finding if {
	some policy in results.collection("sharing_policies")
	shared := sort(exchange.shared_with_all(policy))
	some level in shared
	lower(level) == "contactssharing"
	resource := exchange.resource("sharingPolicy", policy)
	finding := {
		"resource": resource,
		"message": sprintf("The sharing policy %s lets people share contacts with every domain.", [resource.name]),
		"evidence": {"Domains": policy.Domains, "Default": object.get(policy, "Default", null)},
		"pointer": "/Domains",
	}
}
