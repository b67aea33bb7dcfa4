# METADATA
# title: A Temporary Access Pass works once, and for hours only
# description: >-
#   Looks at isUsableOnce and maximumLifetimeInMinutes of the method TemporaryAccessPass. With isUsableOnce a pass
#   works for a single sign-in whatever the administrator who makes it chooses. Where nobody may use a pass, there is
#   nothing to judge.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/authentication/howto-authentication-temporary-access-pass
#     description: Temporary Access Pass
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/temporaryaccesspassauthenticationmethodconfiguration
#     description: temporaryAccessPassAuthenticationMethodConfiguration
# custom:
#   id: AU015
#   severity: medium
#   requires: [authentication_methods_policy]
#   refines: [users, groups, group_members]
#   facts: [authentication_methods]
#   tags: [authentication-methods, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: some_users, effort: low, user_impact: low}
#   rationale: >-
#     The pass replaces every factor and may register new ones. One that works for weeks, as often as somebody types
#     it, is a password on a slip of paper that also passes for MFA: whoever finds it in a mailbox or a ticket is the
#     account's owner.
#   remediation: >-
#     Entra admin center > Entra ID > Authentication methods > Policies > Temporary Access Pass > Configure: Require
#     one-time use, Yes; Maximum lifetime, hours. In Graph: isUsableOnce true and maximumLifetimeInMinutes at most
#     1440 on the configuration TemporaryAccessPass.
#   parameters:
#     max_hours:
#       type: integer
#       default: 24
#       meaning: >-
#         Most hours that a pass may work. A day covers a new colleague's first morning; Microsoft allows up to thirty
#         days.
#   mappings:
#     eidsca: [AT02]
#     mitre_attack: [T1078.004, T1098.005]
#     nist_800_53: [IA-5(1)]
package tenantlint.checks.authentication.temporary_access_pass_used_once

import data.tenantlint.lib.authentication_methods as methods
import data.tenantlint.lib.settings
import rego.v1

pass := "temporaryaccesspass"

findings contains finding if some finding in methods.untold(pass, "Temporary Access Pass is on")

findings contains finding if {
	judged
	some flaw in settings.switch(object.union(ask, {
		"property": "isUsableOnce",
		"wanted": true,
		"about": "whether a Temporary Access Pass works once only",
		"observed": "A Temporary Access Pass may work more than once.",
		"key": {"property": "isUsableOnce"},
	}))
	finding := placed(flaw, "isUsableOnce")
}

findings contains finding if {
	judged
	some flaw in settings.within(object.union(ask, {
		"property": "maximumLifetimeInMinutes",
		"most": input.parameters.max_hours * 60,
		"about": "how long a Temporary Access Pass may work",
		"observed": sprintf("A Temporary Access Pass may work longer than %d hours.", [input.parameters.max_hours]),
		"key": {"property": "maximumLifetimeInMinutes"},
	}))
	finding := placed(flaw, "maximumLifetimeInMinutes")
}

judged if {
	methods.state_known(pass)
	not methods.nobody_may_use(pass)
}

ask := {"resource": methods.resource, "object": methods.configuration(pass)}

placed(flaw, name) := object.union(flaw, {"pointer": sprintf("%s/%s", [methods.method(pass).pointer, name])})

not_applicable contains "Nobody may use a Temporary Access Pass." if methods.nobody_may_use(pass)
