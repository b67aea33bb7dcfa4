# METADATA
# title: No sign-in frequency cuts the Quick Access connection
# description: >-
#   Looks for enabled policies with a sign-in frequency that concern the Quick Access application of Private
#   Access, by name or because they are for all resources. Quick Access carries every connection into the
#   private network, so that a frequency cuts them all at once, whatever they carry.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/global-secure-access/how-to-configure-quick-access
#     description: Quick Access
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-session-lifetime
#     description: Sign-in frequency
# custom:
#   id: CA045
#   severity: low
#   requires: [conditional_access_policies, service_principals]
#   facts: [sessions.quick_access]
#   licences: [entra_p1]
#   tags: [conditional-access, sessions, private-access, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: low, scope: some_users, effort: low, user_impact: medium}
#   rationale: >-
#     Connections break in the middle of work and prompts come up for no reason that people can see. They learn
#     to confirm any prompt, which is what an attacker who sends prompts hopes for, and helpdesks turn
#     protections off.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > the policy > Target resources > Exclude: Quick Access
#     (conditions.applications.excludeApplications with its appId in Graph), and give the applications behind it
#     policies of their own.
#   mappings:
#     maester: [MT.1195]
#     nist_800_53: [AC-12]
package tenantlint.checks.conditional_access.quick_access_not_interrupted

import data.tenantlint.lib.lockout as words
import rego.v1

fact := input.facts.sessions.quick_access

not_applicable contains "Quick Access is not set up." if count(fact.applications) == 0

after(hours) := "at every sign-in" if {
	hours == 0
} else := sprintf("after %d hours", [hours]) if {
	hours != null
} else := "after a time that is not known"

findings contains finding if {
	some one in fact.cutting
	finding := words.with_unknowns(
		{
			"resource": words.resource(one.policy),
			"message": sprintf("The policy \"%s\" cuts Quick Access %s.", [one.policy.name, after(one.hours)]),
			"evidence": {"hours": one.hours, "applications": [app.name | some app in fact.applications]},
			"pointer": "/sessionControls/signInFrequency",
		},
		object.union({"depends_on": []}, one),
	)
}
