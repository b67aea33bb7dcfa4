# METADATA
# title: Registering or joining a device needs multifactor authentication
# description: >-
#   Asks whether any enabled account of this tenant can register or join a device (the user action
#   registerdevice) without MFA, over all enabled policies together. The tenant-wide switch in the device
#   settings (require MFA to register or join devices) counts as well.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-device-registration
#     description: Microsoft's policy template for device registration
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-conditional-access-cloud-apps
#     description: User actions as targets
# custom:
#   id: CA011
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
#     - device_registration_policy
#   facts: [coverage.device_registration]
#   licences: [entra_p1]
#   tags: [conditional-access, mfa, devices]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A device that an attacker joined with a stolen password holds a primary refresh token: single sign-on
#     that renews itself, survives a new password for a while, and may pass for a managed device later on. It
#     is a favourite way to stay.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users, excluding the
#     emergency accounts; Target resources > User actions: Register or join devices; Grant: require MFA. Then
#     set Devices > Device settings > Require multifactor authentication to register or join devices to No,
#     so that the policy decides. In Graph: conditions.applications.includeUserActions
#     ["urn:user:registerdevice"], grantControls.builtInControls ["mfa"].
#   mappings:
#     prowler: [entra_conditional_access_policy_device_registration_mfa_required]
#     mitre_attack: [T1078, T1078.004]
package tenantlint.checks.conditional_access.device_registration_mfa

import data.tenantlint.lib.coverage
import data.tenantlint.lib.findings as lib
import rego.v1

# The tenant-wide switch asks for MFA whatever the policies say.
switched_on if {
	setting := object.get(input, ["collections", "device_registration_policy", "multiFactorAuthConfiguration"], "")
	lower(lib.text(setting, "")) == "required"
}

findings contains finding if {
	not switched_on
	some finding in coverage.findings(input.facts.coverage.device_registration, {})
}
