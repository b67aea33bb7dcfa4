package tenantlint.checks.authentication.method_policies_name_existing_groups_test

import data.tenantlint.checks.authentication.method_policies_name_existing_groups as check
import data.tenantlint.lib.authentication_methods_test as mocks
import rego.v1

run(named) := found if {
	told := {"facts": {"authentication_methods": {"named": named, "methods": {}, "told": true}}}
	found := check.findings with input as object.union(mocks.told({}, {}, {}), told)
}

entry(exists) := {"id": "g1", "kind": "group", "name": "g1", "exists": exists, "places": ["/a/0", "/b"]}

test_pass_when_they_exist if {
	run([entry(true)]) == set()
	run([]) == set()
}

test_fail_when_one_is_gone if {
	finding := mocks.only(run([entry(false)]))
	finding.message == "The policy names the group \"g1\", which no longer exists."
	finding.evidence.places == ["/a/0", "/b"]
	finding.pointer == "/a/0"
	finding.depends_on == []
}

test_depends_on_one_that_is_null_or_not_known if {
	finding := mocks.only(run([entry(null)]))
	finding.depends_on == ["the group g1"]
	finding.message == "The snapshot does not tell whether the group \"g1\" exists."
}
