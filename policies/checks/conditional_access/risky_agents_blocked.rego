# METADATA
# title: Agents at high risk are blocked everywhere
# description: >-
#   Asks whether any agent identity (an account of an AI agent) can get a token for any resource while Identity
#   Protection rates it at one of the levels in the parameter, over all enabled policies for agents together.
#   Agents that one policy leaves out and another blocks are blocked. Attributes of agents are not in a
#   snapshot: a policy that picks agents by a filter may block, and need not. In the government clouds GCC High
#   and DoD there are no agent identities.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/agent-id
#     description: Conditional Access for agents
#   - ref: https://learn.microsoft.com/en-us/entra/id-protection/concept-risky-agents
#     description: Risk of agents in Identity Protection
# custom:
#   id: CA027
#   severity: high
#   requires: [conditional_access_policies]
#   facts: [coverage.risky_agents]
#   licences: [entra_p2]
#   tags: [conditional-access, agents, risk, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: applications, effort: low, user_impact: low}
#   rationale: >-
#     An agent works without pause, with rights on mail, files and other systems, and nobody sits in front of it
#     who would wonder. When its behaviour shows that somebody else steers it, each minute of a token is
#     thousands of calls. A block at high risk stops it before a person has read the alert.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users, agents or workload identities: All
#     agent identities; Target resources: all resources; Conditions > Agent risk: high; Grant: block access. In
#     Graph (beta): conditions.clientApplications.includeAgentIdServicePrincipals ["All"],
#     conditions.agentIdRiskLevels "high", conditions.applications.includeApplications ["All"],
#     grantControls.builtInControls ["block"].
#   parameters:
#     levels:
#       type: array
#       default: [high]
#       meaning: >-
#         Levels of risk at which agents are blocked (low, medium, high). High alone, as CISA asks: lower levels
#         are often wrong.
#     permitted_application_exclusions:
#       type: array
#       default: []
#       meaning: >-
#         Ids of resources that may be open to risky agents. Empty, since none needs to be.
#   mappings:
#     scuba: [MS.AAD.9.1v1]
#     maester: [MT.1181]
#     mitre_attack: [T1078.004, T1528]
#     nist_800_53: [AC-3, AC-6, "CM-7(4)"]
package tenantlint.checks.conditional_access.risky_agents_blocked

import data.tenantlint.lib.findings as lib
import rego.v1

fact := input.facts.coverage.risky_agents

government if input.tenant.cloud in ["usgov", "usgovdod"]

not_applicable contains "This cloud has no agent identities." if government

words(pairs) := [sprintf("%s to %s", [pair.agents, pair.resources]) | some pair in pairs]

counted(pairs) := [pair |
	some pair in pairs
	not pair.resources in input.parameters.permitted_application_exclusions
]

finding_for(level, pairs) := {
	"resource": lib.tenant,
	"evidence": {
		"risk": level,
		"open": words(pairs),
		"policies_for_agents": fact.policies,
		"policies_with_exclusions": [one.name | some one in fact.excluding],
	},
}

findings contains finding if {
	not government
	some level in input.parameters.levels
	open := counted(fact.levels[level].open)
	count(open) > 0
	finding := object.union(finding_for(level, open), {
		"message": sprintf("Agents at %s risk get tokens: %s.", [level, lib.named(words(open))]),
		"key": {"risk": level, "certainty": "certain"},
	})
}

findings contains finding if {
	not government
	some level in input.parameters.levels
	perhaps := counted(fact.levels[level].depends)
	count(perhaps) > 0
	finding := object.union(finding_for(level, perhaps), {
		"message": sprintf("Agents at %s risk may get tokens: %s.", [level, lib.named(words(perhaps))]),
		"key": {"risk": level, "certainty": "depends"},
		"depends_on": fact.levels[level].depends_on,
	})
}
