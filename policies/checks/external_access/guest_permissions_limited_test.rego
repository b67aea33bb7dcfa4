package tenantlint.checks.external_access.guest_permissions_limited_test

import data.tenantlint.checks.external_access.guest_permissions_limited as check
import rego.v1

run(policy, restricted) := found if {
	found := check.findings with input as {
		"parameters": {"require_restricted": restricted},
		"collections": {"authorization_policy": policy},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

member := {"guestUserRoleId": "a0b1b346-4d3e-4e8b-98f8-753987be4970"}

limited := {"guestUserRoleId": "10DAE51F-B6AF-4016-8D66-8C2A99B929B3"}

restricted := {"guestUserRoleId": "2af84b1e-32c8-42b7-82bc-daa82404023b"}

test_pass_when_limited_or_restricted if {
	run(limited, false) == set()
	run(restricted, false) == set()
	run(restricted, true) == set()
}

test_fail_when_guests_are_like_members if {
	finding := only(run(member, false))
	finding.message == "Guests have the same access as members to the directory."
	finding.pointer == "/guestUserRoleId"
}

test_fail_when_the_most_restrictive_role_is_asked_for if {
	only(run(limited, true)).message == "Guests have limited access to the directory."
}

test_depends_when_the_role_is_not_known if {
	every policy in [{}, {"guestUserRoleId": null}, {"guestUserRoleId": 7}, {"guestUserRoleId": "@everyone"}] {
		count(only(run(policy, false)).depends_on) == 1
	}
}
