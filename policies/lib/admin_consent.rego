# The admin consent workflow: the way in which users ask for an application that they may not consent to.
package tenantlint.lib.admin_consent

import data.tenantlint.lib.findings
import data.tenantlint.lib.settings
import rego.v1

policy := findings.block(input, ["collections", "admin_consent_request_policy"])

# Whether the snapshot holds the policy at all.
default told := false

told if count(policy) > 0

resource := findings.resource(
	"adminConsentRequestPolicy",
	findings.text(object.get(policy, "id", ""), "admin_consent_request_policy"),
	"Admin consent workflow",
)

# "on", "off", or "unknown".
state := "on" if {
	settings.truth(object.get(policy, "isEnabled", null)) == true
} else := "off" if {
	settings.truth(object.get(policy, "isEnabled", null)) == false
} else := "unknown"

# The findings on one switch of the policy that has to be on.
switch(ask) := settings.switch(object.union({"resource": resource, "object": policy, "wanted": true}, ask))
