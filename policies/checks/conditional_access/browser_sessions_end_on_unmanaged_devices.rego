# METADATA
# title: No browser session outlasts the browser on an unmanaged device
# description: >-
#   Asks whether any enabled user can keep a browser session on a device that is neither compliant nor hybrid
#   joined after the browser is closed, over all enabled policies together: where no policy lays the session
#   control Persistent browser session: never, blocks the sign-in or demands a managed device. Policies for
#   every device count, and those that a device filter narrows to unmanaged ones. Guests are asked about, since
#   their devices count as unmanaged here.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/policy-all-users-persistent-browser
#     description: Microsoft's policy template for unmanaged devices
#   - ref: https://learn.microsoft.com/en-us/entra/identity/conditional-access/concept-session-lifetime
#     description: Sign-in frequency and persistent browser sessions
# custom:
#   id: CA031
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
#   facts: [sessions.unmanaged_persistence]
#   licences: [entra_p1]
#   tags: [conditional-access, sessions, devices, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: all_users, effort: low, user_impact: medium}
#   rationale: >-
#     Somebody reads mail on a hotel computer or at a friend's, answers Yes to Stay signed in, and closes the
#     window. The next person opens it again and is that user, with the second factor already given, for up to
#     ninety days.
#   remediation: >-
#     Entra admin center > Entra ID > Conditional Access > New policy: Users: all users; Target resources: all
#     resources; Conditions > Filter for devices: include device.trustType -ne "ServerAD" -and
#     device.isCompliant -ne True; Session: Persistent browser session: never persistent. In Graph:
#     sessionControls.persistentBrowser {isEnabled true, mode "never"}.
#   mappings:
#     maester: [MT.1017]
#     mitre_attack: [T1539, T1550.004]
#     nist_800_53: [AC-12, SC-23]
package tenantlint.checks.conditional_access.browser_sessions_end_on_unmanaged_devices

import data.tenantlint.lib.coverage
import rego.v1

findings contains finding if some finding in coverage.findings(input.facts.sessions.unmanaged_persistence, {})
