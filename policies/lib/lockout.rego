# Words for what the facts `lockout.*` tell.
package tenantlint.lib.lockout

import data.tenantlint.lib.findings
import rego.v1

# The Conditional Access policy that a fact names.
resource(policy) := findings.resource("conditionalAccessPolicy", policy.id, policy.name)

# A finding, depending on what the fact says that it hangs on.
with_unknowns(finding, told) := finding if {
	told.certain
} else := object.union(finding, {"depends_on": unknowns(told)})

# Never empty: what hangs on nothing that has a name hangs on what the snapshot lacks.
unknowns(told) := told.depends_on if {
	count(told.depends_on) > 0
} else := ["what the snapshot does not hold"]

# "3 users", or where the snapshot does not list them, what they are.
whom(people) := findings.counted(people.count, "user", "users") if {
	people.count > 0
} else := findings.named(sort({one | some one in people.labels})) if {
	count(people.labels) > 0
} else := "nobody who is known"

# Policies by name.
policies(list) := sprintf("the policy %s", [findings.named([one.name | some one in list])]) if {
	count(list) == 1
} else := sprintf("the policies %s", [findings.named([one.name | some one in list])])

third_person(list) := "s" if {
	count(list) == 1
} else := ""
