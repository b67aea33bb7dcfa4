# METADATA
# title: Browsers on unmanaged devices cannot download mail and files
# description: >-
#   Asks whether any enabled user can open Exchange or SharePoint in a browser on a device that is neither
#   compliant nor hybrid joined without a limit, over all enabled policies together: where no policy blocks the
#   sign-in, demands a managed device, uses restrictions that the application enforces, or blocks downloads
#   through Defender for Cloud Apps. A custom Defender policy hangs on what is set there. The application
#   enforces only what it is told: with SharePoint left at full access the session control does nothing in
#   SharePoint and OneDrive, which is a finding of its own. Apps beside the browser are the subject of CA043 and
#   CA015.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-app-enforced-restrictions
#     description: Microsoft's policy template for restrictions by applications
#   - ref: https://learn.microsoft.com/en-us/sharepoint/control-access-from-unmanaged-devices
#     description: What SharePoint enforces
# custom:
#   id: CA035
#   severity: medium
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
#     - sharepoint_tenant
#   facts: [sessions.app_enforced]
#   licences: [entra_p1]
#   tags: [conditional-access, sessions, devices, strict, situational]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: all_users, effort: medium, user_impact: medium}
#   rationale: >-
#     On a computer that nobody manages, what was downloaded stays: in the folder of a shared machine, on a disk
#     without encryption, beside malware. People need to read there, and hardly ever to keep.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users; Target resources:
#     Office 365; Conditions > Client apps: Browser; Session: Use app enforced restrictions. Then SharePoint
#     admin center > Policies > Access control > Unmanaged devices: Allow limited, web-only access
#     (Set-SPOTenant -ConditionalAccessPolicy AllowLimitedAccess), and for Exchange Set-OwaMailboxPolicy
#     -ConditionalAccessPolicy ReadOnly. In Graph: sessionControls.applicationEnforcedRestrictions {isEnabled
#     true}.
#   mappings:
#     maester: [MT.1019]
#     prowler: [entra_conditional_access_policy_app_enforced_restrictions]
#     mitre_attack: [T1530, T1213.002]
#     nist_800_53: ["AC-20(2)"]
package tenantlint.checks.conditional_access.unmanaged_devices_cannot_download

import data.tenantlint.lib.coverage
import data.tenantlint.lib.findings as lib
import rego.v1

findings contains finding if some finding in coverage.findings(input.facts.sessions.app_enforced, {})

leaning := sort([lib.text(object.get(policy, "displayName", ""), "a policy without a name") |
	some policy in lib.collection("conditional_access_policies")
	is_object(policy)
	object.get(policy, "state", "") == "enabled"
	restrictions := lib.block(policy, ["sessionControls", "applicationEnforcedRestrictions"])
	object.get(restrictions, "isEnabled", false) == true
])

sharepoint := lib.block(input, ["collections", "sharepoint_tenant"])

# SPO.Tenant tells it as a number, PowerShell as a name.
access := {0: "full", 1: "limited", 2: "limited", 3: "limited"}[sharepoint.ConditionalAccessPolicy]

access := {"allowfullaccess": "full", "allowlimitedaccess": "limited", "blockaccess": "limited"}[name] if {
	name := lower(lib.text(object.get(sharepoint, "ConditionalAccessPolicy", ""), ""))
}

about_sharepoint(message, depends_on) := {
	"resource": lib.resource("sharepointTenant", object.get(sharepoint, "_ObjectIdentity_", ""), "SharePoint"),
	"message": message,
	"evidence": {
		"/ConditionalAccessPolicy": object.get(sharepoint, "ConditionalAccessPolicy", null),
		"policies": leaning,
	},
	"pointer": "/ConditionalAccessPolicy",
	"key": "sharepoint",
	"depends_on": depends_on,
}

findings contains about_sharepoint(message, []) if {
	count(leaning) > 0
	access == "full"
	message := sprintf(
		"SharePoint gives full access on unmanaged devices, so that %s limits nothing there.",
		[lib.named(leaning)],
	)
}

findings contains about_sharepoint(message, ["SharePoint's access from unmanaged devices (sharepoint_tenant)"]) if {
	count(leaning) > 0
	not access
	message := sprintf(
		"The snapshot does not tell whether SharePoint limits unmanaged devices, on which %s leans.",
		[lib.named(leaning)],
	)
}
