package tenantlint.checks.external_access.guest_invitations_restricted_test

import data.tenantlint.checks.external_access.guest_invitations_restricted as check
import rego.v1

run(policy) := found if {
	found := check.findings with input as {
		"parameters": {"permitted": ["adminsAndGuestInviters", "none"]},
		"collections": {"authorization_policy": policy},
	}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_when_restricted if {
	run({"id": "authorizationPolicy", "allowInvitesFrom": "adminsAndGuestInviters"}) == set()
	run({"id": "authorizationPolicy", "allowInvitesFrom": "none"}) == set()
}

test_fail_when_members_may_invite if {
	finding := only(run({"id": "x", "allowInvitesFrom": "adminsGuestInvitersAndAllMembers"}))
	finding.message == "Guest invitations: every member of the organisation may invite guests."
	finding.resource == {"kind": "authorizationPolicy", "id": "x", "name": "Authorization policy"}
	finding.pointer == "/allowInvitesFrom"
}

test_fail_when_everyone_may_invite if {
	endswith(only(run({"allowInvitesFrom": "everyone"})).message, "guests themselves included.")
}

test_fail_with_a_setting_of_the_future if {
	finding := only(run({"allowInvitesFrom": "](javascript:alert(1))"}))
	endswith(finding.message, "the unknown setting ](javascript:alert(1)).")
}

test_depends_when_the_setting_is_missing if {
	every policy in [{}, {"allowInvitesFrom": null}, {"id": null, "displayName": null, "allowInvitesFrom": 3}] {
		finding := only(run(policy))
		finding.depends_on == ["allowInvitesFrom of the authorization policy"]
		finding.resource.id == "authorization_policy"
	}
}
