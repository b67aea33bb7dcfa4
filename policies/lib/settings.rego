# One setting of one object against what is wanted: nothing when it is, a finding when it is not, and a finding that
# depends on the setting when the snapshot does not tell it.
#
# Each function takes an `ask`: {resource, object, property, about, observed, ...}. `property` is a name, or a path as
# an array. `about` completes "The snapshot does not tell ..." (`whether SMTP AUTH is off`); `observed` is the message
# of the finding. `evidence` (optional) is added to what was read; `principals`, `population`, `key` (optional) go on
# the finding. Names are matched as written first, then without regard to case, as Exchange's own spelling varies.
package tenantlint.lib.settings

import rego.v1

# A switch that has to be `wanted` (true or false).
switch(ask) := verdict(ask, state) if {
	state := switch_state(truth(value(ask.object, ask.property)), ask.wanted)
}

# A text or number that has to be among `allowed`; texts are compared without regard to case. `known` (optional) are
# all values that the service has: another one is unknown, not wrong.
choice(ask) := verdict(ask, state) if {
	state := choice_state(folded(value(ask.object, ask.property)), ask)
}

# A number that has to be at least `least` and at most `most` (either may be left out). Numbers in texts count.
within(ask) := verdict(ask, state) if {
	state := within_state(number(value(ask.object, ask.property)), ask)
}

# A list that has to be empty: null, "" and [] are empty; an absent property is not told.
empty(ask) := verdict(ask, state) if {
	state := empty_state(value(ask.object, ask.property), has(ask.object, ask.property))
}

# The findings for a state that the caller found himself: "good", "bad" or "unknown".
verdict(ask, state) := set() if {
	state == "good"
} else := {object.union(common(ask), {"message": ask.observed, "depends_on": []})} if {
	state == "bad"
} else := {object.union(common(ask), {
	"message": sprintf("The snapshot does not tell %s.", [ask.about]),
	"depends_on": [shown(ask.property)],
})}

common(ask) := object.union(
	{
		"resource": ask.resource,
		"evidence": object.union({shown(ask.property): value(ask.object, ask.property)}, object.get(ask, "evidence", {})),
		"pointer": sprintf("/%s", [concat("/", path(ask.property))]),
	},
	{name: ask[name] | some name in ["principals", "population", "key"]; ask[name]},
)

path(property) := property if {
	is_array(property)
} else := [property]

shown(property) := concat(".", path(property))

# The value of a property, null when it is absent.
value(object_, property) := object.get(object_, property, null) if {
	is_array(property)
	is_object(object_)
} else := object_[spelling(object_, property)] if {
	is_string(property)
	spelling(object_, property) != null
} else := null

default has(_, _) := false

has(object_, property) if {
	is_array(property)
	is_object(object_)
	object.get(object_, property, "absent") != "absent"
}

has(object_, property) if {
	is_string(property)
	spelling(object_, property) != null
}

# How an object spells a property, null when it has none: as asked for, else without regard to case.
spelling(object_, property) := property if {
	is_object(object_)
	object.keys(object_)[property]
} else := min(others) if {
	is_object(object_)
	others := [name | some name in object.keys(object_); lower(name) == lower(property)]
	count(others) > 0
} else := null

# true and false, also as texts ("True", "false"); null for everything else.
truth(given) := given if {
	is_boolean(given)
} else := found if {
	is_string(given)
	found := {"true": true, "false": false}[lower(given)]
} else := null

# A number, also as a text of digits; null for everything else.
number(given) := given if {
	is_number(given)
} else := to_number(given) if {
	is_string(given)
	regex.match(`^-?[0-9]{1,15}$`, given)
} else := null

folded(given) := lower(given) if {
	is_string(given)
} else := given

switch_state(found, wanted) := "unknown" if {
	found == null
} else := "good" if {
	found == wanted
} else := "bad"

choice_state(found, ask) := "unknown" if {
	found == null
} else := "good" if {
	some allowed in ask.allowed
	folded(allowed) == found
} else := "bad" if {
	some known in object.get(ask, "known", [found])
	folded(known) == found
} else := "unknown"

within_state(found, ask) := "unknown" if {
	found == null
} else := "bad" if {
	found < object.get(ask, "least", found)
} else := "bad" if {
	found > object.get(ask, "most", found)
} else := "good"

empty_state(found, told) := "good" if {
	told
	found in [null, "", []]
} else := "bad" if {
	is_array(found)
} else := "bad" if {
	is_string(found)
} else := "unknown"
