package tenantlint.checks.defender_office.impersonation_protection_for_every_recipient_test

import data.tenantlint.checks.defender_office.impersonation_protection_for_every_recipient as check
import rego.v1

layer(policy) := {
	"layer": "default",
	"name": "Office365 AntiPhish Default",
	"policy": policy,
	"policy_unknown": null,
	"resource": {"kind": "antiPhishPolicy", "id": "p", "name": "Default"},
	"rule": null,
	"rule_id": null,
	"reaches": "everyone",
	"reached": "certain",
	"who": [{"kind": "domain", "id": "*", "name": "everyone"}],
	"who_possibly": [],
	"depends_on": [],
}

both := {
	"Enabled": true,
	"EnableTargetedUserProtection": true,
	"TargetedUsersToProtect": ["Ceo;ceo@contoso.com"],
	"TargetedUserProtectionAction": "Quarantine",
	"EnableOrganizationDomainsProtection": true,
	"EnableTargetedDomainsProtection": false,
	"TargetedDomainsToProtect": [],
	"TargetedDomainProtectionAction": "Quarantine",
}

findings_for(layers, required) := found if {
	found := check.findings with input as {
		"parameters": {"require": required},
		"facts": {"mail_protection": {"anti_phish": {"layers": layers}}},
	}
}

findings(changes) := findings_for([layer(object.union(both, changes))], "any")

no_users := {"EnableTargetedUserProtection": false}

no_domains := {"EnableOrganizationDomainsProtection": false}

test_pass_with_users_and_domains if findings({}) == set()

test_pass_with_either_of_the_two if {
	findings(no_users) == set()
	findings(no_domains) == set()
}

test_pass_with_listed_domains_in_place_of_the_own_ones if {
	listed := {"EnableTargetedDomainsProtection": true, "TargetedDomainsToProtect": "partner.example"}
	findings(object.union(object.union(no_users, no_domains), listed)) == set()
}

test_fail_without_either if {
	some found in findings(object.union(no_users, no_domains))
	endswith(found.message, "which applies to everyone, protects neither users nor domains against impersonation.")
	found.evidence.settings.EnableOrganizationDomainsProtection == false
	found.depends_on == []
}

test_fail_when_no_user_is_named_or_no_action_is_taken if {
	count(findings(object.union(no_domains, {"TargetedUsersToProtect": []}))) == 1
	count(findings(object.union(no_domains, {"TargetedUserProtectionAction": "NoAction"}))) == 1
	count(findings(object.union(no_users, {"TargetedDomainProtectionAction": "NoAction"}))) == 1
}

test_fail_when_the_policy_is_off if {
	some found in findings({"Enabled": false})
	found.depends_on == []
}

test_the_parameter_asks_for_more if {
	some users in findings_for([layer(object.union(both, no_users))], "users")
	endswith(users.message, "protects no users against impersonation.")
	some domains in findings_for([layer(object.union(both, no_domains))], "domains")
	endswith(domains.message, "protects no domains against impersonation.")
	some each in findings_for([layer(object.union(both, object.union(no_users, no_domains)))], "both")
	endswith(each.message, "protects no users and no domains against impersonation.")
	findings_for([layer(both)], "both") == set()
}

test_inconclusive_when_settings_are_absent if {
	some found in findings_for([layer({"Enabled": true})], "any")
	found.depends_on == ["the impersonation settings of the policy Office365 AntiPhish Default"]
	endswith(found.message, "does not tell its impersonation settings.")
}

test_inconclusive_when_the_policy_is_not_in_the_snapshot if {
	missing := object.union(layer(null), {"policy": null, "policy_unknown": "the policies (anti_phish_policies)"})
	some found in findings_for([missing], "any")
	found.depends_on == [
		"the impersonation settings of the policy Office365 AntiPhish Default",
		"the policies (anti_phish_policies)",
	]
}

test_null_settings_never_pass if {
	count(findings({"EnableTargetedUserProtection": null, "EnableOrganizationDomainsProtection": null})) == 1
	count(findings(object.union(no_users, {"TargetedDomainProtectionAction": null}))) == 1
}

test_a_policy_that_nobody_reaches_does_not_matter if {
	findings_for([object.union(layer({}), {"reached": "none", "who": []})], "any") == set()
}
