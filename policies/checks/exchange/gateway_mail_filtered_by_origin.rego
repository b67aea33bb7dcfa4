# METADATA
# title: Behind a mail gateway enhanced filtering sees the true sender
# description: >-
#   Looks for accepted domains whose MX points to somebody else, such as a filtering service or a server of your
#   own, and then for an enabled inbound connector with enhanced filtering for all recipients. Which connector
#   takes which domain's mail cannot be read, so one is enough. Domains without the MX in the snapshot leave the
#   verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/mdo-integrate-security-service
#     description: Defender for Office 365 behind the service of somebody else
# custom:
#   id: EX034
#   severity: high
#   requires: [accepted_domains, dns_records, inbound_connectors]
#   facts: [mail_flow]
#   tags: [mail, phishing, gateway]
#   bucket: situational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     All mail then comes from the gateway's addresses. SPF, DMARC and the reputation of senders are judged for the
#     gateway instead of the true sender, so that forged mail looks like all the rest and Defender is half blind.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Enhanced filtering: the
#     connector, automatically detect and skip the last IP address, for the entire organization
#     (Set-InboundConnector -Identity Gateway -EFSkipLastIP $true).
#   mappings:
#     orca: [ORCA.233, ORCA.233.1]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.gateway_mail_filtered_by_origin

import data.tenantlint.lib.findings as results
import rego.v1

flow := input.facts.mail_flow

behind := [domain | some domain in flow.domains; domain.route in {"gateway", "both"}]

unknown := [domain.domain | some domain in flow.domains; domain.route == "unknown"]

enhanced := [connector |
	some connector in flow.connectors
	connector.enhanced
	connector.enabled != false
]

complete if {
	some connector in enhanced
	connector.enabled == true
	connector.everyone
}

connectors := [told |
	some connector in flow.connectors
	told := {name: connector[name] | some name in ["name", "enabled", "enhanced", "everyone"]}
]

findings contains {
	"resource": domain.resource,
	"message": sprintf("Mail to %s comes through %s, and %s.", [domain.domain, concat(", ", domain.mx), why]),
	"principals": [{"kind": "domain", "id": domain.domain, "name": domain.domain}],
	"depends_on": doubts,
	"evidence": {"mx": domain.mx, "connectors": connectors},
} if {
	not complete
	some domain in behind
}

doubts := [sprintf("Enabled of the inbound connector %s", [connector.name]) |
	some connector in enhanced
	connector.enabled == null
]

why := "enhanced filtering works for chosen recipients only" if {
	count(enhanced) > 0
} else := "no inbound connector looks behind it"

findings contains {
	"resource": results.tenant,
	"message": sprintf("The snapshot does not tell where MX points for %s.", [
		results.counted(count(unknown), "domain", "domains"),
	]),
	"depends_on": [sprintf("the MX records of %s", [name]) | some name in unknown],
	"evidence": {"domains": unknown},
} if {
	not complete
	count(unknown) > 0
}

not_applicable contains "MX of every domain points to Exchange Online, or the domain takes no mail." if {
	count(behind) + count(unknown) == 0
}
