package tenantlint.checks.conditional_access.people_with_premium_features_are_licensed_test

import data.tenantlint.checks.conditional_access.people_with_premium_features_are_licensed as check
import rego.v1

feature := {
	"people": 5,
	"known": true,
	"seats": 5,
	"without": {"population": "h", "count": 2, "names": [], "without_account": []},
	"policies": ["<b>MFA</b>"],
}

run(p1, p2) := found if {
	found := check.findings with input as {
		"tenant": {"id": "t", "display_name": "Contoso"},
		"statuses": {"users": "truncated"},
		"facts": {"premium_licences": {"entra_p1": p1, "entra_p2": p2}},
	}
}

only(found) := one if {
	count(found) == 1
	some one in found
}

test_pass_when_there_are_enough if run(feature, feature) == set()

test_pass_when_nothing_uses_the_feature if {
	run(feature, {"people": 0, "known": false, "seats": null, "without": null, "policies": []}) == set()
}

test_fail_when_there_are_too_few if {
	finding := only(run(feature, object.union(feature, {"seats": 1})))
	finding.message == "Policies by risk reach 5 people, and there are 1 licence of Entra ID P2."
	finding.population == "h"
	finding.evidence.people_without == 2
}

test_fail_without_knowing_the_people if {
	finding := only(run(object.union(feature, {"known": false, "seats": 3, "without": null}), feature))
	finding.key == "entra_p1"
	not finding.population
}

test_depends_on_the_people if {
	only(run(object.union(feature, {"known": false}), feature)).depends_on == ["who the users are"]
}

test_depends_on_the_licences if {
	finding := only(run(object.union(feature, {"seats": null, "without": null}), feature))
	finding.depends_on == ["the number of licences"]
}
