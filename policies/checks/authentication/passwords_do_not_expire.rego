# METADATA
# title: Passwords do not expire by the calendar
# description: >-
#   Looks at passwordValidityPeriodInDays of every verified domain whose passwords Entra ID keeps (authenticationType
#   Managed). 2147483647 stands for never. Null stands for the service's default, which is never in tenants made since
#   2021 and was 90 days before; it is taken as never, as CISA's baseline does. A child domain without a value of its
#   own follows its root. Federated and unverified domains are left out, the initial onmicrosoft domain is not.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/microsoft-365/admin/manage/set-password-expiration-policy
#     description: Expiry of passwords
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/domain
#     description: domain in Microsoft Graph
# custom:
#   id: AU023
#   severity: low
#   requires: [domains]
#   tags: [passwords, domains, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: none}
#   rationale: >-
#     Who must change a good password every few months makes a series of weak ones, and the next of the series is
#     guessed from the last. What ends a leaked password is its detection and MFA, not the calendar.
#   remediation: >-
#     Microsoft 365 admin center > Settings > Org settings > Security & privacy > Password expiration policy:
#     passwords never expire. In Graph: PATCH /domains/{id} {"passwordValidityPeriodInDays": 2147483647} for every
#     root domain.
#   mappings:
#     scuba: [MS.AAD.6.1v1]
#     prowler: [admincenter_settings_password_never_expire]
#     secure_score: [PWAgePolicyNew]
#     cis_m365: ["1.3.1"]
#     mitre_attack: [T1110]
#     nist_800_53: [IA-5(1)]
package tenantlint.checks.authentication.passwords_do_not_expire

import data.tenantlint.lib.findings as lib
import data.tenantlint.lib.settings
import rego.v1

domains := [domain |
	some domain in lib.collection("domains")
	is_object(domain)
	not settings.truth(object.get(domain, "isVerified", null)) == false
	not settings.folded(object.get(domain, "authenticationType", null)) == "federated"
]

findings contains finding if {
	some domain in domains
	days := settings.number(object.get(domain, "passwordValidityPeriodInDays", null))
	expires(days)
	finding := {
		"resource": resource(domain),
		"message": sprintf("Passwords of the domain expire after %d days.", [days]),
		"evidence": {"/passwordValidityPeriodInDays": days},
		"pointer": "/passwordValidityPeriodInDays",
		"depends_on": unknowns(domain),
	}
}

# A root domain that tells nothing of expiry, while a child follows its root.
findings contains finding if {
	some domain in domains
	not follows_root(domain)
	told := object.get(domain, "passwordValidityPeriodInDays", "not told")
	told != null
	settings.number(told) == null
	finding := {
		"resource": resource(domain),
		"message": "The snapshot does not tell whether passwords of the domain expire.",
		"evidence": {"/passwordValidityPeriodInDays": told},
		"depends_on": ["passwordValidityPeriodInDays"],
	}
}

expires(days) if {
	days != null
	days != 2147483647
}

follows_root(domain) if settings.truth(object.get(domain, "isRoot", null)) == false

# A domain may turn out to be federated or unverified.
unknowns(domain) := array.concat(
	["isVerified" | settings.truth(object.get(domain, "isVerified", null)) == null],
	["authenticationType" | not settings.folded(object.get(domain, "authenticationType", null)) == "managed"],
)

resource(domain) := lib.resource("domain", object.get(domain, "id", ""), object.get(domain, "id", ""))

not_applicable contains "The tenant keeps passwords for none of its domains." if count(domains) == 0
