package tenantlint.lib.authentication_methods_test

import data.tenantlint.lib.authentication_methods as lib
import rego.v1

nobody := {
	"state": "nobody",
	"everybody": false,
	"count": 0,
	"uncounted": false,
	"population": "authentication/0",
	"depends_on": [],
}

some_people(number) := object.union(nobody, {"state": "some", "count": number, "population": "authentication/1"})

everybody := object.union(some_people(9), {"everybody": true, "population": "authentication/2"})

perhaps := object.union(nobody, {"state": "perhaps", "depends_on": ["the members of the group Sales"]})

feature(state, without) := {
	"state": state,
	"told": state,
	"managed": false,
	"pointer": "/x",
	"without": without,
}

target(id, people) := {
	"id": id,
	"kind": "group",
	"name": "Sales",
	"status": "ok",
	"pointer": "/authenticationMethodConfigurations/0/includeTargets/0",
	"sign_in": false,
	"reach": people,
	"members": people,
}

# A method that reaches these people through one target.
method(id, state, people) := {
	"id": id,
	"state": state,
	"pointer": "/authenticationMethodConfigurations/0",
	"reach": people,
	"members": people,
	"lacking": nobody,
	"targets_told": true,
	"targets": [target("all_users", people)],
	"features": {},
}

# The input of a check: methods by name, the policy, and parameters.
told(methods, policy, parameters) := {
	"parameters": parameters,
	"collections": {"authentication_methods_policy": policy},
	"facts": {"authentication_methods": {
		"told": true,
		"methods": methods,
		"report_suspicious_activity": feature("enabled", nobody),
		"named": [],
	}},
}

migrated := {"id": "authenticationMethodsPolicy", "policyMigrationState": "migrationComplete"}

# Without these, what is wrong with weak methods is not known.
weak(methods, policy, permitted) := found if {
	found := lib.weak({
		"method": "voice",
		"words": "voice calls",
		"whom": "reach",
		"permitted_groups": permitted,
	}) with input as told(methods, policy, {})
}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_a_method_that_reaches_nobody if {
	weak({"voice": method("Voice", "disabled", nobody)}, migrated, []) == set()
	weak({"voice": method("Voice", "enabled", nobody)}, migrated, []) == set()
	weak({"voice": method("Voice", "disabled", nobody)}, {"policyMigrationState": ""}, []) == set()
	weak({"voice": method("Voice", "disabled", nobody)}, {"policyMigrationState": null}, []) == set()
}

test_a_method_for_everybody if {
	finding := only(weak({"voice": method("Voice", "enabled", everybody)}, migrated, []))
	finding.message == "Voice calls can be used by all users (9 enabled accounts)."
	finding.population == ["authentication/2"]
	finding.depends_on == []
	finding.pointer == "/authenticationMethodConfigurations/0/includeTargets/0"
}

test_a_method_for_a_group if {
	sales := object.union(method("Voice", "enabled", everybody), {"targets": [target("g1", some_people(1))]})
	finding := only(weak({"voice": sales}, migrated, []))
	finding.message == "Voice calls can be used by the group \"Sales\" (1 enabled account)."
	weak({"voice": sales}, migrated, ["g1"]) == set()
}

test_people_who_are_not_listed if {
	unlisted := object.union(some_people(0), {"uncounted": true})
	finding := only(weak({"voice": method("Voice", "enabled", unlisted)}, migrated, []))
	finding.message == "Voice calls can be used by all users (accounts not listed in the snapshot)."
}

test_members_who_are_not_known if {
	finding := only(weak({"voice": method("Voice", "enabled", perhaps)}, migrated, []))
	finding.message == "Voice calls can be used by all users (who is in it is not known)."
	finding.depends_on == ["the members of the group Sales"]
	not finding.population
}

test_targets_that_are_not_told if {
	bare := object.union(method("Voice", "enabled", perhaps), {"targets": [], "targets_told": false})
	finding := only(weak({"voice": bare}, migrated, []))
	finding.message == "The policy has voice calls on and the snapshot does not tell for whom."
	finding.depends_on == ["includeTargets of the method Voice"]
}

test_a_method_that_the_policy_does_not_list if {
	every methods in [{}, {"voice": object.union(method("Voice", "unknown", nobody), {"targets": []})}] {
		finding := only(weak(methods, {}, []))
		finding.message == "The snapshot does not tell whether voice calls can be used."
		finding.depends_on == ["the state of the method voice"]
	}
}

test_older_policies_may_permit_it if {
	every state in ["preMigration", "migrationInProgress", "somethingNew"] {
		finding := only(weak({"voice": method("Voice", "disabled", nobody)}, {"policyMigrationState": state}, []))
		finding.key.why == "older policies"
		count(finding.depends_on) == 1
	}
	only(weak({"voice": method("Voice", "disabled", nobody)}, {}, [])).evidence.policyMigrationState == "not told"
}

test_migration if {
	lib.migration == "pending" with input as told({}, {"policyMigrationState": "preMigration"}, {})
	lib.migration == "untold" with input as told({}, {"policyMigrationState": 3}, {})
}

unserved(state, more, without) := found if {
	found := lib.unserved({
		"feature": object.union(feature(state, without), more),
		"name": "x",
		"words": "showing the place",
	}) with input as told({}, {}, {})
}

test_features if {
	unserved("enabled", {}, nobody) == set()
	only(unserved("disabled", {}, everybody)).message == "Showing the place is off."
	managed := only(unserved("disabled", {"managed": true}, everybody))
	managed.message == "Showing the place is left to Microsoft, which has it off at present."
	partly := only(unserved("enabled", {}, some_people(2)))
	partly.message == "Showing the place is on for some people, and off for 2 people."
	unknown := only(unserved("unknown", {}, perhaps))
	unknown.message == "The snapshot does not tell whether showing the place is on."
	open := only(unserved("enabled", {}, perhaps))
	open.message == "Showing the place is on for some people, and who is left out is not known."
	open.depends_on == ["the members of the group Sales"]
}

test_people_in_words if {
	lib.people(everybody) == "everybody"
	lib.people(some_people(1)) == "1 person"
	lib.people(object.union(some_people(0), {"uncounted": true})) == "people whom the snapshot does not list"
	others := lib.people(object.union(some_people(2), {"uncounted": true}))
	others == "2 people and others whom the snapshot does not list"
}

test_the_configuration_of_a_method if {
	policy := {"authenticationMethodConfigurations": [null, {"id": null}, {"id": "Sms", "x": 1}]}
	lib.configuration("sms") == {"id": "Sms", "x": 1} with input as told({}, policy, {})
	lib.configuration("voice") == {} with input as told({}, policy, {})
	lib.configuration("voice") == {} with input as told({}, null, {})
}

test_nobody_may_use_it if {
	lib.nobody_may_use("sms") with input as told({"sms": method("Sms", "disabled", nobody)}, {}, {})
	not lib.nobody_may_use("sms") with input as told({}, {}, {})
}
