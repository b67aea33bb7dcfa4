# METADATA
# title: Mail is not forwarded automatically to outside addresses
# description: >-
#   Two controls decide whether mail that arrives may be forwarded outside by an inbox rule or a mailbox setting, and
#   either one alone blocks it: the remote domain of the destination (AutoForwardEnabled) and the outbound spam
#   policy of the sender (AutoForwardingMode, where Automatic today means off). A finding needs both open. Outbound
#   policies are taken in their order (custom rules by priority, then the default one). Where one of the two is not
#   known and the other open, the verdict stays open. Mail flow rules that block or redirect are not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding
#     description: How the controls of automatic external forwarding work together
#   - ref: https://learn.microsoft.com/exchange/mail-flow-best-practices/remote-domains/remote-domains
#     description: Remote domains in Exchange Online
# custom:
#   id: EX001
#   severity: high
#   requires: [remote_domains|hosted_outbound_spam_filter_policies]
#   refines: [hosted_outbound_spam_filter_rules, accepted_domains]
#   facts: [mail_protection.outbound_spam]
#   tags: [mail, exfiltration, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     A forwarding rule is the first thing that an intruder sets in a mailbox: it keeps sending copies after the
#     password is changed, and it hides the answers of a payment fraud from the victim. Staff who forward work mail
#     to private accounts carry the same data out of reach of retention and audit.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Anti-spam, outbound
#     policies: Automatic forwarding rules: Off (Set-HostedOutboundSpamFilterPolicy -AutoForwardingMode Off). And
#     Exchange admin center, Mail flow, Remote domains: no automatic forwarding (Set-RemoteDomain Default
#     -AutoForwardEnabled $false). For a partner that must get forwarded mail, make a remote domain of its own and a
#     custom outbound policy for the few senders, and name the domain in the parameter.
#   parameters:
#     allowed_domains:
#       type: array
#       default: []
#       meaning: >-
#         remote domains to which forwarding is agreed, as they stand in DomainName; `*` is never taken, since it
#         would allow every destination
#   mappings:
#     secure_score: [mdo_autoforwardingmode, mdo_blockmailforward]
#     scuba: [MS.EXO.1.1v2]
#     prowler: [defender_antispam_outbound_policy_forwarding_disabled]
#     mitre_attack: [T1114.003]
#     nist_800_53: [AC-4]
package tenantlint.checks.exchange.automatic_external_forwarding_off

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import rego.v1

layers := [layer |
	some layer in input.facts.mail_protection.outbound_spam.layers
	layer.reached != "none"
]

mode(layer) := lower(value) if {
	value := mail.setting(layer, "AutoForwardingMode")
	is_string(value)
	lower(value) in {"automatic", "off", "on"}
} else := "unknown"

opening := [layer | some layer in layers; not mode(layer) in {"off", "automatic"}]

# The policies that certainly let somebody forward.
open_layers := [layer | some layer in opening; mode(layer) == "on"; layer.reached == "certain"]

# What is not known about the senders; nothing once somebody certainly may.
sender_unknowns := set() if {
	count(open_layers) > 0
} else := {unknown | some layer in opening; some unknown in doubts(layer)}

doubts(layer) := ({doubt | some doubt in layer.depends_on} | {layer.policy_unknown |
	layer.policy_unknown != null
}) | {doubt |
	mode(layer) == "unknown"
	layer.policy_unknown == null
	doubt := sprintf("AutoForwardingMode of the outbound spam policy %s", [layer.name])
}

agreed := {lower(domain) | some domain in input.parameters.allowed_domains; domain != "*"}

remote_domains := results.collection("remote_domains")

name_of(domain) := results.text(object.get(domain, "DomainName", null), "an unnamed remote domain")

# Destinations that may be open, each with what is not known about it.
destinations contains {"domain": domain, "unknowns": set()} if {
	some domain in remote_domains
	object.get(domain, "AutoForwardEnabled", null) == true
	not lower(name_of(domain)) in agreed
}

destinations contains {"domain": domain, "unknowns": {unknown}} if {
	some domain in remote_domains
	not is_boolean(object.get(domain, "AutoForwardEnabled", null))
	not lower(name_of(domain)) in agreed
	unknown := sprintf("AutoForwardEnabled of the remote domain %s", [name_of(domain)])
}

findings contains finding if {
	count(opening) > 0
	some destination in destinations
	domain := destination.domain
	finding := {
		"resource": results.resource(
			"remoteDomain",
			mail.identity(domain, ["Guid", "Identity", "Name", "DomainName"]),
			name_of(domain),
		),
		"message": sprintf("Mail %s forwarded automatically to %s%s.", [
			certainty(destination.unknowns | sender_unknowns),
			place(domain),
			by_whom,
		]),
		"principals": senders,
		"depends_on": sort(destination.unknowns | sender_unknowns),
		"evidence": {
			"DomainName": object.get(domain, "DomainName", null),
			"AutoForwardEnabled": object.get(domain, "AutoForwardEnabled", null),
			"outbound_policies": outbound_policies,
		},
		"pointer": "/AutoForwardEnabled",
	}
}

# Every tenant has the remote domain `*`; without it nothing is known of the other destinations.
findings contains finding if {
	count(opening) > 0
	not default_known
	finding := {
		"resource": results.tenant,
		"message": sprintf("Mail may be forwarded automatically%s: %s.", [
			by_whom,
			"the snapshot lacks the default remote domain",
		]),
		"principals": senders,
		"depends_on": sort({"the default remote domain (remote_domains)"} | sender_unknowns),
		"evidence": {"outbound_policies": outbound_policies},
	}
}

default_known if {
	some domain in remote_domains
	name_of(domain) == "*"
}

certainty(unknowns) := "may be" if {
	count(unknowns) > 0
} else := "can be"

place(domain) := "every outside address" if {
	name_of(domain) == "*"
} else := sprintf("addresses in %s", [name_of(domain)])

by_whom := sprintf(" by the senders of the outbound spam policy %s", [mail.shortened(names)]) if {
	count(open_layers) > 0
	names := [layer.name | some layer in open_layers]
} else := ""

senders := [sender | some layer in open_layers; some sender in layer.who]

outbound_policies := [policy |
	some layer in layers
	policy := {
		"policy": layer.name,
		"AutoForwardingMode": mail.setting(layer, "AutoForwardingMode"),
		"applies_to": layer.reaches,
		"reached": layer.reached,
	}
]
