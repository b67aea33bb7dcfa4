# METADATA
# title: Calendar details are not shared with all domains
# description: >-
#   Goes through the sharing policies that are on and looks at how much of calendars people may share with the
#   domain *, which stands for every organization, or with anonymous people. The parameter says what they may. A
#   policy that is off shares nothing. Whether people are under a policy other than the default one is not looked
#   at.
# related_resources:
#   - ref: https://learn.microsoft.com/exchange/sharing/sharing-policies/sharing-policies
#     description: Sharing policies
# custom:
#   id: EX012
#   severity: medium
#   requires: [sharing_policies]
#   tags: [mail, sharing]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: low}
#   rationale: >-
#     Subjects, places and guests of appointments tell an outsider who negotiates what with whom and when somebody
#     is away. That is what a convincing fraud by mail or phone is made of.
#   remediation: >-
#     Microsoft 365 admin center, Settings, Org settings, Calendar: do not let users share their calendars with
#     people outside, or show free and busy times only (Set-SharingPolicy -Identity "Default Sharing Policy"
#     -Domains "*:CalendarSharingFreeBusySimple").
#   parameters:
#     permitted_levels:
#       type: array
#       default: ["CalendarSharingFreeBusySimple"]
#       meaning: >-
#         what may be shared with everybody; free and busy times alone tell little and make it easy to find a date
#   mappings:
#     scuba: [MS.EXO.6.2v1]
#     prowler: [admincenter_external_calendar_sharing_disabled]
#     secure_score: [exo_individualsharing]
#     cis_m365: ["1.3.3"]
#     mitre_attack: [T1591]
#     nist_800_53: [AC-3, SC-7]
package tenantlint.checks.exchange.calendars_not_shared_with_everybody

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import rego.v1

permitted := {lower(level) | some level in input.parameters.permitted_levels}

words := {
	"calendarsharingfreebusysimple": "free and busy times",
	"calendarsharingfreebusydetail": "subjects, places and times of their appointments",
	"calendarsharingfreebusyreviewer": "everything in their calendars",
}

findings contains finding if {
	some policy in results.collection("sharing_policies")
	some finding in exchange.untold(policy)
}

findings contains finding if {
	some policy in results.collection("sharing_policies")
	shared := sort({lower(level) |
		some level in exchange.shared_with_all(policy)
		startswith(lower(level), "calendarsharing")
		not lower(level) in permitted
	})
	count(shared) > 0
	resource := exchange.resource("sharingPolicy", policy)
	told := concat(", ", [object.get(words, level, level) | some level in shared])
	finding := {
		"resource": resource,
		"message": sprintf("The sharing policy %s lets people share %s with every domain.", [resource.name, told]),
		"evidence": {"Domains": policy.Domains, "Default": object.get(policy, "Default", null)},
		"pointer": "/Domains",
	}
}
