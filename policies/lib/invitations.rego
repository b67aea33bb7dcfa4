# Domains that guests may or may not be invited from, out of the texts of JSON in which the service keeps them.
package tenantlint.lib.invitations

import data.tenantlint.lib.findings
import rego.v1

# Every list that the definition of a policy holds: {"allowed": [...] | null, "blocked": [...] | null}; null where it
# has no list of that kind. A definition that is no JSON is not told.
lists(policy) := {
	"allowed": domains(policy, "alloweddomains"),
	"blocked": domains(policy, "blockeddomains"),
	"readable": count(unreadable(policy)) == 0,
}

unreadable(policy) := [one | some one in findings.list(policy, ["definition"]); not is_json(one)]

default is_json(_) := false

is_json(one) if {
	is_string(one)
	json.is_valid(one)
}

parsed(policy) := [json.unmarshal(one) | some one in findings.list(policy, ["definition"]); is_json(one)]

domains(policy, kind) := sort({lower(domain) | some list in given; some domain in list; is_string(domain)}) if {
	given := [list |
		some whole in parsed(policy)
		some rules in rules_of(whole)
		some name, list in rules
		is_string(name)
		lower(name) == kind
		is_array(list)
	]
	count(given) > 0
} else := null

# InvitationsAllowedAndBlockedDomainsPolicy, under the policy's own name.
rules_of(whole) := [rules |
	is_object(whole)
	some holder in whole
	is_object(holder)
	some name, rules in holder
	lower(name) == "invitationsallowedandblockeddomainspolicy"
	is_object(rules)
]
