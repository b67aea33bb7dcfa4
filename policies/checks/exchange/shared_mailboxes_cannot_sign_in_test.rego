package tenantlint.checks.exchange.shared_mailboxes_cannot_sign_in_test

import data.tenantlint.checks.exchange.shared_mailboxes_cannot_sign_in as check
import rego.v1

box := {
	"resource": {"kind": "mailbox", "id": "u1", "name": "ann@contoso.example"},
	"principal": {"id": "u1", "kind": "user", "name": "ann@contoso.example", "enabled": true},
	"address": "ann@contoso.example",
}

given(enabled, unknown, count_) := {
	"parameters": {"permitted_mailboxes": ["robot@contoso.example"]},
	"facts": {"mailboxes": {"shared": {"count": count_, "enabled": enabled, "unknown": unknown}}},
}

robot := object.union(box, {"address": "Robot@contoso.example"})

test_pass_when_none_can_sign_in if {
	check.findings == set() with input as given([robot], [], 3)
	check.not_applicable == set() with input as given([], [], 3)
}

test_fail_when_one_can_sign_in if {
	some found in check.findings with input as given([box], [], 3)
	found.message == "The account of the shared mailbox ann@contoso.example can sign in."
	[one.id | some one in found.principals] == ["u1"]
}

test_not_applicable_without_shared_mailboxes if {
	count(check.not_applicable) == 1 with input as given([], [], 0)
}

test_inconclusive_when_the_account_is_not_known if {
	some found in check.findings with input as given([], [box, robot], 3)
	found.depends_on == ["accountEnabled of ann@contoso.example"]
}
