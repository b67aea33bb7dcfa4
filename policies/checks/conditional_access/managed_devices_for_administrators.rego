# METADATA
# title: Administrators sign in from managed devices only
# description: >-
#   Asks for each privileged role whether a holder can sign in with a modern client from a device that is
#   neither compliant nor hybrid joined, over all enabled policies together. Holders are users with the role for
#   the whole tenant, active or eligible; an eligible one is judged with the role activated. A grant that
#   accepts something else instead (compliant device OR mfa) demands no managed device. Where the holders are
#   not known, somebody with the role and nothing else is judged.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-alt-admin-device-compliand-hybrid
#     description: Microsoft's policy template for the devices of administrators
#   - ref: https://learn.microsoft.com/en-us/security/privileged-access-workstations/overview
#     description: Workstations for privileged access
# custom:
#   id: CA029
#   severity: high
#   requires: [conditional_access_policies]
#   refines:
#     - security_defaults
#     - authentication_strengths
#     - named_locations
#     - users
#     - groups
#     - group_members
#     - role_assignments
#     - role_assignment_schedule_instances
#     - role_eligibility_schedule_instances
#   facts: [coverage.administrators.managed_device]
#   licences: [entra_p1]
#   tags: [conditional-access, devices, privileged-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: administrators, effort: medium, user_impact: medium}
#   rationale: >-
#     An administrator's session is worth more than the password: malware on a private computer takes it with
#     all second factors done. On a managed device there is somebody who patches, encrypts and watches, and a
#     stolen password is of no use elsewhere. With that session an attacker changes the defences of the whole
#     tenant.
#   remediation: >-
#     Enrol the administrators' devices first. Entra admin center > Entra ID > Conditional Access > New policy:
#     Users: directory roles (all that the finding lists), excluding the emergency accounts; Target resources:
#     all resources; Grant: require device to be marked as compliant, or require hybrid joined device (one of
#     them). In Graph: conditions.users.includeRoles, grantControls {operator "OR", builtInControls
#     ["compliantDevice","domainJoinedDevice"]}.
#   parameters:
#     tiers:
#       type: array
#       default: [takeover]
#       meaning: >-
#         Tiers of roles to protect (takeover, limited, reader: policies/data/privileged_roles.json). The
#         default has the roles from which the tenant or its main data can be taken over.
#   mappings:
#     maester: [MT.1014]
#     mitre_attack: [T1078.004, T1539]
#     nist_800_53: ["AC-6(5)", IA-3]
package tenantlint.checks.conditional_access.managed_devices_for_administrators

import data.tenantlint.lib.administrators
import rego.v1

findings contains finding if {
	some finding in administrators.findings(
		input.facts.coverage.administrators.managed_device,
		input.parameters.tiers,
		"a managed device",
	)
}
