package tenantlint.lib.findings_test

import data.tenantlint.lib.findings
import data.tenantlint.lib.privileged
import rego.v1

test_the_tenant_is_named_as_far_as_it_is_known if {
	known := findings.tenant with input as {"tenant": {"id": "t", "display_name": "Contoso"}}
	known == {"kind": "tenant", "id": "t", "name": "Contoso"}
	unknown := findings.tenant with input as {"tenant": null}
	unknown == {"kind": "tenant", "id": "unknown", "name": ""}
}

test_values_of_the_wrong_kind_are_empty if {
	findings.list({"a": null}, ["a"]) == []
	findings.list({"a": {"b": [1]}}, ["a", "b"]) == [1]
	findings.list("text", ["a"]) == []
	findings.block({"a": []}, ["a"]) == {}
	findings.text(3, "x") == "x"
	findings.text("", "x") == "x"
}

test_collections_that_were_not_sent_are_empty if {
	missing := findings.collection("users") with input as {}
	missing == []
	status := findings.status("users") with input as {"statuses": {}}
	status == "not_collected"
}

test_numbers_in_words if {
	findings.counted(1, "user", "users") == "1 user"
	findings.counted(0, "user", "users") == "0 users"
}

test_long_lists_are_cut if {
	findings.named(["a"]) == "\"a\""
	findings.named(["a", "b", "c", "d", "e", "f", "g"]) == "\"a\", \"b\", \"c\", \"d\", \"e\" and 2 more"
}

test_principals_are_told_with_what_is_known if {
	privileged.principal({"id": "x"}) == {"id": "x", "kind": "unknown", "name": "", "enabled": null}
	privileged.shown({"id": "x", "name": null}) == "\"x\""
	privileged.kind_word({"id": "x", "kind": "servicePrincipal"}) == "application"
}
