# METADATA
# title: SPF of every domain fails senders whom nobody approved
# description: >-
#   Reads the SPF record of every accepted domain as RFC 7208 does and asks what becomes of mail from an address that
#   the record does not name: first match decides, redirect is followed where the target was looked up, an include
#   counts as open only where its own record passes everybody. Two records, an unknown mechanism and more than ten DNS
#   lookups make a record void. A failed lookup leaves the verdict open. Where an imported export holds only the other
#   tool's verdict and no record, a good one is taken over and a bad one leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/email-authentication-spf-configure
#     description: Setting up SPF for the domains of a tenant
# custom:
#   id: EX004
#   severity: medium
#   requires: [dns_records]
#   refines: [accepted_domains]
#   facts: [spf]
#   tags: [mail, spoofing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: medium, user_impact: low}
#   rationale: >-
#     A domain without a closed SPF record can stand in the envelope of anybody's mail. Fraudsters send invoices and
#     sign-in pages in its name, receivers cannot tell them from your own, and the domain's reputation pays for it.
#   remediation: >-
#     At the DNS host of the domain publish one TXT record that names every sender and ends in -all, such as v=spf1
#     include:spf.protection.outlook.com -all; v=spf1 -all for a domain without mail. Microsoft's part of it stands in
#     the Microsoft 365 admin center, Settings, Domains, DNS records (Get-MgDomainServiceConfigurationRecord).
#   parameters:
#     accepted_endings:
#       type: array
#       default: ["-all", "~all"]
#       meaning: >-
#         what a stranger may get: -all (fail) and ~all (softfail, which DMARC turns into a rejection). Receivers
#         treat ?all as no statement, so it is no sensible choice
#   mappings:
#     scuba: [MS.EXO.2.2v3]
#     orca: [ORCA.235]
#     secure_score: [exo_SPF_records_for_all_domains]
#     cis_m365: ["2.1.8"]
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SI-8, SC-20]
package tenantlint.checks.exchange.spf_fails_strangers

import data.tenantlint.lib.mail_domains
import rego.v1

endings := {"fail": "-all", "softfail": "~all", "neutral": "?all", "pass": "+all"}

what_happens := {
	"fail": "fails strangers outright",
	"softfail": "only marks mail from strangers as suspicious",
	"neutral": "says nothing about mail from strangers",
	"pass": "lets everybody send in its name",
}

findings contains mail_domains.finding(entry, message, [], evidence(entry)) if {
	some entry in input.facts.spf.domains
	ending := endings[entry.result]
	not ending in input.parameters.accepted_endings
	message := sprintf("The SPF record of %s %s.", [entry.domain, what_happens[entry.result]])
}

findings contains mail_domains.finding(entry, message, [], evidence(entry)) if {
	some entry in input.facts.spf.domains
	entry.result == "none"
	message := sprintf("%s has no SPF record.", [entry.domain])
}

findings contains mail_domains.finding(entry, message, [], evidence(entry)) if {
	some entry in input.facts.spf.domains
	entry.result == "permerror"
	message := sprintf("The SPF record of %s is void: %s.", [entry.domain, entry.why])
}

findings contains mail_domains.finding(entry, message, [entry.unknown], evidence(entry)) if {
	some entry in input.facts.spf.domains
	entry.result == "unknown"
	entry.told != true
	message := sprintf("The snapshot does not tell what SPF of %s does to strangers.", [entry.domain])
}

evidence(entry) := {
	"for_strangers": entry.result,
	"dns_lookups": entry.lookups,
	"not_looked_up": entry.unread,
	"verdict_of_the_source": entry.told,
}
