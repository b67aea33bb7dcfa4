# METADATA
# description: Findings on the DNS records of mail domains (facts spf and dmarc).
package tenantlint.lib.mail_domains

import rego.v1

# A finding on one entry of the facts; with unknowns it hangs on them.
finding(entry, message, unknowns, evidence) := {
	"resource": entry.resource,
	"message": message,
	"principals": [{"kind": "domain", "id": entry.domain, "name": entry.domain}],
	"depends_on": unknowns,
	"evidence": object.union({"domain": entry.domain, "records": entry.records}, evidence),
}

# What stands in the way of any DMARC policy for the domain; undefined where one holds or nothing is known.
without_policy(entry) := sprintf("%s has no DMARC record, and no domain above it has one.", [entry.domain]) if {
	entry.state == "absent"
}

without_policy(entry) := sprintf("%s has %d DMARC records, so receivers heed none of them.", [
	entry.domain,
	count(entry.records),
]) if {
	entry.state == "several"
}

without_policy(entry) := sprintf("The DMARC record of %s has no valid policy, so receivers ignore it.", [
	entry.domain,
]) if {
	entry.state == "void"
}

# The finding where the policy is not known.
unread(entry) := finding(
	entry,
	sprintf("The snapshot does not tell the DMARC policy of %s.", [entry.domain]),
	[entry.unknown],
	{},
)

# Where the policy of the domain comes from, to follow its name in a sentence.
origin(entry) := sprintf(" (inherited from %s)", [entry.from]) if {
	entry.state == "inherited"
} else := ""
