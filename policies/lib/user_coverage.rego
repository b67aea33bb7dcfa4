# Who is left over when a set of Conditional Access policies counts: the classes of the fact `exclusions`.
#
# A set of counting policies is a set of policy ids. `certain` has those that surely count, `possible` also those of
# which it is not known (a condition or an authentication strength that the snapshot does not explain).
package tenantlint.lib.user_coverage

import data.tenantlint.lib.findings
import rego.v1

exclusions := input.facts.exclusions

# The counting policies that include all users. What the classes do not know of cannot count: better a finding too
# many than a pass too many.
for_all(counting) := {id | some id in counting; policy := exclusions.policies[id]; policy.everyone; policy.in_classes}

# Classes of users whom none of the counting policies reaches, and that hold an account that can sign in.
open_classes(counting) := [class |
	some class in exclusions.classes
	not class.emergency
	somebody(class)
	count(for_all(counting) - {id | some id in class.exempt}) == 0
	count(counting & {id | some id in class.covered_by}) == 0
]

somebody(class) if class.count > 0

# Whether an open class is surely open: no policy of which it is not known might reach it.
surely_open(class, possible) if {
	count(for_all(possible) - {id | some id in class.exempt}) == 0
	count(possible & {id | some id in class.covered_by}) == 0
	count(possible & {id | some id in class.maybe_covered_by}) == 0
}

# Excluded groups and roles whose members are not known, where somebody might be left out by every counting policy.
unknown_exclusions(counting) := {part |
	some id in for_all(counting)
	every other in for_all(counting) { exclusions.policies[other].excludes_others }
	some part in exclusions.policies[id].unknown
}

# The handles of the classes' principals. Guest types without an account only where nothing else is open: they have
# no count.
populations(classes) := accounts if {
	accounts := [class.population | some class in classes; not class.symbolic]
	count(accounts) > 0
} else := [class.population | some class in classes]

# How many enabled accounts the classes hold.
accounts(classes) := sum([class.count | some class in classes; not class.symbolic])

# The classes as evidence: who, how many, left out by which policies.
described(classes) := [{
	"accounts": class.count,
	"disabled": class.disabled,
	"names": class.names,
	"left_out_by": [exclusions.policies[id].name | some id in class.exempt],
} |
	some class in classes
]

# "12 accounts", "12 accounts and guests of the type serviceProvider".
people(classes) := findings.counted(number, "account", "accounts") if {
	number := accounts(classes)
	count(guest_types(classes)) == 0
} else := sprintf("external users of the type %s", [concat(", ", guest_types(classes))]) if {
	accounts(classes) == 0
} else := sprintf("%s and external users of the type %s", [
	findings.counted(accounts(classes), "account", "accounts"),
	concat(", ", guest_types(classes)),
])

guest_types(classes) := sort({name | some class in classes; class.symbolic; some name in class.names})

# "the members of the group "X"", for depends_on.
unknown_words(part) := sprintf("the %s of the %s %s", [
	{"group": "members", "role": "holders"}[part.kind],
	part.kind,
	findings.named([findings.text(part.name, part.id)]),
])

# What a finding of absence hangs on: nothing when surely no policy counts; security defaults when no policy is
# enabled and nothing is known of them (they and enabled policies exclude each other); else the policies' unknowns.
# `possible`: for each question, how many policies for all users count if every unknown is resolved well.
hangs_on(possible, unknowns, enabled) := {"depends_on": ["security defaults (security_defaults)"]} if {
	enabled == 0
	findings.status("security_defaults") != "ok"
} else := {"depends_on": sort(unknowns)} if {
	count(unknowns) > 0
	every number in possible { number > 0 }
} else := {}

# The finding for users whom all counting policies surely leave out. `message` has a %s for who.
left_out_finding(classes, counting, message) := {
	"resource": findings.tenant,
	"key": {"gap": "exclusions"},
	"message": sprintf(message, [people(classes)]),
	"population": populations(classes),
	"evidence": {"policies": counting, "left_out": described(classes)},
} if {
	count(classes) > 0
}

# The finding for users whom the counting policies may leave out.
perhaps_finding(classes, unknown, counting, message) := {
	"resource": findings.tenant,
	"key": {"gap": "unknown"},
	"message": message,
	"population": populations(classes),
	"evidence": {"policies": counting, "left_out": described(classes), "unknown": [part | some part in unknown]},
	"depends_on": sort(depends),
} if {
	reach := {"whom policies for chosen users reach" | count(classes) > 0}
	depends := {unknown_words(part) | some part in unknown} | reach
	count(depends) > 0
}
