package tenantlint.lib.app_management_test

import data.tenantlint.lib.app_management as lib
import rego.v1

ask := {
	"type": "passwordLifetime",
	"list": "passwordCredentials",
	"what": "passwords that last longer than 180 days",
	"most": 180,
}

limit(changes) := object.union(
	{
		"restrictionType": "passwordLifetime",
		"state": "enabled",
		"maxLifetime": "P180D",
		"restrictForAppsCreatedAfterDateTime": "0001-01-01T00:00:00Z",
	},
	changes,
)

policy(limits) := {
	"id": "p",
	"isEnabled": true,
	"applicationRestrictions": {"passwordCredentials": limits},
	"servicePrincipalRestrictions": {"passwordCredentials": [limit({})]},
}

run(default_policy, others) := found if {
	found := lib.findings(ask) with input as {"collections": {
		"default_app_management_policy": default_policy,
		"app_management_policies": others,
	}}
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

message(limits) := only(run(policy(limits), [])).message

test_days if {
	lib.days("P180D") == 180
	lib.days("P6M") == 180
	lib.days("P1Y") == 365
	lib.days("P1Y2M3W4D") == 450
	lib.days("P1DT2H") == 2
	lib.days("P2W") == 14
	every odd in [null, 180, "", "180", "P1H", "P-1D", "P1.5D", "P999999D"] {
		lib.days(odd) == null
	}
}

test_a_limit_that_holds if {
	run(policy([limit({})]), []) == set()
	run(policy([limit({"state": "disabled"}), limit({"state": "ENABLED"})]), []) == set()
	run(object.remove(policy([limit({})]), ["isEnabled"]), []) == set()
	run(policy([limit({"restrictForAppsCreatedAfterDateTime": null})]), []) == set()
}

test_a_policy_that_is_off if {
	finding := only(run(object.union(policy([limit({})]), {"isEnabled": false}), []))
	finding.pointer == "/isEnabled"
	startswith(finding.message, "The policy for credentials is off")
}

test_no_limit if {
	expected := "Applications may be given passwords that last longer than 180 days."
	every limits in [[], null, "x", [3, null], [limit({"state": "disabled"})], [{"restrictionType": null}]] {
		message(limits) == expected
	}
	finding := only(run(policy([]), []))
	finding.key == {"applies_to": "applications"}
	finding.pointer == "/applicationRestrictions/passwordCredentials"
	not finding.depends_on
}

test_a_limit_that_is_too_long if {
	message([limit({"maxLifetime": "P1Y"})]) == concat("", [
		"Applications may be given passwords that last longer than 180 days: the limit is P1Y.",
	])
}

test_a_limit_for_later_applications_only if {
	message([limit({"restrictForAppsCreatedAfterDateTime": "2023-11-14T22:13:20Z"})]) == concat("", [
		"Applications made before 2023-11-14 may be given passwords that last longer than 180 days.",
	])
}

test_a_limit_with_exempt_attributes if {
	exempt := {"excludeActors": {"customSecurityAttributes": [{"id": "a", "value": "b"}]}}
	only(run(policy([limit(exempt)]), [])).depends_on == ["which applications carry the attribute that is exempt"]
}

test_what_is_not_told if {
	every change in [{"state": null}, {"state": "<b>"}, {"maxLifetime": null}, {"maxLifetime": "long"}] {
		only(run(policy([limit(change)]), [])).depends_on == ["restrictions of the type passwordLifetime"]
	}
	count(run({"id": "p"}, [])) == 2
	count(run({}, [])) == 2
}

own(limits, applies_to) := {
	"id": "o",
	"displayName": "](free)",
	"isEnabled": true,
	"restrictions": {"passwordCredentials": limits},
	"appliesTo": applies_to,
}

of_others(one) := run(policy([limit({})]), [one, null, 3])

test_a_policy_for_some_applications_that_frees_them if {
	finding := only(of_others(own([limit({"state": "disabled"})], [{"id": "1", "displayName": "Shop"}, {"id": "2"}, 3])))
	finding.resource == {"kind": "appManagementPolicy", "id": "o", "name": "](free)"}
	finding.evidence.applied_to == ["2", "Shop"]
	startswith(finding.message, "Applications under the policy \"](free)\" may be given")
	not finding.depends_on
}

test_a_policy_of_which_the_applications_are_not_told if {
	found := only(of_others(object.remove(own([limit({"state": "disabled"})], []), ["appliesTo", "displayName"])))
	found.depends_on == ["to which applications the policy \"a policy without a name\" was given"]
}

test_a_policy_that_frees_nobody if {
	of_others(own([limit({"state": "disabled"})], [])) == set()
	of_others(own([], [{"id": "1"}])) == set()
	of_others(own([limit({})], [{"id": "1"}])) == set()
	of_others(object.union(own([limit({"state": "disabled"})], [{"id": "1"}]), {"isEnabled": false})) == set()
}
