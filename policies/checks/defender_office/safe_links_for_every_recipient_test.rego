package tenantlint.checks.defender_office.safe_links_for_every_recipient_test

import data.tenantlint.checks.defender_office.safe_links_for_every_recipient as check
import rego.v1

settings := ["EnableSafeLinksForEmail", "EnableSafeLinksForTeams", "EnableSafeLinksForOffice"]

everyone := {"kind": "domain", "id": "*", "name": "everyone"}

base := {
	"policy": null,
	"policy_unknown": null,
	"resource": {"kind": "tenant", "id": "t", "name": "Contoso"},
	"rule": null,
	"rule_id": null,
	"reaches": "everyone",
	"reached": "none",
	"who": [],
	"who_possibly": [],
	"depends_on": [],
}

nobody := object.union(base, {"layer": "none", "name": "none"})

standard := object.union(base, {"layer": "standard", "name": "Standard", "reached": "certain", "who": [everyone]})

custom(policy) := object.union(base, {
	"layer": "custom",
	"name": "Sales",
	"policy": policy,
	"resource": {"kind": "safeLinksPolicy", "id": "p", "name": "Sales"},
	"rule": "Sales",
	"rule_id": "r",
	"reached": "certain",
	"who": [everyone],
})

on := {name: true | some name in settings}

findings(layers) := found if {
	found := check.findings with input as {
		"parameters": {"required_settings": settings},
		"facts": {"mail_protection": {"safe_links": {"layers": layers}}},
	}
}

test_pass_when_a_preset_takes_everybody if {
	findings([standard, nobody]) == set()
}

test_pass_when_a_custom_policy_has_everything_on if {
	findings([custom(on), nobody]) == set()
}

test_fail_when_somebody_is_left_without_a_policy if {
	some found in findings([object.union(nobody, {"reached": "certain", "who": [everyone]})])
	found.message == "No Safe Links policy applies to everyone."
	found.resource.kind == "tenant"
	found.depends_on == []
}

test_inconclusive_when_somebody_may_be_left_without_a_policy if {
	left := {"reached": "possible", "who_possibly": [everyone], "depends_on": ["the members of the group x"]}
	some found in findings([object.union(nobody, left)])
	found.depends_on == ["the members of the group x"]
}

test_fail_when_a_reached_policy_has_a_switch_off if {
	some found in findings([custom(object.union(on, {"EnableSafeLinksForTeams": false})), nobody])
	found.message == "The Safe Links policy \"Sales\", which applies to everyone, has EnableSafeLinksForTeams off."
	found.evidence.settings.EnableSafeLinksForTeams == false
	found.evidence.settings.EnableSafeLinksForEmail == true
	found.depends_on == []
}

test_a_policy_that_nobody_reaches_does_not_matter if {
	weak := object.union(custom({}), {"reached": "none", "who": []})
	findings([standard, weak, nobody]) == set()
}

test_inconclusive_when_a_setting_is_absent_or_no_boolean if {
	some found in findings([custom({"EnableSafeLinksForEmail": 7, "EnableSafeLinksForTeams": true}), nobody])
	found.depends_on == [
		"EnableSafeLinksForEmail of the policy Sales",
		"EnableSafeLinksForOffice of the policy Sales",
	]
	found.message == "The Safe Links policy \"Sales\", which applies to everyone, does not tell all its settings."
}

test_inconclusive_when_the_rule_names_a_policy_that_is_not_there if {
	missing := object.union(custom(null), {"policy_unknown": "the policy Sales"})
	some found in findings([missing, nobody])
	found.depends_on == ["the policy Sales"]
}

test_hostile_names_stay_text if {
	hostile := object.union(custom({}), {"name": "%s <script>](javascript:) \n::set-output"})
	some found in findings([hostile])
	startswith(found.message, "The Safe Links policy \"%s <script>](javascript:) \n::set-output\"")
}
