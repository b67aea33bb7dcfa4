package tenantlint.checks.authentication.password_hashes_synchronized_test

import data.tenantlint.checks.authentication.password_hashes_synchronized as check
import rego.v1

run(features) := found if {
	found := check.findings with input as {"collections": {
		"organization": {"onPremisesSyncEnabled": true},
		"on_premises_synchronization": {"id": "t", "features": features},
	}}
}

test_pass_as_wanted if run({"passwordSyncEnabled": true}) == set()

test_fail_otherwise if {
	found := run({"passwordSyncEnabled": false})
	{finding.message | some finding in found} == {"Password hashes are not synchronized to the cloud."}
	every finding in found {
		finding.resource == {"kind": "onPremisesDirectorySynchronization", "id": "t", "name": "Synchronization"}
		finding.depends_on == []
	}
}

test_depends_when_null_or_not_collected if {
	count(run({"passwordSyncEnabled": null})) == 1
	every finding in run({"passwordSyncEnabled": null}) {
		count(finding.depends_on) == 1
	}
	bare := check.findings with input as {
		"tenant": {"id": "t"},
		"statuses": {"on_premises_synchronization": "denied"},
		"collections": {"organization": {"onPremisesSyncEnabled": true}},
	}
	every finding in bare {
		count(finding.depends_on) == 1
	}
	count(bare) == 1
}

test_not_applicable_without_active_directory if {
	given := {"collections": {"organization": {"onPremisesSyncEnabled": null}}}
	check.findings == set() with input as given
	count(check.not_applicable) == 1 with input as given
}
