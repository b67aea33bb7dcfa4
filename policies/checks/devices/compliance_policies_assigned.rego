# METADATA
# title: Every compliance policy is assigned
# description: >-
#   Looks at every compliance policy of Intune: whether it is assigned to users, devices or groups, and whether there
#   is any that is. Exclusions alone assign nothing.
# related_resources:
#   - ref: https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started
#     description: Compliance policies of Intune
#   - ref: https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-devicecompliancepolicyassignment
#     description: Assignments in Microsoft Graph
# custom:
#   id: DV003
#   severity: medium
#   requires: [device_compliance_policies]
#   facts: [device_compliance]
#   licences: [intune]
#   tags: [devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: devices, effort: low, user_impact: low}
#   rationale: >-
#     A policy that nobody gets looks like protection in every list and judges no device. The devices that it was
#     written for count by the tenant's default, which is compliant unless that was changed, so that stolen or
#     unpatched ones keep their access.
#   remediation: >-
#     Intune admin center > Devices > Compliance > the policy > Properties > Assignments: assign it (Graph: POST
#     /deviceManagement/deviceCompliancePolicies/{id}/assign), or delete what is no longer meant.
#   mappings:
#     nist_800_53: [CM-6, AC-19]
package tenantlint.checks.devices.compliance_policies_assigned

import data.tenantlint.lib.devices
import data.tenantlint.lib.findings as lib
import rego.v1

findings contains {
	"resource": devices.compliance_resource(policy),
	"message": "The compliance policy is assigned to nobody.",
	"evidence": {"type": policy.type, "assignments": []},
	"pointer": "/assignments",
} if {
	some policy in devices.policies
	policy.assigned == false
}

findings contains {
	"resource": devices.compliance_resource(policy),
	"message": "The snapshot does not tell whether the compliance policy is assigned.",
	"evidence": {"type": policy.type, "assignments": null},
	"depends_on": ["assignments"],
} if {
	some policy in devices.policies
	policy.assigned == null
}

findings contains {
	"resource": lib.tenant,
	"message": "The tenant manages devices with Intune, and has no compliance policy.",
	"evidence": {"device_compliance_policies": 0},
} if {
	count(devices.policies) == 0
}
