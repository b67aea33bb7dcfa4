package tenantlint.checks.defender_office.safe_attachments_for_every_recipient_test

import data.tenantlint.checks.defender_office.safe_attachments_for_every_recipient as check
import rego.v1

everyone := {"kind": "domain", "id": "*", "name": "everyone"}

layer(kind, policy) := {
	"layer": kind,
	"name": "Sales <b>%d",
	"policy": policy,
	"policy_unknown": null,
	"resource": {"kind": "safeAttachmentPolicy", "id": "p", "name": "Sales"},
	"rule": "Sales",
	"rule_id": "r",
	"reaches": "everyone",
	"reached": "certain",
	"who": [everyone],
	"who_possibly": [],
	"depends_on": [],
}

unreached(told) := object.union(told, {"reached": "none", "who": []})

findings(layers) := found if {
	found := check.findings with input as {
		"parameters": {"accepted_actions": ["Block", "DynamicDelivery"]},
		"facts": {"mail_protection": {"safe_attachments": {"layers": layers}}},
	}
}

nobody := layer("none", null)

test_pass_with_each_accepted_action_in_any_case if {
	findings([layer("custom", {"Enable": true, "Action": "Block"}), unreached(nobody)]) == set()
	findings([layer("custom", {"Enable": true, "Action": "dynamicDelivery"}), unreached(nobody)]) == set()
}

test_pass_with_built_in_protection_whose_policy_is_not_in_the_snapshot if {
	findings([layer("built_in", null), unreached(nobody)]) == set()
}

test_fail_when_the_policy_is_off_and_only_watches if {
	some found in findings([layer("custom", {"Enable": false, "Action": "Allow"})])
	endswith(found.message, "which applies to everyone, has the action Allow and is off.")
	found.evidence.settings == {"Enable": false, "Action": "Allow"}
	found.depends_on == []
}

test_fail_when_nobody_is_left_but_the_void if {
	some found in findings([nobody])
	found.message == "No Safe Attachments policy applies to everyone."
}

test_inconclusive_when_the_action_is_not_told if {
	some found in findings([layer("custom", {"Enable": true, "Action": null})])
	found.depends_on == ["Action of the policy Sales <b>%d"]
	endswith(found.message, "does not tell its state or action.")
}

test_a_policy_that_nobody_reaches_does_not_matter if {
	findings([unreached(layer("custom", {"Enable": false})), unreached(nobody)]) == set()
}
