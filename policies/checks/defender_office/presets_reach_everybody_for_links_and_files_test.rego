package tenantlint.checks.defender_office.presets_reach_everybody_for_links_and_files_test

import data.tenantlint.checks.defender_office.presets_reach_everybody_for_links_and_files as check
import data.tenantlint.lib.mail_settings_test as mocks
import rego.v1

findings(layers) := [finding |
	found := check.findings with input as mocks.told("presets_defender", layers, {})
	some finding in found
]

nobody := object.union(mocks.layer("none", null), {"name": "none"})

test_pass_when_presets_take_everybody if {
	findings([mocks.layer("strict", null), mocks.unreached(nobody)]) == []
}

test_fail_when_somebody_is_left if {
	[finding] = findings([mocks.unreached(mocks.layer("strict", null)), nobody])
	finding.message == "No preset protects everyone against dangerous links, attachments and impersonation."
	finding.evidence.presets == {"Sales <b>%d": "everyone"}
	finding.depends_on == []
}

test_inconclusive_when_it_hangs_on_a_group if {
	possible := {"reached": "possible", "who": [], "who_possibly": [mocks.everyone], "depends_on": ["the members of x"]}
	[finding] = findings([object.union(nobody, possible)])
	finding.message == "Perhaps no preset protects everyone against dangerous links, attachments and impersonation."
	finding.depends_on == ["the members of x"]
}
