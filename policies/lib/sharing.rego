# METADATA
# description: Words and order of SharePoint's sharing levels, and findings on the tenant's sharing settings.
package tenantlint.lib.sharing

import rego.v1

ranks := {
	"disabled": 0,
	"existingExternalUserSharingOnly": 1,
	"externalUserSharingOnly": 2,
	"externalUserAndGuestSharing": 3,
}

words := {
	"disabled": "only people in the organization",
	"existingExternalUserSharingOnly": "existing guests",
	"externalUserSharingOnly": "new and existing guests",
	"externalUserAndGuestSharing": "anyone",
}

# A finding on the settings as a whole; `key` tells several apart.
finding(settings, key, message, depends_on, evidence) := {
	"resource": settings.resource,
	"key": key,
	"message": message,
	"depends_on": depends_on,
	"evidence": object.union({"source": settings.source}, evidence),
}
