# METADATA
# title: Mail from outside is marked for everybody
# description: >-
#   Two ways mark mail from outside: the External tag of Outlook, or a mail flow rule that works on all mail from
#   outside (enabled, enforced, no further condition) and puts something before the subject or on top of the text.
#   A rule whose exceptions take out all such mail marks nothing. Where the tag is not known and no rule marks
#   mail, the verdict stays open.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-externalinoutlook
#     description: The External tag of Outlook
# custom:
#   id: EX013
#   severity: medium
#   requires: [external_in_outlook|transport_rules]
#   tags: [mail, phishing, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A mail that poses as a colleague or the director works because it looks like one from inside. A mark on
#     everything that came from outside is the cheapest hint a reader can get at the moment of decision.
#   remediation: >-
#     Exchange Online PowerShell: Set-ExternalInOutlook -Enabled $true. Or Exchange admin center, Mail flow, Rules:
#     a rule for senders outside the organization that prepends [External] to the subject (New-TransportRule
#     -FromScope NotInOrganization -PrependSubject "[External] ").
#   mappings:
#     scuba: [MS.EXO.7.1v1]
#     orca: [ORCA.240]
#     prowler: [exchange_external_email_tagging_enabled]
#     cis_m365: ["6.2.3"]
#     mitre_attack: [T1566]
#     nist_800_53: [SI-8]
package tenantlint.checks.exchange.outside_mail_marked

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.settings
import rego.v1

tags := results.collection("external_in_outlook")

rules := results.collection("transport_rules")

tagged if {
	some tag in tags
	settings.truth(settings.value(tag, "Enabled")) == true
}

# Conditions under which a rule does not work on all mail from outside. Each rule has the properties of all conditions.
narrowing := {
	"From", "FromMemberOf", "SentTo", "SentToMemberOf", "SenderDomainIs", "RecipientDomainIs", "SubjectContainsWords",
	"SubjectOrBodyContainsWords", "SubjectMatchesPatterns", "SubjectOrBodyMatchesPatterns", "HeaderContainsMessageHeader",
	"HeaderMatchesMessageHeader", "FromAddressContainsWords", "FromAddressMatchesPatterns", "SenderIpRanges", "SCLOver",
	"AnyOfToHeader", "AnyOfToHeaderMemberOf", "AnyOfCcHeader", "AnyOfCcHeaderMemberOf", "AnyOfToCcHeader",
	"AnyOfToCcHeaderMemberOf", "RecipientAddressContainsWords", "RecipientAddressMatchesPatterns", "MessageTypeMatches",
	"AttachmentNameMatchesPatterns", "AttachmentExtensionMatchesWords", "AttachmentContainsWords", "MessageSizeOver",
	"SenderADAttributeContainsWords", "RecipientADAttributeContainsWords", "WithImportance", "HasClassification",
}

marks(rule) if {
	settings.folded(object.get(rule, "State", null)) == "enabled"
	settings.folded(object.get(rule, "Mode", null)) == "enforce"
	settings.folded(object.get(rule, "FromScope", null)) == "notinorganization"
	some action in ["PrependSubject", "ApplyHtmlDisclaimerText"]
	results.text(object.get(rule, action, null), "") != ""
	every name in narrowing {
		count(mail.listed(object.get(rule, name, null))) == 0
	}
	not settings.folded(object.get(rule, "SentToScope", null)) == "notinorganization"
	not settings.folded(object.get(rule, "ExceptIfFromScope", null)) == "notinorganization"
	not settings.folded(object.get(rule, "ExceptIfSentToScope", null)) == "inorganization"
}

marked if {
	some rule in rules
	marks(rule)
}

# Rules that look like the one that is wanted, with what keeps each from it.
near := [{name: object.get(rule, name, null) | some name in ["Name", "State", "Mode", "FromScope", "PrependSubject"]} |
	some rule in rules
	results.text(object.get(rule, "PrependSubject", null), "") != ""
]

unknowns contains "the External tag of Outlook (external_in_outlook)" if {
	not told
}

unknowns contains "the mail flow rules (transport_rules)" if results.status("transport_rules") != "ok"

told if {
	some tag in tags
	settings.truth(settings.value(tag, "Enabled")) == false
}

message := "Nothing marks mail from outside: the External tag of Outlook is off, and no mail flow rule does." if {
	count(unknowns) == 0
} else := "The snapshot does not tell whether mail from outside is marked."

findings contains {
	"resource": results.tenant,
	"message": message,
	"depends_on": sort(unknowns),
	"evidence": {"external_in_outlook": [object.get(tag, "Enabled", null) | some tag in tags], "rules": near},
} if {
	not tagged
	not marked
}
