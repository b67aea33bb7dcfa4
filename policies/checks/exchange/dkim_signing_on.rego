# METADATA
# title: Outgoing mail of every domain is signed with DKIM
# description: >-
#   Goes through the accepted domains that send mail and looks for a signing configuration that is on and whose keys
#   are published. Exchange signs a domain without one with the tenant's onmicrosoft.com domain, which does not align
#   with the sender for DMARC. onmicrosoft.com domains are signed without any configuration, so they count only where
#   their own configuration switches signing off. Domains whose sending is disabled and those named in the parameter
#   are left out. Without the accepted domains those whose DNS was read stand in for them; without either
#   the verdict stays open, since a domain that lacks a configuration would not show.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure
#     description: Setting up DKIM for the domains of a tenant
#   - ref: https://learn.microsoft.com/powershell/module/exchange/set-dkimsigningconfig
#     description: Set-DkimSigningConfig
# custom:
#   id: EX002
#   severity: medium
#   requires: [dkim_signing_configs]
#   refines: [accepted_domains, dns_records]
#   tags: [mail, spoofing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: medium, user_impact: none}
#   rationale: >-
#     Without a signature of the sending domain receivers cannot tell your invoices from forged ones once a message
#     has been forwarded, and a DMARC policy of reject either loses genuine mail or is never dared. Fraudsters choose
#     domains that are left in that state.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Email authentication
#     settings, DKIM: publish the two CNAME records shown for the domain, then switch signing on
#     (New-DkimSigningConfig -DomainName contoso.example -Enabled $true; Set-DkimSigningConfig -Identity
#     contoso.example -Enabled $true).
#   parameters:
#     domains_without_mail:
#       type: array
#       default: []
#       meaning: domains that never send mail (publish an SPF record with -all and a DMARC policy of reject for them)
#   mappings:
#     scuba: [MS.EXO.3.1v1]
#     cis_m365: ["2.1.9"]
#     orca: [ORCA.108, ORCA.108.1]
#     prowler: [defender_domain_dkim_enabled]
#     mitre_attack: [T1566]
#     nist_800_53: [SC-8]
package tenantlint.checks.exchange.dkim_signing_on

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import rego.v1

configs := results.collection("dkim_signing_configs")

accepted := results.collection("accepted_domains")

# Public DNS is read for the domains that the tenant accepts mail for, so it stands in for their list.
looked_up := results.collection("dns_records") if {
	count(accepted) == 0
} else := []

silent := {lower(domain) | some domain in input.parameters.domains_without_mail}

name_of(item, property) := lower(results.text(object.get(item, property, null), "unknown"))

# Domains that may send; without the list, those that were looked up or have a configuration.
senders contains {"name": name, "item": domain} if {
	some domain in accepted
	name := name_of(domain, "DomainName")
	object.get(domain, "SendingFromDomainDisabled", null) != true
	not name in silent
}

senders contains {"name": name, "item": {}} if {
	count(accepted) == 0
	some name in [each | some config in configs; each := name_of(config, "Domain")]
	not name in silent
}

senders contains {"name": name, "item": {}} if {
	some name in [each | some records in looked_up; each := name_of(records, "domain")]
	not name in silent
}

signed_by_microsoft(sender) if endswith(sender.name, ".onmicrosoft.com")

signed_by_microsoft(sender) if endswith(sender.name, ".onmicrosoft.us")

signed_by_microsoft(sender) if endswith(sender.name, ".partner.onmschina.cn")

signed_by_microsoft(sender) if object.get(sender.item, "InitialDomain", null) == true

configured(sender) := [config | some config in configs; name_of(config, "Domain") == sender.name]

finding(config, message, depends_on) := {
	"resource": results.resource(
		"dkimSigningConfig",
		mail.identity(config, ["Guid", "Domain", "Identity"]),
		name_of(config, "Domain"),
	),
	"message": message,
	"principals": [{"kind": "domain", "id": name_of(config, "Domain"), "name": name_of(config, "Domain")}],
	"depends_on": depends_on,
	"evidence": {name: object.get(config, name, null) |
		some name in ["Domain", "Enabled", "Status", "Selector1CNAME", "Selector2CNAME"]
	},
}

findings contains finding(config, message, []) if {
	some sender in senders
	some config in configured(sender)
	object.get(config, "Enabled", null) == false
	message := sprintf("DKIM signing is switched off for %s.", [sender.name])
}

findings contains finding(config, message, []) if {
	some sender in senders
	some config in configured(sender)
	object.get(config, "Enabled", null) == true
	status := object.get(config, "Status", null)
	is_string(status)
	lower(status) != "valid"
	message := sprintf("DKIM signing is on for %s, but Exchange reports its state as %s.", [sender.name, status])
}

findings contains finding(config, message, [unknown]) if {
	some sender in senders
	some config in configured(sender)
	not is_boolean(object.get(config, "Enabled", null))
	unknown := sprintf("whether DKIM signing is on for %s", [sender.name])
	message := sprintf("The signing configuration of %s does not tell whether it is on.", [sender.name])
}

findings contains absent if {
	some sender in senders
	count(configured(sender)) == 0
	not signed_by_microsoft(sender)
	absent := {
		"resource": results.resource(
			"acceptedDomain",
			mail.identity(object.union({"DomainName": sender.name}, sender.item), ["Guid", "DomainName", "Identity"]),
			sender.name,
		),
		"message": sprintf("%s has no DKIM signing configuration: its mail is not signed in its own name.", [sender.name]),
		"principals": [{"kind": "domain", "id": sender.name, "name": sender.name}],
		"evidence": {
			"DomainType": object.get(sender.item, "DomainType", null),
			"configured_domains": sort([name | some config in configs; name := name_of(config, "Domain")]),
		},
	}
}

findings contains unlisted if {
	count(accepted) + count(looked_up) == 0
	unlisted := {
		"resource": results.tenant,
		"message": "The snapshot does not tell which domains send mail, so that one without DKIM would not show.",
		"depends_on": ["the accepted domains (accepted_domains)"],
		"evidence": {"configured_domains": sort([name | some config in configs; name := name_of(config, "Domain")])},
	}
}
