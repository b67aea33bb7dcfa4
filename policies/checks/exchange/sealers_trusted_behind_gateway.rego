# METADATA
# title: A gateway's ARC seal is trusted, and no stranger's
# description: >-
#   A gateway that changes mail breaks its signatures; with an ARC seal it vouches for what it saw before. Where MX
#   points to a gateway, looks for at least one trusted sealer. A trusted sealer counts as a stranger unless it
#   shares its domain with a host of MX or stands in the parameter.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/email-authentication-arc-configure
#     description: Trusted ARC sealers
# custom:
#   id: EX035
#   severity: low
#   requires: [arc_config, dns_records, accepted_domains]
#   facts: [mail_flow]
#   tags: [mail, gateway, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: mail, effort: low, user_impact: none}
#   rationale: >-
#     Without the seal genuine mail that the gateway touched fails DMARC, and people learn to fetch it from
#     quarantine. A seal of a stranger that is trusted lets that stranger vouch for forged mail.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Email authentication
#     settings, ARC: add the domain with which the gateway seals, remove others (Set-ArcConfig -Identity Default
#     -ArcTrustedSealers gateway.example).
#   parameters:
#     permitted_sealers:
#       type: array
#       default: []
#       meaning: >-
#         domains that may vouch for mail beside those of MX, such as the sealing domain of your gateway or mailing
#         lists
#   mappings:
#     orca: [ORCA.243]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.sealers_trusted_behind_gateway

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

config := exchange.only("arc_config")

told if settings.has(config, "ArcTrustedSealers")

given := value if {
	value := settings.value(config, "ArcTrustedSealers")
	is_array(value)
} else := split(value, ",") if {
	value := settings.value(config, "ArcTrustedSealers")
	is_string(value)
} else := []

sealers := {lower(trim_space(name)) | some name in given; is_string(name); trim_space(name) != ""}

permitted := {lower(name) | some name in input.parameters.permitted_sealers}

domains := input.facts.mail_flow.domains

hosts := {host | some domain in domains; domain.route in {"gateway", "both"}; some host in domain.mx}

unknown := [domain.domain | some domain in domains; domain.route == "unknown"]

known(sealer) if sealer in permitted

known(sealer) if {
	some host in hosts
	endswith(sprintf(".%s", [host]), sprintf(".%s", [sealer]))
}

common := {
	"resource": exchange.holder("arcConfig", config),
	"evidence": {"ArcTrustedSealers": sort(sealers), "mx": sort(hosts)},
	"pointer": "/ArcTrustedSealers",
}

findings contains object.union(common, {"key": "none", "message": message}) if {
	told
	count(sealers) == 0
	count(hosts) > 0
	message := sprintf("Mail comes through %s, and no ARC seal is trusted.", [concat(", ", sort(hosts))])
}

findings contains object.union(common, {"key": sealer, "message": message, "depends_on": doubts}) if {
	some sealer in sealers
	not known(sealer)
	message := sprintf("The ARC seal of %s is trusted, which is no host that MX names.", [sealer])
}

doubts := [sprintf("the MX records of %s", [name]) | some name in unknown]

findings contains object.union(common, {
	"key": "untold",
	"message": "The snapshot does not tell whose ARC seals are trusted.",
	"depends_on": ["ArcTrustedSealers"],
}) if {
	not told
	count(hosts) > 0
}

findings contains object.union(common, {
	"key": "mx",
	"message": sprintf("The snapshot does not tell where MX points for %s.", [
		results.counted(count(unknown), "domain", "domains"),
	]),
	"depends_on": doubts,
}) if {
	count(hosts) == 0
	count(sealers) == 0
	count(unknown) > 0
}

not_applicable contains "No domain takes its mail through a gateway, and no ARC seal is trusted." if {
	(count(hosts) + count(unknown)) + count(sealers) == 0
}
