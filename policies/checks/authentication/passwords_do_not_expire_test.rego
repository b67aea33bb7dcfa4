package tenantlint.checks.authentication.passwords_do_not_expire_test

import data.tenantlint.checks.authentication.passwords_do_not_expire as check
import rego.v1

run(domains) := found if found := check.findings with input as {"collections": {"domains": domains}}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

domain(more) := object.union(
	{
		"id": "contoso.example",
		"isRoot": true,
		"isVerified": true,
		"authenticationType": "Managed",
		"passwordValidityPeriodInDays": 2147483647,
	},
	more,
)

test_pass_when_they_do_not if {
	run([domain({}), domain({"id": "b", "passwordValidityPeriodInDays": null})]) == set()
}

test_domains_whose_passwords_are_elsewhere if {
	run([
		domain({"authenticationType": "Federated", "passwordValidityPeriodInDays": 90}),
		domain({"isVerified": false, "passwordValidityPeriodInDays": 90}),
		null,
	]) == set()
}

test_pass_for_children_that_follow_their_root if {
	run([domain({"isRoot": false, "passwordValidityPeriodInDays": null})]) == set()
	run([{"id": "x", "isRoot": false, "isVerified": true, "authenticationType": "Managed"}]) == set()
}

test_fail_when_they_do if {
	finding := only(run([domain({"passwordValidityPeriodInDays": 90}), domain({})]))
	finding.message == "Passwords of the domain expire after 90 days."
	finding.resource == {"kind": "domain", "id": "contoso.example", "name": "contoso.example"}
	finding.depends_on == []
}

test_depends_on_what_is_not_told if {
	every domains in [
		[{"id": "a", "isVerified": true, "authenticationType": "Managed"}],
		[domain({"passwordValidityPeriodInDays": "soon"})],
	] {
		only(run(domains)).depends_on == ["passwordValidityPeriodInDays"]
	}
	only(run([{"id": "a", "passwordValidityPeriodInDays": 30}])).depends_on == ["isVerified", "authenticationType"]
}

test_not_applicable_without_own_passwords if {
	given := [domain({"authenticationType": "Federated"})]
	count(check.not_applicable) == 1 with input as {"collections": {"domains": given}}
}
