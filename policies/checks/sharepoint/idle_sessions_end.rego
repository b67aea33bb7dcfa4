# METADATA
# title: Web sessions that nobody uses end on unmanaged devices
# description: >-
#   Looks at the idle sign-out of SharePoint and OneDrive, and at the idle timeout of Microsoft 365 (an
#   activity-based timeout policy that is the organization's default and is for all applications, or for
#   SharePoint). Either will do; the shorter one counts. What the snapshot does not hold leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/microsoft-365/admin/manage/idle-session-timeout-web-apps
#     description: Idle session timeout of Microsoft 365
#   - ref: https://learn.microsoft.com/sharepoint/sign-out-inactive-users
#     description: Idle sign-out of SharePoint
# custom:
#   id: SP015
#   severity: low
#   requires: [sharepoint_settings|activity_based_timeout_policies]
#   facts: [idle_sessions]
#   tags: [sessions, devices]
#   bucket: foundational
#   lenses: {risk_reduction: low, scope: all_users, effort: low, user_impact: low}
#   rationale: >-
#     A browser left open in a hotel or on a shared computer is signed in for everybody who comes after. Mail and
#     files lie open there until somebody closes it, and everything that is done looks as if its owner had done it.
#   remediation: >-
#     Microsoft 365 admin center, Settings, Org settings, Security & privacy, Idle session timeout: 3 hours or less;
#     or SharePoint admin center, Policies, Access control, Idle session sign-out (Set-SPOBrowserIdleSignOut
#     -Enabled $true; Graph idleSessionSignOut).
#   parameters:
#     max_minutes:
#       type: integer
#       default: 180
#       meaning: >-
#         the longest time in minutes without use; three hours outlast a meeting, and not a night in a hotel lobby
#   mappings:
#     prowler: [entra_idle_session_timeout_configured]
#     secure_score: [spo_idle_session_timeout]
#     cis_m365: ["1.3.2"]
#     mitre_attack: [T1550.004]
#     nist_800_53: [AC-11, AC-12]
package tenantlint.checks.sharepoint.idle_sessions_end

import data.tenantlint.lib.findings as results
import rego.v1

idle := input.facts.idle_sessions

finding(message, depends_on) := {
	"resource": idle.resource,
	"message": message,
	"depends_on": depends_on,
	"evidence": {"told_by": idle.told_by, "minutes": idle.minutes, "permitted": input.parameters.max_minutes},
	"key": "idle",
}

# Something that is not told may be stricter than what is.
findings contains finding(message, idle.unknown) if {
	idle.minutes != null
	idle.minutes > input.parameters.max_minutes
	message := sprintf("Web sessions on unmanaged devices end after %s without use; %d are permitted.", [
		results.counted(idle.minutes, "minute", "minutes"),
		input.parameters.max_minutes,
	])
}

findings contains finding("Web sessions on unmanaged devices do not end however long nobody uses them.", []) if {
	idle.minutes == null
	count(idle.unknown) == 0
}

findings contains finding("The snapshot does not tell whether web sessions end that nobody uses.", idle.unknown) if {
	idle.minutes == null
	count(idle.unknown) > 0
}
