# Limits on the credentials of applications: the tenant's default policy, and the policies for some applications that
# go before it.
#
# `findings` takes an ask: {type, list, what, most}. `type` is the restrictionType that limits it, in `list`
# (passwordCredentials or keyCredentials); `what` completes "Applications may be given ..."; `most`, for lifetimes,
# is the number of days that a limit may have, null for what is to be forbidden altogether. A state of a limit is
# {state, detail}: "enforced", "open" (no limit), "older" (only for applications made later than `detail`), "long"
# (`detail` is the limit), "exempt" (not for those who carry attributes), "unknown".
package tenantlint.lib.app_management

import data.tenantlint.lib.findings as lib
import rego.v1

policy := lib.block(input, ["collections", "default_app_management_policy"])

resource := lib.resource(
	"tenantAppManagementPolicy",
	lib.text(object.get(policy, "id", ""), "default_app_management_policy"),
	lib.text(object.get(policy, "displayName", ""), "Default app management policy"),
)

kinds := {
	"applicationRestrictions": {"many": "Applications", "short": "applications"},
	"servicePrincipalRestrictions": {"many": "Service principals", "short": "service principals"},
}

# A policy that is off limits nothing. One that does not say whether it is on is judged by its limits.
default off := false

off if object.get(policy, "isEnabled", true) == false

findings(ask) := of_the_switch(ask) if {
	off
} else := of_the_default(ask) | of_the_others(ask)

of_the_switch(ask) := {{
	"resource": resource,
	"message": sprintf("The policy for credentials is off: applications may be given %s.", [ask.what]),
	"evidence": {"isEnabled": false},
	"pointer": "/isEnabled",
}}

of_the_default(ask) := {finding |
	some kind, words in kinds
	found := limit(object.get(policy, kind, null), ask)
	found.state != "enforced"
	finding := object.union(told(found, words.many, ask), {
		"resource": resource,
		"key": {"applies_to": words.short},
		"pointer": sprintf("/%s/%s", [kind, ask.list]),
	})
}

# A policy of its own goes before the default where it says something of the same kind; elsewhere the default holds.
of_the_others(ask) := {finding |
	some own in lib.collection("app_management_policies")
	is_object(own)
	object.get(own, "isEnabled", true) != false
	restrictions := lib.block(own, ["restrictions"])
	count(of_type(restrictions, ask)) > 0
	found := limit(restrictions, ask)
	found.state != "enforced"
	assigned(own) != []
	name := lib.text(object.get(own, "displayName", ""), "a policy without a name")
	who := sprintf("Applications under the policy \"%s\"", [name])
	finding := object.union(narrowed(told(found, who, ask), own, name), {
		"resource": lib.resource("appManagementPolicy", lib.text(object.get(own, "id", ""), name), name),
		"pointer": sprintf("/restrictions/%s", [ask.list]),
	})
}

# To which applications a policy was given, null when that was not read.
assigned(own) := given if {
	given := object.get(own, "appliesTo", null)
	is_array(given)
} else := null

narrowed(finding, own, name) := found if {
	is_array(assigned(own))
	evidence := object.union(finding.evidence, {"applied_to": names(assigned(own))})
	found := object.union(finding, {"evidence": evidence})
} else := found if {
	unread := sprintf("to which applications the policy \"%s\" was given", [name])
	before := {one | some one in object.get(finding, "depends_on", [])}
	found := object.union(finding, {"depends_on": sort({unread} | before)})
}

names(given) := sort([name |
	some one in given
	is_object(one)
	name := lib.text(object.get(one, "displayName", ""), lib.text(object.get(one, "id", ""), "unknown"))
])

told(found, who, ask) := object.union(
	{
		"message": sentence(found, who, ask),
		"evidence": {"restrictionType": ask.type, "limits": found.limits},
	},
	hangs_on(found),
)

sentence(found, who, ask) := sprintf("%s may be given %s.", [who, ask.what]) if {
	found.state == "open"
} else := sprintf("%s made before %s may be given %s.", [who, found.detail, ask.what]) if {
	found.state == "older"
} else := sprintf("%s may be given %s: the limit is %s.", [who, ask.what, found.detail]) if {
	found.state == "long"
} else := sprintf("%s may be given %s when they carry an attribute that is exempt.", [who, ask.what]) if {
	found.state == "exempt"
} else := sprintf("%s: the snapshot does not tell whether they may be given %s.", [who, ask.what])

hangs_on(found) := {"depends_on": ["which applications carry the attribute that is exempt"]} if {
	found.state == "exempt"
} else := {"depends_on": [sprintf("restrictions of the type %s", [found.type])]} if {
	found.state == "unknown"
} else := {}

of_type(restrictions, ask) := [one |
	some one in lib.list(restrictions, [ask.list])
	is_object(one)
	lower(lib.text(object.get(one, "restrictionType", ""), "")) == lower(ask.type)
]

# The strictest of the limits of one kind decides.
limit(restrictions, ask) := object.union({"limits": given, "type": ask.type}, found) if {
	is_object(restrictions)
	given := of_type(restrictions, ask)
	found := strictest([state_of(one, ask) | some one in given])
} else := {"state": "unknown", "detail": "", "limits": [], "type": ask.type}

order := ["enforced", "unknown", "exempt", "older", "long", "open"]

strictest(states) := found[0] if {
	found := [one | some name in order; some one in states; one.state == name]
	count(found) > 0
} else := {"state": "open", "detail": ""}

state_of(one, ask) := {"state": "open", "detail": ""} if {
	lower(lib.text(object.get(one, "state", ""), "")) == "disabled"
} else := {"state": "unknown", "detail": ""} if {
	lower(lib.text(object.get(one, "state", ""), "")) != "enabled"
} else := {"state": "unknown", "detail": ""} if {
	ask.most != null
	days(object.get(one, "maxLifetime", null)) == null
} else := {"state": "long", "detail": one.maxLifetime} if {
	ask.most != null
	days(one.maxLifetime) > ask.most
} else := {"state": "older", "detail": substring(since, 0, 10)} if {
	since := lib.text(object.get(one, "restrictForAppsCreatedAfterDateTime", ""), "")
	since > "1901"
} else := {"state": "exempt", "detail": ""} if {
	count(lib.list(one, ["excludeActors", "customSecurityAttributes"])) > 0
} else := {"state": "enforced", "detail": ""}

# The whole days of an ISO 8601 duration, of which a begun day counts; a month is 30 days. Null for anything else.
days(duration) := sum(lengths) + begun if {
	is_string(duration)
	regex.match(`^P([0-9]{1,5}Y)?([0-9]{1,5}M)?([0-9]{1,5}W)?([0-9]{1,5}D)?(T[0-9HMS.]+)?$`, duration)
	lengths := [whole | some unit, length in {"Y": 365, "M": 30, "W": 7, "D": 1}; whole := part(duration, unit) * length]
	begun := count([1 | contains(duration, "T")])
} else := null

part(duration, unit) := to_number(trim_suffix(found[0], unit)) if {
	found := regex.find_n(sprintf("[0-9]{1,5}%s", [unit]), split(duration, "T")[0], 1)
	count(found) == 1
} else := 0
