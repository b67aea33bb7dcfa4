# The tenant as an organization: whether it synchronizes with Active Directory, and how.
package tenantlint.lib.organization

import data.tenantlint.lib.findings
import data.tenantlint.lib.settings
import rego.v1

organization := findings.block(input, ["collections", "organization"])

resource := findings.resource(
	"organization",
	findings.text(object.get(organization, "id", ""), "organization"),
	findings.text(object.get(organization, "displayName", ""), "Organization"),
)

# `yes`, `no` or `unknown`. Graph gives null for a tenant that never did, false for one that no longer does.
synchronizes := "yes" if {
	told == true
} else := "no" if {
	told in [null, false]
} else := "unknown"

told := object.get(organization, "onPremisesSyncEnabled", "not told")

no_directory := "The tenant does not synchronize with Active Directory."

unknown := "whether the tenant synchronizes (onPremisesSyncEnabled)"

# A finding that is one only where the tenant synchronizes.
if_synchronizing(finding) := finding if {
	synchronizes == "yes"
} else := object.union(finding, {"depends_on": array.concat(finding.depends_on, [unknown])})

synchronization := findings.block(input, ["collections", "on_premises_synchronization"])

# A switch of the synchronization's features: an ask as in lib/settings.rego without object and resource. `absent`
# (optional) is what an absent feature is by Microsoft's documentation.
feature(ask) := set() if {
	synchronizes == "no"
} else := set() if {
	stands_for_itself(ask)
} else := {if_synchronizing(object.union(finding, {"key": {"feature": ask.property}})) |
	some finding in settings.switch({
		"resource": holder,
		"object": synchronization,
		"property": ["features", ask.property],
		"wanted": ask.wanted,
		"about": ask.about,
		"observed": ask.observed,
	})
}

default stands_for_itself(_) := false

# The features are told, this one is not among them, and what it is then is as wanted.
stands_for_itself(ask) if {
	features := findings.block(synchronization, ["features"])
	count(features) > 0
	object.get(features, ask.property, "absent") == "absent"
	ask.absent == ask.wanted
}

holder := findings.resource(
	"onPremisesDirectorySynchronization",
	findings.text(object.get(synchronization, "id", ""), "on_premises_synchronization"),
	"Synchronization",
) if {
	count(synchronization) > 0
} else := resource
