# Switches of the authorization policy, the tenant's rights of members and guests.
package tenantlint.lib.authorization_policy

import data.tenantlint.lib.findings
import data.tenantlint.lib.settings
import rego.v1

policy := findings.block(input, ["collections", "authorization_policy"])

resource := findings.resource(
	"authorizationPolicy",
	findings.text(object.get(policy, "id", ""), "authorization_policy"),
	findings.text(object.get(policy, "displayName", ""), "Authorization policy"),
)

# The findings on one switch: an ask as in lib/settings.rego, without its object and resource.
switch(ask) := settings.switch(object.union({"resource": resource, "object": policy}, ask))
