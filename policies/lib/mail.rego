# METADATA
# description: Reads the layers of effective mail protection (facts mail_protection.*) and makes findings of them.
package tenantlint.lib.mail

import rego.v1

# Layers whose settings Microsoft keeps; a policy object that the snapshot lacks hides nothing there.
managed(layer) if layer.layer in {"strict", "standard", "built_in"}

setting(layer, name) := value if {
	layer.policy != null
	value := object.get(layer.policy, name, null)
} else := null

# Names of the unknowns: settings that the layer's policy does not tell, or not in the type that they have.
unknown_settings(layer, types) := {unknown |
	not managed(layer)
	layer.policy != null
	some name, type in types
	type_name(setting(layer, name)) != type
	unknown := sprintf("%s of the policy %s", [name, layer.name])
} | {layer.policy_unknown |
	not managed(layer)
	layer.policy_unknown != null
}

# A finding on one layer. `flaws`: what is certainly wrong; `unknowns`: what may be.
finding(layer, layers, flaws, unknowns, message, evidence) := {
	"resource": layer.resource,
	"key": [layer.layer, layer.rule_id],
	"message": message,
	"principals": affected(layer),
	"depends_on": sort(depends_on(layer, flaws, unknowns)),
	"evidence": object.union(
		{
			"layer": layer.layer,
			"policy": layer.name,
			"rule": layer.rule,
			"applies_to": layer.reaches,
			"order": [step | some each in layers; step := in_words(each)],
		},
		evidence,
	),
}

depends_on(layer, flaws, unknowns) := {name |
	layer.reached == "possible"
	some name in layer.depends_on
} | {name |
	count(flaws) == 0
	some name in unknowns
}

affected(layer) := layer.who if {
	layer.reached == "certain"
} else := layer.who_possibly

in_words(layer) := sprintf("%s: %s (%s)", [layer.layer, layer.reaches, reached(layer)])

reached(layer) := "reached" if {
	layer.reached == "certain"
} else := "perhaps reached" if {
	layer.reached == "possible"
} else := "nobody is left for it"

# The policy as the subject of a sentence: "The Safe Links policy "x", which applies to everyone,".
subject(product, layer) := sprintf("The %s policy \"%s\", which %s %s,", [
	product,
	layer.name,
	applies(layer),
	people(layer),
])

# A whole sentence on those for whom no policy is left.
nobodys(product, layer) := sprintf("No %s policy applies to %s.", [product, people(layer)]) if {
	layer.reached == "certain"
} else := sprintf("Perhaps no %s policy applies to %s.", [product, people(layer)])

applies(layer) := "applies to" if {
	layer.reached == "certain"
} else := "may apply to"

people(layer) := shortened([each | some one in affected(layer); each := person(one)])

person(principal) := sprintf("the members of %s", [principal.name]) if {
	principal.kind == "group"
} else := principal.name if {
	principal.id == "*"
} else := sprintf("everyone in %s", [principal.name]) if {
	principal.kind == "domain"
} else := principal.name

# The first three of a list, and how many there are beside them.
shortened(names) := concat(", ", names) if {
	count(names) <= 3
} else := sprintf("%s and %d more", [concat(", ", array.slice(names, 0, 3)), count(names) - 3])

# The first of the keys that has a value, as the collection's schema orders them.
identity(item, keys) := values[0] if {
	values := [value | some key in keys; value := object.get(item, key, null); is_string(value); value != ""]
	count(values) > 0
} else := "unknown"

# What Exchange writes as a list, or as a bare value where the list has one entry.
listed(value) := value if {
	is_array(value)
} else := [] if {
	value in [null, "", {}]
} else := [value]
