# METADATA
# title: Emergency accounts are tested now and then and watched always
# description: >-
#   Looks at each declared emergency account: when it last signed in, which a test does, and whether its entry in
#   the exception register names an alert among its compensating controls. Only the register can say that: the
#   alert itself lives in a monitoring system. A control that does not speak of an alert leaves the verdict open.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/security-emergency-access
#     description: Emergency access accounts
#   - ref: https://learn.microsoft.com/en-us/entra/identity/monitoring-health/howto-manage-inactive-user-accounts
#     description: Finding accounts that nobody uses
# custom:
#   id: PA023
#   severity: medium
#   requires: [users, user_sign_in_activity]
#   refines:
#     - groups
#     - group_members
#     - role_eligibility_schedule_instances
#     - privileged_access_group_eligibility_schedule_instances
#     - role_assignments
#     - role_assignment_schedule_instances
#   facts: [emergency_accounts]
#   licences: [entra_p1]
#   tags: [privileged-access, emergency-accounts, monitoring]
#   bucket: situational
#   lenses: {risk_reduction: medium, scope: tenant, effort: low, user_impact: none}
#   rationale: >-
#     An account that nobody tried for a year has a lost key, a changed policy in its way or a password that
#     nobody knows. And since nobody signs in with it in daily life, a sign-in is always news: a test, a disaster
#     or an intruder. Without an alert the intruder has the quietest account of the tenant.
#   remediation: >-
#     Sign in with each account at the Entra admin center twice a year and after every change of policies, and
#     note it. Make an alert on every sign-in (Azure Monitor or Sentinel, on the property userId of sign-in logs)
#     and name it in the register entry under compensating_controls.
#   parameters:
#     max_days_untested:
#       type: integer
#       default: 180
#       meaning: >-
#         Longest time since the last sign-in, in days. Microsoft advises a test at least every ninety days; twice
#         a year is the least that finds a lost key in time.
#     require_alert:
#       type: boolean
#       default: true
#       meaning: >-
#         Whether the register entry has to name an alert among its compensating controls. Turn it off where
#         alerts are kept in another register.
#   mappings:
#     mitre_attack: [T1078.004]
#     nist_800_53: [AC-2(12), CP-4]
package tenantlint.checks.privileged_access.emergency_accounts_watched

import data.tenantlint.lib.emergency
import data.tenantlint.lib.findings as lib
import rego.v1

fact := input.facts.emergency_accounts

not_applicable contains emergency.none_declared if count(emergency.accounts(fact)) == 0

findings contains found if {
	some one in emergency.present(fact)
	some found in (tested(one) | watched(one))
}

tested(one) := {emergency.finding(one, {
	"words": "may be untested: the snapshot does not tell when it last signed in",
	"shown": activity(one),
	"key": {"about": "test"},
	"depends_on": ["when emergency accounts last signed in (user_sign_in_activity)"],
})} if {
	not one.activity_told
} else := {emergency.finding(one, {
	"words": "never signed in",
	"shown": activity(one),
	"key": {"about": "test"},
})} if {
	one.idle_days == null
} else := {emergency.finding(one, {
	"words": sprintf("last signed in %s ago", [lib.counted(one.idle_days, "day", "days")]),
	"shown": activity(one),
	"key": {"about": "test"},
})} if {
	one.idle_days > input.parameters.max_days_untested
} else := set()

watched(one) := set() if {
	not input.parameters.require_alert
} else := {emergency.finding(one, {
	"words": "has an entry in the exception register that names no compensating control, and so no alert",
	"shown": {"compensating_controls": []},
	"key": {"about": "alert"},
})} if {
	count(one.controls) == 0
} else := set() if {
	some control in one.controls
	regex.match(`(?i)alert|alarm|monitor|notif|watch|siem|sentinel|warn|pager`, control)
} else := {emergency.finding(one, {
	"words": "has an entry in the exception register of which no compensating control speaks of an alert",
	"shown": {"compensating_controls": one.controls},
	"key": {"about": "alert"},
	"depends_on": ["whether one of the compensating controls is an alert (exception register)"],
})}

activity(one) := {
	"last_sign_in": one.last_sign_in,
	"max_days_untested": input.parameters.max_days_untested,
}
