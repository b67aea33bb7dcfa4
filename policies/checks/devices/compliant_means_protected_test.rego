package tenantlint.checks.devices.compliant_means_protected_test

import data.tenantlint.checks.devices.compliant_means_protected as check
import rego.v1

run(policies, most, platforms) := found if {
	found := check.findings with input as {
		"parameters": {"max_threat": most, "threat_platforms": platforms},
		"facts": {"device_compliance": {"policies": policies}},
	}
}

findings(policies) := run(policies, "low", ["windows", "ios"])

policy(antivirus, threat) := {
	"id": "p",
	"name": "<b>%s",
	"type": "windows10",
	"platform": "windows",
	"assigned": true,
	"targets": [],
	"beside": [],
	"asks": {"antivirus": {"state": antivirus, "seen": {"antivirusRequired": null}}},
	"threat": threat,
	"threat_seen": {"deviceThreatProtectionRequiredSecurityLevel": threat},
}

test_pass_when_protected if {
	every level in ["low", "secured"] {
		findings([policy("asked", level)]) == set()
	}
}

test_pass_at_a_level_that_is_permitted if run([policy("asked", "medium")], "medium", ["windows"]) == set()

test_pass_where_no_level_is_asked_for if run([policy("asked", "none")], "low", ["ios"]) == set()

test_pass_when_a_type_has_no_level if findings([policy("asked", null)]) == set()

test_pass_when_a_policy_beside_it_asks if {
	one := object.union(policy("not_asked", "high"), {"beside": [1]})
	findings([one, policy("asked", "low")]) == set()
}

test_fail_without_antivirus if {
	some one in findings([policy("not_asked", "low")])
	one.message == "A Windows device can be compliant without antivirus."
}

test_fail_at_any_threat if {
	every level in ["none", "high"] {
		some one in findings([policy("asked", level)])
		one.message == "A device can be compliant whatever threat was found on it."
		one.depends_on == []
	}
}

test_fail_at_a_level_that_is_too_high if {
	some one in findings([policy("asked", "medium")])
	one.message == "A device can be compliant at the threat level medium."
}

test_fail_when_the_parameter_is_no_level if {
	count(run([policy("asked", "low")], "nonsense", ["windows"])) == 1
	run([policy("asked", "secured")], "nonsense", ["windows"]) == set()
}

test_depends_when_the_level_is_not_told if {
	some one in findings([policy("asked", "unknown")])
	one.depends_on == ["threat level"]
}

test_not_applicable_without_assigned_policies if {
	reasons := check.not_applicable with input as {"facts": {"device_compliance": {"policies": []}}}
	count(reasons) == 1
}
