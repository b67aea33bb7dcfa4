# METADATA
# description: Objects of Exchange Online as resources, calendar sharing by domain, and the plans of bought licences.
package tenantlint.lib.exchange

import data.tenantlint.lib.findings as results
import data.tenantlint.lib.mail
import data.tenantlint.lib.settings
import rego.v1

# An object of a collection as the resource of a finding.
resource(kind, item) := results.resource(
	kind,
	mail.identity(item, ["Guid", "Identity", "Name"]),
	mail.identity(item, ["Name", "Identity"]),
)

# A collection of one object, {} where the snapshot has none.
only(name) := results.block(input, ["collections", name])

# The resource for a collection of one object; the tenant where there is none.
holder(kind, item) := resource(kind, item) if {
	count(item) > 0
} else := results.tenant

# What a sharing policy shares with every domain or with anonymous people; nothing when it is off.
shared_with_all(policy) := set() if {
	settings.truth(settings.value(policy, "Enabled")) == false
} else := {level |
	some entry in mail.listed(settings.value(policy, "Domains"))
	is_string(entry)
	[domain, levels] := split(entry, ":")
	lower(trim_space(domain)) in {"*", "anonymous"}
	some one in split(levels, ",")
	level := trim_space(one)
}

# The finding for a sharing policy that does not tell its domains.
untold(policy) := settings.verdict(
	{
		"resource": resource("sharingPolicy", policy),
		"object": policy,
		"property": "Domains",
		"about": sprintf("what the sharing policy %s shares with whom", [mail.identity(policy, ["Name", "Identity"])]),
		"observed": "",
	},
	"unknown",
) if {
	settings.value(policy, "Domains") == null
	not settings.truth(settings.value(policy, "Enabled")) == false
} else := set()

# The names of all service plans that work in bought licences; undefined when the licences are not known.
plans := {upper(name) |
	some sku in input.collections.subscribed_skus
	some plan in results.list(sku, ["servicePlans"])
	status := results.text(object.get(plan, "provisioningStatus", null), "Success")
	status in {"Success", "PendingProvisioning", "PendingActivation"}
	name := results.text(object.get(plan, "servicePlanName", null), "")
} if {
	is_array(input.collections.subscribed_skus)
}
