# The tenant as an organization: whether it synchronizes with Active Directory.
package tenantlint.lib.organization

import data.tenantlint.lib.findings
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
