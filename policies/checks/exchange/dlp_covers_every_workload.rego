# METADATA
# title: DLP watches mail, files, chats and devices
# description: >-
#   Asks for each workload of the parameter whether a policy in force, with at least one rule in force that looks
#   for some type of information, has all of it as its location. A location of chosen people, sites or groups, and
#   one narrowed by senders or adaptive scopes, covers a part only. Exceptions of policies are shown as evidence
#   and not judged.
# related_resources:
#   - ref: https://learn.microsoft.com/purview/dlp-policy-reference
#     description: Data loss prevention policies in detail
# custom:
#   id: EX043
#   severity: low
#   requires: [dlp_compliance_policies, dlp_compliance_rules]
#   facts: [dlp]
#   tags: [dlp, data]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: tenant, effort: medium, user_impact: medium}
#   rationale: >-
#     People who are stopped in mail upload the file or paste it into a chat, without any bad intent. A workload
#     that no policy watches is where the data goes, and the reports of the others then look reassuring.
#   remediation: >-
#     Microsoft Purview portal, Data loss prevention, Policies, Locations: Exchange email, SharePoint sites,
#     OneDrive accounts, Teams chat and channel messages, Devices, each for all (Set-DlpCompliancePolicy
#     -AddTeamsLocation All -AddEndpointDlpLocation All).
#   parameters:
#     workloads:
#       type: array
#       default: ["Exchange", "SharePoint", "OneDrive", "Teams", "Devices"]
#       meaning: >-
#         workloads to watch; leave out those that the tenant does not use or has no licence for
#   mappings:
#     scuba: [MS.SECURITYSUITE.3.2v1, MS.DEFENDER.4.2v1]
#     secure_score: [mip_DLP_policies_Teams]
#     cis_m365: ["3.2.2"]
#     mitre_attack: [T1567, T1048]
#     nist_800_53: [SC-7]
package tenantlint.checks.exchange.dlp_covers_every_workload

import data.tenantlint.lib.findings as results
import rego.v1

at_work(policy) if {
	some rule in input.facts.dlp.rules
	lower(rule.policy) == lower(policy.name)
	rule.state == "on"
	count(rule.types) > 0
}

perhaps_at_work(policy) if at_work(policy)

perhaps_at_work(policy) if {
	some rule in input.facts.dlp.rules
	lower(rule.policy) == lower(policy.name)
	rule.state in {"on", "unknown"}
	not rule.types_known
}

perhaps_at_work(policy) if {
	some rule in input.facts.dlp.rules
	lower(rule.policy) == lower(policy.name)
	rule.state == "unknown"
}

covering(workload, degree) := [policy.name |
	some policy in input.facts.dlp.policies
	policy.state == "on"
	policy.places[workload] == degree
	at_work(policy)
]

doubts(workload) := {doubt |
	some policy in input.facts.dlp.policies
	policy.state in {"on", "unknown"}
	policy.places[workload] in {"all", "unknown"}
	perhaps_at_work(policy)
	doubt := sprintf("whether the DLP policy %s is in force in %s", [policy.name, workload])
}

findings contains {
	"resource": results.tenant,
	"key": workload,
	"message": message(workload),
	"depends_on": sort(doubts(workload)),
	"evidence": {"workload": workload, "policies": policies(workload)},
} if {
	some workload in input.parameters.workloads
	count(covering(workload, "all")) == 0
}

message(workload) := sprintf("DLP watches only a part of %s, by the policy %s.", [workload, concat(", ", some_)]) if {
	some_ := covering(workload, "some")
	count(some_) > 0
} else := sprintf("No DLP policy in force watches %s.", [workload])

policies(workload) := [told |
	some policy in input.facts.dlp.policies
	told := {
		"name": policy.name,
		"state": policy.state,
		"location": object.get(policy.places, workload, "none"),
		"exceptions": policy.exceptions,
	}
]
