# METADATA
# title: Outlook on the web opens no storage of others
# description: >-
#   Goes through the policies of Outlook on the web and looks whether people can attach and save files to storage
#   services outside the tenant. Which mailboxes a policy other than the default one is for is not looked at.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-owamailboxpolicy
#     description: Set-OwaMailboxPolicy
# custom:
#   id: EX022
#   severity: low
#   requires: [owa_mailbox_policies]
#   tags: [mail, exfiltration]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A private Dropbox in Outlook is a way out for company files that no retention, audit or data loss rule sees,
#     and a way in for files that nothing scanned.
#   remediation: >-
#     Exchange Online PowerShell: Set-OwaMailboxPolicy -Identity OwaMailboxPolicy-Default
#     -AdditionalStorageProvidersAvailable $false, and the same for other policies of Exchange admin center, Roles,
#     Outlook web app policies.
#   mappings:
#     prowler: [exchange_mailbox_policy_additional_storage_restricted]
#     secure_score: [exo_storageproviderrestricted]
#     cis_m365: ["6.5.3"]
#     mitre_attack: [T1567.002]
#     nist_800_53: [AC-20]
package tenantlint.checks.exchange.outlook_storage_of_others_off

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

findings contains finding if {
	some object_ in results.collection("owa_mailbox_policies")
	some finding in settings.switch({
		"resource": exchange.resource("owaMailboxPolicy", object_),
		"object": object_,
		"property": "AdditionalStorageProvidersAvailable",
		"wanted": false,
		"about": sprintf(
			"whether the policy %s lets Outlook open storage of others",
			[object_name(object_)],
		),
		"observed": sprintf(
			"The policy %s lets people open Dropbox, Box and other storage in Outlook on the web.",
			[object_name(object_)],
		),
	})
}

object_name(item) := exchange.resource("owaMailboxPolicy", item).name
