# Settings of mail policies, judged for every layer that somebody reaches (facts mail_protection.*).
#
# `findings` takes an `ask`: {layers, product, wants, presets?}. `product` is a word for the kind of policy, such as
# `anti-spam`. `presets: false` passes over the policies that Microsoft keeps, for settings that nobody can change
# there. A want names a property and what is to stand there:
#   {"property": P, "is": true}                       a switch
#   {"property": P, "among": [...], "known": [...]}   one of these; a value beside `known` (optional) is not understood
#   {"property": P, "least": 3, "most": 6}            a number; either bound may be left out
#   {"property": P, "permitted": [...]}               a list with no other entries than these
#   {"property": P, "holds": [...]}                   a list with all of these
#   {"property": P, "filled": true}                   a list with at least one entry
#   {"any": [[want, ...], ...], "words": W}           one of these groups of wants; else W is what the policy does
# Texts are compared without regard to case. Where the snapshot lacks a setting of Microsoft's own policies (Standard,
# Strict, built-in), the documented value counts.
package tenantlint.lib.mail_settings

import data.tenantlint.lib.mail
import data.tenantlint.lib.settings
import rego.v1

findings(ask) := {finding |
	some layer in ask.layers
	layer.reached != "none"
	not passed_over(ask, layer)
	verdicts := [verdict(layer, want) | some want in ask.wants]
	flaws := {one.words | some one in verdicts; one.state == "bad"}
	unknowns := {unknown | some one in verdicts; one.state == "unknown"; some unknown in one.unknowns}
	count(flaws) + count(unknowns) > 0
	evidence := {"settings": {name: value |
		some one in verdicts
		some name in one.properties
		value := read(layer, name)
	}}
	message := sprintf("%s %s.", [mail.subject(ask.product, layer), shortcoming(layer, verdicts)])
	finding := object.union(mail.finding(layer, ask.layers, flaws, unknowns, message, evidence), place(layer, verdicts))
}

# Findings for those for whom no policy is left at all.
unprotected(ask) := {finding |
	some layer in ask.layers
	layer.layer == "none"
	layer.reached != "none"
	message := mail.nobodys(ask.product, layer)
	finding := mail.finding(layer, ask.layers, {"none"}, set(), message, {"settings": {}})
}

passed_over(_, layer) if layer.layer == "none"

passed_over(ask, layer) if {
	object.get(ask, "presets", true) == false
	mail.managed(layer)
}

# {state, words, unknowns, properties} of one want.
verdict(layer, want) := {
	"state": found,
	"words": words(layer, want),
	"unknowns": unknowns_of(layer, {want.property}),
	"properties": [want.property],
} if {
	found := state(layer, want)
} else := {
	"state": best({worst({state(layer, one) | some one in group}) | some group in want.any}),
	"words": want.words,
	"unknowns": unknowns_of(layer, {one.property | some one in all_of(want); state(layer, one) == "unknown"}),
	"properties": [one.property | some one in all_of(want)],
}

all_of(want) := {one | some group in want.any; some one in group}

worst(states) := "bad" if {
	"bad" in states
} else := "unknown" if {
	"unknown" in states
} else := "good"

best(states) := "good" if {
	"good" in states
} else := "unknown" if {
	"unknown" in states
} else := "bad"

unknowns_of(layer, names) := {layer.policy_unknown} if {
	layer.policy == null
	not mail.managed(layer)
} else := {sprintf("%s of the policy %s", [name, layer.name]) | some name in names}

# `good`, `bad` or `unknown`; undefined for a want that is no plain one.
state(layer, want) := settings.switch_state(settings.truth(read(layer, want.property)), want.is)

state(layer, want) := settings.choice_state(
	settings.folded(read(layer, want.property)),
	object.union({"allowed": want.among}, {"known": known | known := want.known}),
)

state(layer, want) := settings.within_state(settings.number(read(layer, want.property)), want) if bounded(want)

state(layer, want) := list_state(entries(layer, want.property), want) if about_list(want)

bounded(want) if want.least

bounded(want) if want.most

about_list(want) if want.permitted

about_list(want) if want.holds

about_list(want) if want.filled

list_state(found, want) := "unknown" if {
	found == null
} else := "good" if {
	count(amiss(found, want)) == 0
} else := "bad"

# What a list has too much or lacks.
amiss(found, want) := [entry | some entry in found; not within(entry, want.permitted)] if {
	want.permitted
} else := [entry | some entry in want.holds; not within(entry, found)] if {
	want.holds
} else := ["nothing" | count(found) == 0]

within(entry, list) if {
	some other in list
	address(other) == address(entry)
}

# Protected people are written `Name;address`: the address is what counts.
address(entry) := lower(trim_space(parts[count(parts) - 1])) if {
	parts := split(entry, ";")
}

# The entries of a list as texts; null when the policy does not tell it. Exchange writes an empty list as null or "",
# and some entries as objects.
entries(layer, property) := [text(entry) | some entry in mail.listed(read(layer, property))] if {
	told(layer, property)
} else := null

text(entry) := entry if {
	is_string(entry)
} else := found if {
	some path in [["Domain"], ["Sender", "Address"], ["Address"]]
	is_object(entry)
	found := object.get(entry, path, null)
	is_string(found)
} else := "an entry that is no text"

told(layer, property) if settings.has(layer.policy, property)

told(layer, property) if property in object.keys(documented_of(layer))

# A setting as it stands in the policy, else as Microsoft documents it for a policy of its own, else null.
read(layer, property) := settings.value(layer.policy, property) if {
	settings.has(layer.policy, property)
} else := object.get(documented_of(layer), property, null)

documented_of(layer) := object.get(documented, layer.layer, {})

# What the policy does with a setting that is not as wanted.
words(layer, want) := sprintf("has %s %s", [want.property, other_way[want.is]]) if {
	is_boolean(want.is)
} else := sprintf("has %s in %s", [mail.shortened(amiss(found, want)), want.property]) if {
	want.permitted
	found := entries(layer, want.property)
	is_array(found)
} else := sprintf("lacks %s in %s", [mail.shortened(amiss(found, want)), want.property]) if {
	want.holds
	found := entries(layer, want.property)
	is_array(found)
} else := sprintf("has nothing in %s", [want.property]) if {
	want.filled
} else := sprintf("has %s %v", [want.property, read(layer, want.property)])

other_way := {true: "off", false: "on"}

shortcoming(layer, verdicts) := concat(" and ", flaws) if {
	flaws := [one.words | some one in verdicts; one.state == "bad"]
	count(flaws) > 0
} else := "is not in the snapshot" if {
	layer.policy == null
} else := sprintf("does not tell %s", [concat(", ", untold)]) if {
	untold := [name | some one in verdicts; one.state == "unknown"; some name in one.properties]
}

# Where the source shows it: the first setting that is wrong, else the first that was not understood.
place(layer, verdicts) := {"pointer": sprintf("/%s", [names[0]])} if {
	names := [settings.spelling(layer.policy, name) |
		some wanted in ["bad", "unknown"]
		some one in verdicts
		one.state == wanted
		some name in one.properties
		settings.has(layer.policy, name)
	]
	count(names) > 0
} else := {}

# Values that Microsoft gives to its own policies and nobody can change, as documented at
# learn.microsoft.com/defender-office-365/recommended-settings-for-eop-and-office365.
documented := {
	"standard": object.union(preset, {
		"PhishThresholdLevel": 3,
		"MailboxIntelligenceProtectionAction": "MoveToJmf",
		"AuthenticationFailAction": "MoveToJmf",
		"SpamAction": "MoveToJmf",
		"BulkSpamAction": "MoveToJmf",
		"BulkThreshold": 6,
	}),
	"strict": object.union(preset, {
		"PhishThresholdLevel": 4,
		"MailboxIntelligenceProtectionAction": "Quarantine",
		"AuthenticationFailAction": "Quarantine",
		"SpamAction": "Quarantine",
		"BulkSpamAction": "Quarantine",
		"BulkThreshold": 5,
	}),
	"built_in": object.union(links, {"EnableForInternalSenders": false, "AllowClickThrough": true}),
}

preset := object.union_n([links, phishing, spam, malware])

links := {
	"EnableSafeLinksForEmail": true,
	"EnableSafeLinksForTeams": true,
	"EnableSafeLinksForOffice": true,
	"ScanUrls": true,
	"DeliverMessageAfterScan": true,
	"EnableForInternalSenders": true,
	"TrackClicks": true,
	"AllowClickThrough": false,
}

phishing := {
	"Enabled": true,
	"EnableTargetedUserProtection": true,
	"TargetedUserProtectionAction": "Quarantine",
	"EnableOrganizationDomainsProtection": true,
	"EnableTargetedDomainsProtection": true,
	"TargetedDomainProtectionAction": "Quarantine",
	"EnableMailboxIntelligence": true,
	"EnableMailboxIntelligenceProtection": true,
	"EnableSimilarUsersSafetyTips": true,
	"EnableSimilarDomainsSafetyTips": true,
	"EnableUnusualCharactersSafetyTips": true,
	"EnableFirstContactSafetyTips": true,
	"EnableSpoofIntelligence": true,
	"EnableUnauthenticatedSender": true,
	"EnableViaTag": true,
	"HonorDmarcPolicy": true,
}

spam := {
	"HighConfidenceSpamAction": "Quarantine",
	"PhishSpamAction": "Quarantine",
	"HighConfidencePhishAction": "Quarantine",
	"MarkAsSpamBulkMail": "On",
	"QuarantineRetentionPeriod": 30,
	"InlineSafetyTipsEnabled": true,
	"SpamZapEnabled": true,
	"PhishZapEnabled": true,
	"AllowedSenders": [],
	"AllowedSenderDomains": [],
	"IncreaseScoreWithImageLinks": "Off",
	"IncreaseScoreWithNumericIps": "Off",
	"IncreaseScoreWithRedirectToOtherPort": "Off",
	"IncreaseScoreWithBizOrInfoUrls": "Off",
	"MarkAsSpamEmptyMessages": "Off",
	"MarkAsSpamJavaScriptInHtml": "Off",
	"MarkAsSpamFramesInHtml": "Off",
	"MarkAsSpamObjectTagsInHtml": "Off",
	"MarkAsSpamEmbedTagsInHtml": "Off",
	"MarkAsSpamFormTagsInHtml": "Off",
	"MarkAsSpamWebBugsInHtml": "Off",
	"MarkAsSpamSensitiveWordList": "Off",
	"MarkAsSpamSpfRecordHardFail": "Off",
	"MarkAsSpamFromAddressAuthFail": "Off",
	"MarkAsSpamNdrBackscatter": "Off",
}

malware := {
	"EnableFileFilter": true,
	"FileTypes": split(file_types, " "),
	"ZapEnabled": true,
	"EnableInternalSenderNotifications": false,
}

file_types := concat(" ", [
	"ace ani apk app appx arj bat cab cmd com deb dex dll docm elf exe hta img iso jar jnlp kext lha lib library lnk",
	"lzh macho msc msi msix msp mst pif ppa ppam reg rev scf scr sct sys uif vb vbe vbs vxd wsc wsf wsh xll xz z",
])
