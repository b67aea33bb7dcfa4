# METADATA
# title: DMARC rejects all forged mail, on subdomains too
# description: >-
#   Judges the policy that receivers apply to each accepted domain: the tag p of its own record, sp of the record above
#   it, in all letter cases and orders that RFC 7489 allows, and for all mail (pct; t=y asks receivers only to test).
#   Of an organization's own domain sp and np must be as strict, since strangers can invent subdomains. No DMARC policy
#   at all rejects nothing. A failed lookup leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/email-authentication-dmarc-configure
#     description: Setting up DMARC for the domains of a tenant
# custom:
#   id: EX006
#   severity: medium
#   requires: [dns_records]
#   refines: [accepted_domains]
#   facts: [dmarc]
#   tags: [mail, spoofing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: high, user_impact: low}
#   rationale: >-
#     A policy of none only watches. Mail that forges the domain still reaches inboxes, and a policy that holds for
#     part of the mail, or not for subdomains, leaves a way that fraudsters try first.
#   remediation: >-
#     Read the reports until every genuine sender passes, then set p=reject without pct, sp and np in the TXT record at
#     _dmarc of the domain: at its DNS host, and for an onmicrosoft.com domain in the Microsoft 365 admin center,
#     Settings, Domains, DNS records (Resolve-DnsName _dmarc.contoso.example -Type TXT shows what receivers see).
#   parameters:
#     accepted_policies:
#       type: array
#       default: [reject]
#       meaning: policies that count as strict; quarantine leaves forged mail in reach of whoever opens the junk folder
#     min_percent:
#       type: integer
#       default: 100
#       meaning: the least share of mail (pct) that the policy must hold for; less is a step of a roll-out
#   mappings:
#     scuba: [MS.EXO.4.2v1]
#     maester: [MT.1182]
#     mitre_attack: [T1566, T1672]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.dmarc_rejects

import data.tenantlint.lib.mail_domains
import rego.v1

accepted := {lower(policy) | some policy in input.parameters.accepted_policies}

findings contains mail_domains.finding(entry, mail_domains.without_policy(entry), [], {"state": entry.state}) if {
	some entry in input.facts.dmarc.domains
	entry.state in {"absent", "several", "void"}
}

findings contains mail_domains.unread(entry) if {
	some entry in input.facts.dmarc.domains
	entry.state == "unknown"
}

findings contains mail_domains.finding(entry, message, [], evidence) if {
	some entry in input.facts.dmarc.domains
	entry.state in {"own", "inherited"}
	told := sort(flaws(entry))
	count(told) > 0
	message := sprintf("DMARC of %s%s %s.", [entry.domain, mail_domains.origin(entry), concat(", ", told)])
	evidence := {
		"policy": entry.policy,
		"subdomain_policy": entry.below,
		"policy_of_absent_subdomains": entry.missing,
		"percent": entry.percent,
		"testing": entry.testing,
		"from": entry.from,
	}
}

# What is wrong. Each policy is named once: that of subdomains only where the one above it is strict.
flaws(entry) := {sprintf("asks for %s", [entry.policy])} | others(entry) if {
	not entry.policy in accepted
} else := {sprintf("asks for %s on subdomains", [entry.below])} | others(entry) if {
	lax(entry.below)
} else := {sprintf("asks for %s on subdomains that do not exist", [entry.missing])} | others(entry) if {
	lax(entry.missing)
} else := others(entry)

lax(policy) if {
	policy != null
	not policy in accepted
}

others(entry) := {flaw |
	entry.percent < input.parameters.min_percent
	flaw := sprintf("holds for %d percent of the mail", [entry.percent])
} | {"is only being tested" | entry.testing}
