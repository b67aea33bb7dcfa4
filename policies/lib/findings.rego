# Resources that findings are about, and words for them.
package tenantlint.lib.findings

import rego.v1

# The tenant itself, for findings of absence.
tenant := {
	"kind": "tenant",
	"id": text(object.get(input, ["tenant", "id"], ""), "unknown"),
	"name": text(object.get(input, ["tenant", "display_name"], ""), ""),
}

# An object of a collection whose kind, id and name are given.
resource(kind, id, name) := {"kind": kind, "id": text(id, "unknown"), "name": text(name, "")}

# A value where a text is expected: the fallback for null, an empty text and everything that is no text.
text(value, fallback) := value if {
	is_string(value)
	value != ""
} else := fallback

# The list under a path, whatever stands there: [] for null, and for everything that is no list.
list(object_, path) := found if {
	is_object(object_)
	found := object.get(object_, path, [])
	is_array(found)
} else := []

# The object under a path: {} for null, and for everything that is no object.
block(object_, path) := found if {
	is_object(object_)
	found := object.get(object_, path, {})
	is_object(found)
} else := {}

# A collection that was sent, or [] where it was not.
collection(name) := list(input, ["collections", name])

# The status of a collection, for findings that hang on it.
status(name) := object.get(input, ["statuses", name], "not_collected")

# "1 user", "2 users".
counted(count_, one, many) := sprintf("%d %s", [count_, one]) if {
	count_ == 1
} else := sprintf("%d %s", [count_, many])

# At most five names of a sorted list, quoted, and how many more there are.
named(names) := concat(", ", quoted) if {
	count(names) <= 5
	quoted := [sprintf("\"%s\"", [name]) | some name in names]
} else := sprintf("%s and %d more", [concat(", ", first), count(names) - 5]) if {
	first := [sprintf("\"%s\"", [name]) | some name in array.slice(names, 0, 5)]
}
