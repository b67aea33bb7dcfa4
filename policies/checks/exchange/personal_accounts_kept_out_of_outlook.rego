# METADATA
# title: Personal accounts and calendars stay out of Outlook
# description: >-
#   Goes through the policies of Outlook on the web and the new Outlook and looks whether people can add private
#   mail accounts and connect private calendars. Which mailboxes a policy other than the default one is for is not
#   looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-owamailboxpolicy
#     description: Set-OwaMailboxPolicy
# custom:
#   id: EX023
#   severity: low
#   requires: [owa_mailbox_policies]
#   tags: [mail, exfiltration, strict]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     A private account beside the company's in one window makes it easy to move mail and files out by a drag, and
#     brings mail in that the tenant's filters never saw. Investigators find no trace of either.
#   remediation: >-
#     Exchange Online PowerShell: Set-OwaMailboxPolicy -Identity OwaMailboxPolicy-Default -PersonalAccountsEnabled
#     $false -PersonalAccountCalendarsEnabled $false, and the same for other policies of Exchange admin center,
#     Roles, Outlook web app policies.
#   mappings:
#     prowler: [exchange_owa_mailbox_policy_personal_accounts_disabled]
#     mitre_attack: [T1567]
#     nist_800_53: [AC-20]
package tenantlint.checks.exchange.personal_accounts_kept_out_of_outlook

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some object_ in results.collection("owa_mailbox_policies")
	some finding in settings.switch({
		"resource": exchange.resource("owaMailboxPolicy", object_),
		"object": object_,
		"property": "PersonalAccountsEnabled",
		"wanted": false,
		"about": sprintf(
			"whether the policy %s lets personal accounts into Outlook",
			[object_name(object_)],
		),
		"observed": sprintf(
			"The policy %s lets people add personal mail accounts to Outlook.",
			[object_name(object_)],
		),
		"key": "PersonalAccountsEnabled",
	})
}

findings contains finding if {
	some object_ in results.collection("owa_mailbox_policies")
	some finding in settings.switch({
		"resource": exchange.resource("owaMailboxPolicy", object_),
		"object": object_,
		"property": "PersonalAccountCalendarsEnabled",
		"wanted": false,
		"about": sprintf(
			"whether the policy %s lets personal calendars into Outlook",
			[object_name(object_)],
		),
		"observed": sprintf(
			"The policy %s lets people connect personal calendars to Outlook.",
			[object_name(object_)],
		),
		"key": "PersonalAccountCalendarsEnabled",
	})
}

object_name(item) := exchange.resource("owaMailboxPolicy", item).name
