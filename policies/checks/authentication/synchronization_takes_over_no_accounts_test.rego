package tenantlint.checks.authentication.synchronization_takes_over_no_accounts_test

import data.tenantlint.checks.authentication.synchronization_takes_over_no_accounts as check
import rego.v1

run(features) := found if {
	found := check.findings with input as {"collections": {
		"organization": {"onPremisesSyncEnabled": true},
		"on_premises_synchronization": {"id": "t", "features": features},
	}}
}

test_pass_as_wanted if run({
	"blockSoftMatchEnabled": true,
	"blockCloudObjectTakeoverThroughHardMatchEnabled": true,
}) == set()

test_fail_otherwise if {
	found := run({
		"blockSoftMatchEnabled": false,
		"blockCloudObjectTakeoverThroughHardMatchEnabled": false,
	})
	{finding.message | some finding in found} == {
		"An object in Active Directory takes over an account of the cloud by its name or address.",
		"An object in Active Directory takes over an account of the cloud by its anchor.",
	}
	every finding in found {
		finding.resource == {"kind": "onPremisesDirectorySynchronization", "id": "t", "name": "Synchronization"}
		finding.depends_on == []
	}
}

test_depends_when_null_or_not_collected if {
	count(run({
		"blockSoftMatchEnabled": null,
		"blockCloudObjectTakeoverThroughHardMatchEnabled": null,
	})) == 2
	every finding in run({
		"blockSoftMatchEnabled": null,
		"blockCloudObjectTakeoverThroughHardMatchEnabled": null,
	}) {
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
	count(bare) == 2
}

test_not_applicable_without_active_directory if {
	given := {"collections": {"organization": {"onPremisesSyncEnabled": null}}}
	check.findings == set() with input as given
	count(check.not_applicable) == 1 with input as given
}
