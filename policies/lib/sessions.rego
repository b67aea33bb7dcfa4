# The facts `sessions.*_frequency`, which have an answer for each frequency in use, at the limit of a check.
package tenantlint.lib.sessions

import rego.v1

# The answer for the longest frequency in use that is short enough. Answers come shortest first, and the first one,
# with -1 hours, counts no frequency at all.
at_most(answers, hours) := fitting[count(fitting) - 1] if {
	fitting := [one | some one in answers; one.hours <= max([hours, -1])]
}

# The same for an answer about people, with words that name the limit.
within(answers, hours, words) := object.union(at_most(answers, hours), {"words": sprintf(words, [hours])})
