# Conditional Access policies one by one: what a policy demands, and what narrows it.
#
# A policy counts towards a question only when nothing narrows it: an unknown condition with a value narrows it
# too, by how much nobody can tell.
package tenantlint.lib.conditional_access

import data.tenantlint.lib.findings
import rego.v1

legacy_client_types := ["exchangeActiveSync", "other"]

modern_client_types := ["browser", "mobileAppsAndDesktopClients"]

phishing_resistant_methods := {"windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"}

# Methods that are two factors by themselves; combinations of two methods hold a comma.
multifactor_methods := phishing_resistant_methods | {
	"deviceBasedPush",
	"federatedMultiFactor",
	"temporaryAccessPassMultiUse",
	"temporaryAccessPassOneTime",
}

# The authentication strengths that every tenant has, and whose meaning Microsoft fixes.
built_in_strengths := {
	"00000000-0000-0000-0000-000000000002": "mfa",
	"00000000-0000-0000-0000-000000000003": "mfa",
	"00000000-0000-0000-0000-000000000004": "phishing_resistant",
}

# Conditions with a meaning for sign-ins of users; every other one that has a value is one that we do not know.
known_conditions := {
	"applications",
	"users",
	"clientAppTypes",
	"platforms",
	"locations",
	"devices",
	"userRiskLevels",
	"signInRiskLevels",
	"servicePrincipalRiskLevels",
	"insiderRiskLevels",
	"agentIdRiskLevels",
	"authenticationFlows",
	"clientApplications",
}

known_application_conditions := {
	"includeApplications",
	"excludeApplications",
	"includeUserActions",
	"includeAuthenticationContextClassReferences",
	"applicationFilter",
}

risk_conditions := {
	"userRiskLevels": "user risk",
	"signInRiskLevels": "sign-in risk",
	"servicePrincipalRiskLevels": "workload identity risk",
	"insiderRiskLevels": "insider risk",
	"agentIdRiskLevels": "agent risk",
}

resource(policy) := findings.resource("conditionalAccessPolicy", identity(policy), name(policy))

# A policy written by hand may have no id yet; then its name identifies it.
identity(policy) := findings.text(object.get(policy, "id", ""), findings.text(display_name(policy), "unknown"))

display_name(policy) := object.get(policy, "displayName", "")

name(policy) := findings.text(display_name(policy), identity(policy))

enabled(policy) if object.get(policy, "state", "") == "enabled"

number_enabled(policies) := count([policy | some policy in policies; enabled(policy)])

# Whether a value constrains anything: null, empty values and "none" do not.
has_value(value) if not empty(value)

empty(value) if bare(value)

# An object without anything in it, such as a condition that was switched off again.
empty(value) if {
	is_object(value)
	every part in value { bare(part) }
}

bare(value) if value in {null, "", "none", false}

bare(value) if value == []

# --- Users -------------------------------------------------------------------------------------------------

includes_everyone(policy) if "All" in findings.list(policy, ["conditions", "users", "includeUsers"])

includes_role(policy, role) if role in findings.list(policy, ["conditions", "users", "includeRoles"])

excludes_role(policy, role) if role in findings.list(policy, ["conditions", "users", "excludeRoles"])

# --- Client types ------------------------------------------------------------------------------------------

client_types(policy) := findings.list(policy, ["conditions", "clientAppTypes"])

# Absent and empty mean every client, as the portal has it.
covers_client(policy, _) if count(client_types(policy)) == 0

covers_client(policy, _) if "all" in client_types(policy)

covers_client(policy, client) if client in client_types(policy)

# --- What narrows a policy ---------------------------------------------------------------------------------

# Reasons, as clauses, why an enabled policy does not reach every sign-in of its users; users and client types
# are looked at apart. `permitted`: ids of applications that a policy may leave out.
narrowed_by(policy, permitted) := reasons if {
	conditions := findings.block(policy, ["conditions"])
	reasons := union({
		application_reasons(findings.block(conditions, ["applications"]), permitted),
		place_reasons(conditions),
		risk_reasons(conditions),
		workload_reasons(conditions),
	})
}

application_reasons(applications, permitted) := union({chosen, left_out, filtered}) if {
	included := findings.list(applications, ["includeApplications"])
	excluded := [sprintf("%v", [app]) |
		some app in findings.list(applications, ["excludeApplications"])
		not app in permitted
	]
	chosen := {"it is limited to chosen applications" | not "All" in included}
	left_out := {sprintf("it leaves out %s (%s)", [
		findings.counted(count(excluded), "application", "applications"),
		concat(", ", sort(excluded)),
	]) |
		count(excluded) > 0
	}
	filtered := {"it has an application filter" | has_value(object.get(applications, "applicationFilter", null))}
}

place_conditions := [
	["platforms", "includePlatforms", "excludePlatforms", {"all"}, "it is limited to some device platforms"],
	["locations", "includeLocations", "excludeLocations", {"All"}, "it is limited to some locations"],
]

place_reasons(conditions) := union({places, devices, flows}) if {
	places := {reason |
		some [key, inclusion, exclusion, all_values, reason] in place_conditions
		place := findings.block(conditions, [key])
		limited(findings.list(place, [inclusion]), findings.list(place, [exclusion]), all_values)
	}
	devices := {"it is limited to some devices" |
		some value in findings.block(conditions, ["devices"])
		has_value(value)
	}
	flows := {"it is limited to some authentication flows" |
		some value in findings.block(conditions, ["authenticationFlows"])
		has_value(value)
	}
}

limited(_, excluded, _) if count(excluded) > 0

limited(included, _, all_values) if {
	count(included) > 0
	count(all_values & {value | some value in included}) == 0
}

risk_reasons(conditions) := {sprintf("it applies at certain levels of %s only", [label]) |
	some key, label in risk_conditions
	has_value(object.get(conditions, key, null))
}

workload_reasons(conditions) := {"it is about workload identities" |
	some value in findings.block(conditions, ["clientApplications"])
	has_value(value)
}

# Conditions that have a value and that tenantlint does not know, as paths below `conditions`.
unknown_conditions(policy) := of_sign_ins | of_applications if {
	of_sign_ins := {key |
		some key, value in findings.block(policy, ["conditions"])
		not key in known_conditions
		not contains(key, "@odata")
		has_value(value)
	}
	of_applications := {sprintf("applications.%s", [key]) |
		some key, value in findings.block(policy, ["conditions", "applications"])
		not key in known_application_conditions
		not contains(key, "@odata")
		has_value(value)
	}
}

# --- What a policy demands ---------------------------------------------------------------------------------

grant(policy) := findings.block(policy, ["grantControls"])

controls(policy) := findings.list(policy, ["grantControls", "builtInControls"])

strength(policy) := findings.block(policy, ["grantControls", "authenticationStrength"])

blocks(policy) if "block" in controls(policy)

# Each demand of the grant, in Graph's words.
demands(policy) := union({
	{control | some control in controls(policy); is_string(control)},
	{sprintf("termsOfUse:%v", [terms]) | some terms in findings.list(policy, ["grantControls", "termsOfUse"])},
	{sprintf("customAuthenticationFactor:%v", [factor]) |
		some factor in findings.list(policy, ["grantControls", "customAuthenticationFactors"])
	},
	{sprintf("authenticationStrength:%v", [object.get(strength(policy), "id", "?")]) | count(strength(policy)) > 0},
})

# All demands must be met with the operator AND, and where there is only one.
all_needed(policy) if upper(findings.text(object.get(grant(policy), "operator", ""), "OR")) == "AND"

all_needed(policy) if count(demands(policy)) == 1

# Whether the grant forces a level (`mfa`, `phishing_resistant`): "yes", "no" or "unknown". A block forces each.
forces(policy, level) := "yes" if {
	blocks(policy)
} else := verdict if {
	verdicts := [meets(policy, demand, level) | some demand in demands(policy)]
	verdict := combined(policy, verdicts)
}

combined(policy, verdicts) := "yes" if {
	all_needed(policy)
	"yes" in verdicts
} else := "unknown" if {
	all_needed(policy)
	"unknown" in verdicts
} else := "yes" if {
	not all_needed(policy)
	count(verdicts) > 0
	every verdict in verdicts { verdict == "yes" }
} else := "unknown" if {
	not all_needed(policy)
	"unknown" in verdicts
	not "no" in verdicts
} else := "no"

meets(_, "mfa", "mfa") := "yes"

meets(policy, demand, level) := strength_meets(strength(policy), level) if {
	startswith(demand, "authenticationStrength:")
} else := "unknown" if {
	demand == "unknownFutureValue"
} else := "no" if {
	[demand, level] != ["mfa", "mfa"]
}

# A policy carries its strength whole, or only the strength's id: then the tenant's list of strengths tells.
strength_meets(given, level) := "yes" if {
	level == "mfa"
	object.get(given, "requirementsSatisfied", "") == "mfa"
} else := verdict if {
	methods := methods_of(given)
	count(methods) > 0
	verdict := methods_meet(methods, level)
} else := "yes" if {
	built_in_strengths[object.get(given, "id", "")] in {level, "phishing_resistant"}
} else := "no" if {
	built_in_strengths[object.get(given, "id", "")]
} else := "unknown"

methods_of(given) := {method | some method in findings.list(given, ["allowedCombinations"])} | {method |
	some listed in findings.collection("authentication_strengths")
	object.get(listed, "id", "") == object.get(given, "id", "?")
	some method in findings.list(listed, ["allowedCombinations"])
}

methods_meet(methods, level) := "yes" if {
	every method in methods { method_meets(method, level) }
} else := "no"

method_meets(method, _) if method in phishing_resistant_methods

method_meets(method, "mfa") if method in multifactor_methods

method_meets(method, "mfa") if contains(method, ",")

# --- Why a policy does not count ---------------------------------------------------------------------------

state_reasons(policy) := {"it only reports and enforces nothing"} if {
	object.get(policy, "state", "") == "enabledForReportingButNotEnforced"
} else := set() if {
	enabled(policy)
} else := {"it is disabled"}

user_reasons(policy) := set() if {
	includes_everyone(policy)
} else := {"it does not include all users"}

client_reasons(policy, clients) := {sprintf("it does not reach %s", [concat(" and ", missed)]) |
	missed := [client | some client in clients; not covers_client(policy, client)]
	count(missed) > 0
}

unknown_reasons(policy) := {sprintf("it has the condition %s, which tenantlint does not know", [key]) |
	some key in unknown_conditions(policy)
}

# The unknowns of a policy, for depends_on.
unknown_words(policy, reasons) := {sprintf("the policy %s: %s", [findings.named([name(policy)]), reason]) |
	some reason in reasons
}

# A policy that nearly counts, as evidence.
near_miss(policy, reasons) := {
	"policy_id": identity(policy),
	"name": name(policy),
	"because": sort(reasons),
}

# The ten that miss by least.
nearest(misses) := [miss | some [_, _, miss] in array.slice(ranked, 0, 10)] if {
	ranked := sort([[count(miss.because), miss.name, miss] | some miss in misses])
}

# What a grant accepts, in Graph's words.
accepted(policy) := concat(" and ", sort(demands(policy))) if {
	all_needed(policy)
} else := concat(" or ", sort(demands(policy)))

# Why it is not known whether the grant forces a level.
strength_reasons(policy, level) := {sprintf("what its authentication strength %s accepts is not known", [
	findings.named([findings.text(object.get(strength(policy), "displayName", ""), strength_id(policy))]),
])} if {
	count(strength(policy)) > 0
	forces(policy, level) == "unknown"
} else := {"it has a grant control that tenantlint does not know"} if {
	forces(policy, level) == "unknown"
} else := set()

strength_id(policy) := findings.text(object.get(strength(policy), "id", ""), "?")
