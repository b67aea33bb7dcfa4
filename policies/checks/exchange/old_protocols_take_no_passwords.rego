# METADATA
# title: No authentication policy lets a protocol take passwords
# description: >-
#   Goes through the authentication policies of Exchange for protocols that may still take a plain password.
#   Microsoft has switched that off for all but SMTP AUTH; an allowance for another protocol has no effect today
#   and is told as evidence. The policy that new mailboxes get is marked. Without any policy there is nothing to
#   judge here.
# related_resources:
#   - ref: https://learn.microsoft.com/powershell/module/exchangepowershell/set-authenticationpolicy
#     description: Set-AuthenticationPolicy
# custom:
#   id: EX019
#   severity: medium
#   requires: [authentication_policies]
#   refines: [organization_config]
#   tags: [mail, legacy-auth]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: mail, effort: low, user_impact: medium}
#   rationale: >-
#     An allowance outlives the reason for it. It opens password-only submission for every mailbox that the policy
#     is given to, where no second factor stands in the way of a leaked password.
#   remediation: >-
#     Microsoft 365 admin center, Settings, Org settings, Modern authentication: clear the protocols; or Exchange
#     Online PowerShell: Set-AuthenticationPolicy -Identity "Scanners" -AllowBasicAuthSmtp:$false.
#   parameters:
#     protocols:
#       type: array
#       default: ["Smtp"]
#       meaning: >-
#         protocols, as in AllowBasicAuthSmtp, of which an allowance counts; the service ignores it for all others
#   mappings:
#     mitre_attack: [T1110, T1078.004]
#     nist_800_53: [IA-2]
package tenantlint.checks.exchange.old_protocols_take_no_passwords

import data.tenantlint.lib.exchange
import data.tenantlint.lib.findings as results
import data.tenantlint.lib.settings
import rego.v1

policies := results.collection("authentication_policies")

default_name := settings.value(exchange.only("organization_config"), "DefaultAuthenticationPolicy")

not_applicable contains "There is no authentication policy." if count(policies) == 0

allowed(policy) := sort([name |
	some name, value in policy
	startswith(name, "AllowBasicAuth")
	settings.truth(value) == true
])

is_default(policy) if settings.truth(settings.value(policy, "IsDefault")) == true

is_default(policy) if {
	is_string(default_name)
	lower(default_name) == lower(exchange.resource("authenticationPolicy", policy).name)
}

default whose(_) := ""

whose(policy) := ", which new mailboxes get," if is_default(policy)

findings contains finding if {
	some policy in policies
	some protocol in input.parameters.protocols
	resource := exchange.resource("authenticationPolicy", policy)
	property := sprintf("AllowBasicAuth%s", [protocol])
	some finding in settings.switch({
		"resource": resource,
		"object": policy,
		"property": property,
		"wanted": false,
		"about": sprintf("whether the authentication policy %s lets %s take passwords", [resource.name, upper(protocol)]),
		"observed": sprintf("The authentication policy %s%s lets %s take plain passwords.", [
			resource.name,
			whose(policy),
			upper(protocol),
		]),
		"key": property,
		"evidence": {"allowed": allowed(policy)},
	})
}
