# METADATA
# title: Entries of the allow list end, and soon
# description: >-
#   Looks at the entries of the Tenant Allow/Block List that allow something: each has to end within `max_days`. An
#   entry without a date never ends.
# related_resources:
#   - ref: https://learn.microsoft.com/defender-office-365/tenant-allow-block-list-about
#     description: The Tenant Allow/Block List
# custom:
#   id: DO046
#   severity: medium
#   requires: [tenant_allow_block_list_items]
#   tags: [mail, allow-lists, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     An allow entry is made in a hurry, for one message that was held. It lets through whatever comes from that
#     sender, link or file afterwards, and nobody remembers it when the sender is taken over a year later.
#   remediation: >-
#     Microsoft Defender portal, Email & collaboration, Policies & rules, Threat policies, Tenant Allow/Block Lists:
#     give the entry a date of at most 45 days after last use, or remove it (Set-TenantAllowBlockListItems
#     -ExpirationDate, Remove-TenantAllowBlockListItems). Report the message to Microsoft, so that the filter learns.
#   parameters:
#     max_days:
#       type: integer
#       default: 45
#       meaning: >-
#         the most days until an entry ends; 45 days is what the service itself offers for entries that are made from
#         reports
#   mappings:
#     mitre_attack: [T1566]
#     nist_800_53: [AC-4, SI-8]
package tenantlint.checks.defender_office.allow_entries_end

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

# The last day on which an entry may end, as dates are written: they compare as texts.
latest := sprintf("%04d-%02d-%02d", time.date(time.parse_rfc3339_ns(input.now) + allowed)) if {
	allowed := ((input.parameters.max_days * 24) * 3600) * 1000000000
}

findings contains finding if {
	some item in results.collection("tenant_allow_block_list_items")
	settings.folded(settings.value(item, "Action")) == "allow"
	ends := last_day(settings.value(item, "ExpirationDate"))
	some finding in settings.verdict(ask(item, ends), state(ends))
}

# An entry whose action is not told may be one that allows.
findings contains finding if {
	some item in results.collection("tenant_allow_block_list_items")
	not is_string(settings.value(item, "Action"))
	some finding in settings.verdict(object.union(ask(item, "not told"), {"property": "Action"}), "unknown")
}

ask(item, ends) := {
	"resource": results.resource("tenantAllowBlockListItem", identity(item), value_of(item)),
	"object": item,
	"property": "ExpirationDate",
	"about": sprintf("whether and until when the list allows %s", [value_of(item)]),
	"observed": sprintf("The entry that allows %s %s.", [value_of(item), in_words(ends)]),
	"evidence": {name: settings.value(item, name) | some name in ["ListType", "Action", "Notes"]},
}

identity(item) := results.text(settings.value(item, "Identity"), value_of(item))

value_of(item) := results.text(settings.value(item, "Value"), "an entry without a value")

last_day(date) := "never" if {
	date in [null, ""]
} else := substring(date, 0, 10) if {
	is_string(date)
	regex.match(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)`, date)
} else := "not told"

state(ends) := "bad" if {
	ends == "never"
} else := "unknown" if {
	ends == "not told"
} else := "bad" if {
	ends > latest
} else := "good"

in_words(ends) := "never ends" if {
	ends == "never"
} else := sprintf("ends on %s only", [ends])
