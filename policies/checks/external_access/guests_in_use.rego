# METADATA
# title: Guests who never accepted or have not signed in for long are gone
# description: >-
#   Counts enabled guests who were invited long ago and never accepted, and guests who have not signed in for half a
#   year; one who accepted and never signed in is as old as the account. Without the sign-in activity of guests the
#   second part is open, and the verdict says so.
# related_resources:
#   - ref: https://learn.microsoft.com/en-us/entra/identity/users/clean-up-stale-guest-accounts
#     description: Stale guest accounts
#   - ref: https://learn.microsoft.com/en-us/graph/api/resources/signinactivity
#     description: signInActivity in Microsoft Graph
# custom:
#   id: EA010
#   severity: medium
#   requires: [users]
#   refines: [user_sign_in_activity]
#   facts: [guests]
#   tags: [guests, external-access, foundational]
#   bucket: foundational
#   lenses: {risk_reduction: medium, scope: guests, effort: low, user_impact: low}
#   rationale: >-
#     A guest's account lives on another organization's word: it works until somebody here removes it, also after
#     that person changed jobs. Nobody misses an account that nobody uses, so that nobody notices when an attacker
#     does; and an invitation that lies open can be accepted by whoever reads that mailbox later.
#   remediation: >-
#     Entra admin center > Entra ID > Users: filter for guests, look at Last interactive sign-in and Invitation
#     state, disable and then delete. In Graph: GET /users with signInActivity and externalUserState, then DELETE
#     /users/{id} (Remove-MgUser).
#   parameters:
#     max_days:
#       type: integer
#       default: 180
#       meaning: >-
#        Days without a sign-in after which a guest is not in use. Half a year outlasts a project's pause; values
#        under 15 have no effect.
#     max_days_pending:
#       type: integer
#       default: 60
#       meaning: >-
#        Days that an invitation may wait. Two months outlast a holiday; values under 8 have no effect.
#   mappings:
#     mitre_attack: [T1078.004, T1199]
package tenantlint.checks.external_access.guests_in_use

import data.tenantlint.lib.findings as lib
import rego.v1

guests := input.facts.guests

pending := [one | some one in guests.pending; one.days > input.parameters.max_days_pending]

idle := [one | some one in guests.idle; one.days > input.parameters.max_days]

findings contains finding if {
	count(pending) > 0
	finding := object.union(found(pending), {
		"key": {"guests": "pending"},
		"message": sprintf("%s accepted an invitation of more than %d days ago.", [
			lib.counted(count(pending), "guest never", "guests never"),
			input.parameters.max_days_pending,
		]),
	})
}

findings contains finding if {
	count(idle) > 0
	finding := object.union(found(idle), {
		"key": {"guests": "idle"},
		"message": sprintf("%s not signed in for more than %d days.", [
			lib.counted(count(idle), "guest has", "guests have"),
			input.parameters.max_days,
		]),
	})
}

findings contains finding if {
	guests.untold.count > 0
	finding := {
		"resource": lib.tenant,
		"key": {"guests": "untold"},
		"message": sprintf("When %s last signed in is not told.", [lib.counted(guests.untold.count, "guest", "guests")]),
		"evidence": {"guests": guests.enabled, "untold": guests.untold.count},
		"population": guests.untold.population,
		"depends_on": ["user_sign_in_activity"],
	}
}

found(rows) := {
	"resource": lib.tenant,
	"evidence": {"guests": guests.enabled, "found": count(rows), "oldest_days": max([one.days | some one in rows])},
	"principals": [{"id": one.id, "kind": "user", "name": one.name, "enabled": true} | some one in rows],
}
