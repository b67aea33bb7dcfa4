# Findings from the facts `coverage.*`: who can sign in how without what a check asks for.
#
# A fact is exact over all policies together: what is `open` is open whatever the unknowns turn out to be, what
# `depends` hangs on those that the fact names. Emergency accounts are told apart and never counted.
package tenantlint.lib.coverage

import data.tenantlint.lib.findings as lib
import rego.v1

# The findings of one answer: a certain one, and one that hangs on unknowns. `key` tells answers of one check apart.
findings(answer, key) := {finding |
	some certainty in ["certain", "depends"]
	people := {"certain": answer.open, "depends": answer.depends}[certainty]
	worth_telling(answer, certainty)
	finding := object.union(
		{
			"resource": lib.tenant,
			"key": object.union({"certainty": certainty}, key),
			"message": message(answer, people, certainty),
			"population": handles(people),
			"evidence": evidence(answer),
		},
		hangs_on(answer, certainty),
	)
} | unanswered(answer, key)

worth_telling(answer, "certain") if somebody(answer.open)

worth_telling(answer, "depends") if answer.depends.count > 0

# People of whom it is not known whether there are any say nothing new where everybody is open anyway.
worth_telling(answer, "depends") if {
	somebody(answer.depends)
	not everybody_open(answer)
}

everybody_open(answer) if "every other user" in answer.open.without_account

everybody_open(answer) if {
	answer.users_known
	answer.users_total > 0
	answer.open.count == answer.users_total
}

# Nothing is seen open, but not everything could be looked at.
unanswered(answer, key) := {{
	"resource": lib.tenant,
	"key": object.union({"certainty": "unanswered"}, key),
	"message": sprintf("It could not be found out for all sign-ins whether anybody can %s.", [answer.words]),
	"evidence": evidence(answer),
	"depends_on": sort(answer.caveats),
}} if {
	not answer.exact
	not somebody(answer.open)
	not somebody(answer.depends)
} else := set()

somebody(people) if people.count > 0

somebody(people) if count(people.without_account) > 0

handles(people) := people.population if {
	is_array(people.population)
} else := [people.population]

hangs_on(_, "certain") := {}

hangs_on(answer, "depends") := {"depends_on": unknowns(answer)}

unknowns(answer) := sort(answer.depends_on) if {
	count(answer.depends_on) > 0
} else := ["what the policies are about"]

message(answer, people, "certain") := sprintf("%s can %s%s.", [who(people, answer), answer.words, where(answer)])

message(answer, people, "depends") := sprintf("%s may be able to %s.", [who(people, answer), answer.words])

# "87 users (of 265)", "Users whom no policy names", "People whom the snapshot does not list (serviceProvider)".
who(people, answer) := "Users whom no policy names" if {
	"every other user" in people.without_account
} else := sprintf("People whom the snapshot does not list (%s)", [lib.named(people.without_account)]) if {
	people.count == 0
} else := sprintf("%s%s (of %d)", [about(people, answer), number(people), answer.users_total]) if {
	answer.users_known
} else := sprintf("%s%s", [about(people, answer), number(people)])

about(people, answer) := "At least " if {
	object.get(people, "at_least", false)
	people.count < answer.users_total
} else := ""

number(people) := lib.counted(people.count, "user", "users")

# The widest region, and how many more there are.
where(answer) := "" if {
	count(certain_regions(answer)) == 0
} else := sprintf(": %s", [certain_regions(answer)[0].label]) if {
	more_regions(answer) == 0
} else := sprintf(": %s; and in %s", [
	certain_regions(answer)[0].label,
	lib.counted(more_regions(answer), "more way", "more ways"),
])

certain_regions(answer) := [region | some region in answer.regions; region.certainty == "certain"]

more_regions(answer) := (count(answer.regions) + answer.regions_more) - 1

evidence(answer) := {
	"users_open": answer.open.count,
	"users_depends": answer.depends.count,
	"users_total": answer.users_total,
	"without_account": answer.open.without_account,
	"emergency_accounts_open": answer.emergency.names,
	"exact": answer.exact,
	"caveats": answer.caveats,
	"ways": ways(answer.regions),
	"regions": described(answer.regions),
	"regions_not_shown": answer.regions_more,
}

# Regions in a line each, with the policy that comes closest to answering.
ways(regions) := [sprintf("%s: %s%s", [subject(region.users), region.label, closest(region)]) | some region in regions]

closest(region) := sprintf(" (\"%s\" %s)", [region.near_misses[0].name, region.near_misses[0].because]) if {
	count(region.near_misses) > 0
} else := ""

subject(people) := number(people) if {
	people.count > 0
} else := concat(", ", people.without_account)

# Regions as evidence.
described(regions) := [{
	"where": region.label,
	"users": region.users.count,
	"names": array.concat(region.users.names, region.users.without_account),
	"certainty": region.certainty,
	"witness": region.witness,
	"near_misses": region.near_misses,
} |
	some region in regions
]

# --- Parts of an answer -----------------------------------------------------------------------------------

# The answer without what is open in permitted applications alone.
beside_applications(answer, permitted) := answer if {
	count({name | some name in permitted} & object.keys(answer.by_application)) == 0
} else := part(answer, answer.by_application, "applications", object.keys(answer.by_application) - allowed) if {
	allowed := {name | some name in permitted}
}

# The answer for some platforms.
on_platforms(answer, platforms) := answer if {
	count(object.keys(answer.by_platform) - {name | some name in platforms}) == 0
} else := part(answer, answer.by_platform, "platforms", {name | some name in platforms})

part(answer, table, dimension, wanted) := object.union(answer, {
	"open": together([told.open | some name, told in table; name in wanted]),
	"depends": together([told.depends | some name, told in table; name in wanted]),
	"regions": [region | some region in answer.regions; touches(region[dimension], wanted)],
})

touches(tokens, wanted) if {
	some token in tokens
	token in (wanted | {"any"})
}

# People of several parts. How many they are in all is known when they are the same, or nobody.
together(groups) := {
	"count": max(array.concat([0], [one.count | some one in several])),
	"at_least": count(several) > 1,
	"names": array.slice(sort({name | some one in several; some name in one.names}), 0, 10),
	"without_account": sort({word | some one in several; some word in one.without_account}),
	"population": sort({handle | some one in several; some handle in handles(one)}),
} if {
	several := {one | some one in groups; somebody(one)}
}
