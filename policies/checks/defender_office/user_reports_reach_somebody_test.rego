package tenantlint.checks.defender_office.user_reports_reach_somebody_test

import data.tenantlint.checks.defender_office.user_reports_reach_somebody as check
import rego.v1

good := {
	"Name": "Default <b>%d",
	"ReportPhishToCustomizedAddress": true,
	"ReportPhishAddresses": ["soc@contoso.com"],
	"ReportJunkToCustomizedAddress": true,
	"ReportJunkAddresses": ["soc@contoso.com"],
	"ReportChatMessageToCustomizedAddressEnabled": true,
	"ReportChatMessageEnabled": false,
	"EnableThirdPartyAddress": false,
}

found(policies) := [finding |
	all_found := check.findings with input as {
		"collections": {"report_submission_policies": policies},
		"tenant": {"id": "t"},
	}
	some finding in all_found
]

findings(change) := found([object.union(good, change)])

test_pass_when_reports_reach_an_address if {
	findings({}) == []
	findings({"ReportChatMessageToCustomizedAddressEnabled": false, "ReportChatMessageEnabled": true}) == []
}

test_pass_with_a_tool_of_others if {
	findings({
		"ReportPhishToCustomizedAddress": false,
		"ReportJunkToCustomizedAddress": false,
		"EnableThirdPartyAddress": true,
		"ThirdPartyReportAddresses": ["reports@contoso.com"],
	}) == []
}

test_fail_when_phishing_reports_go_nowhere if {
	[finding] = findings({"ReportPhishToCustomizedAddress": false})
	finding.message == "The policy for what users report sends reported phishing to nobody in the organization."
	finding.depends_on == []
}

test_fail_without_an_address_and_without_teams if {
	count(findings({"ReportJunkAddresses": [], "ReportChatMessageToCustomizedAddressEnabled": false})) == 2
}

test_fail_when_there_is_no_policy if {
	[finding] = found([])
	finding.resource.kind == "tenant"
}

test_inconclusive_when_it_is_not_told if {
	[finding] = findings({"ReportChatMessageToCustomizedAddressEnabled": null})
	finding.depends_on == ["ReportChatMessageToCustomizedAddressEnabled of the policy Default <b>%d"]
	startswith(finding.message, "The policy for what users report perhaps takes")
}
