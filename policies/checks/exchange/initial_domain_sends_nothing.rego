# METADATA
# title: No mail goes out under the onmicrosoft domain
# description: >-
#   Looks whether sending from the domain that Microsoft gave the tenant is disabled. Only that domain is looked
#   at.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-accepteddomain
#     description: Set-AcceptedDomain
# custom:
#   id: EX029
#   severity: low
#   requires: [accepted_domains]
#   tags: [mail, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: medium, user_impact: medium}
#   rationale: >-
#     Every tenant has such a domain and shares its good and bad name with all others, so receivers distrust it and
#     Microsoft limits how much leaves from it. Spammers in a taken-over mailbox use it because nobody watches its
#     reports.
#   remediation: >-
#     First give every mailbox and group a primary address in a domain of your own, then Exchange Online
#     PowerShell: Set-AcceptedDomain -Identity contoso.onmicrosoft.com -SendingFromDomainDisabled $true. Exchange
#     admin center, Mail flow, Accepted domains shows the domain.
#   mappings:
#     maester: [MT.1076]
#     mitre_attack: [T1586.002]
#     nist_800_53: [CM-7]
package tenantlint.checks.exchange.initial_domain_sends_nothing

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.settings
import rego.v1

domains := results.collection("accepted_domains")

initial contains domain if {
	some domain in domains
	settings.truth(settings.value(domain, "InitialDomain")) == true
}

findings contains finding if {
	some domain in initial
	name := results.text(settings.value(domain, "DomainName"), "the initial domain")
	some finding in settings.switch({
		"resource": results.resource("acceptedDomain", mail.identity(domain, ["Guid", "DomainName", "Identity"]), name),
		"object": domain,
		"property": "SendingFromDomainDisabled",
		"wanted": true,
		"about": sprintf("whether mail may be sent from %s", [name]),
		"observed": sprintf("Mail may be sent from %s.", [name]),
	})
}

findings contains {
	"resource": results.tenant,
	"message": "The snapshot does not tell which accepted domain is the initial one.",
	"depends_on": ["InitialDomain of the accepted domains"],
	"evidence": {"DomainName": [object.get(domain, "DomainName", null) | some domain in domains]},
} if {
	count(initial) == 0
}
