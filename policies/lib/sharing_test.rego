package tenantlint.lib.sharing_test

import data.tenantlint.lib.sharing
import rego.v1

test_every_level_has_a_rank_and_words if {
	object.keys(sharing.ranks) == object.keys(sharing.words)
	sharing.ranks.disabled < sharing.ranks.existingExternalUserSharingOnly
	sharing.ranks.externalUserSharingOnly < sharing.ranks.externalUserAndGuestSharing
}

test_a_finding_tells_its_source if {
	settings := {"resource": {"kind": "sharepointTenant", "id": "x", "name": "y"}, "source": ["sharepoint_tenant"]}
	found := sharing.finding(settings, "level", "Message.", ["unknown"], {"value": 2})
	found.evidence == {"source": ["sharepoint_tenant"], "value": 2}
	found.depends_on == ["unknown"]
	found.resource == settings.resource
	found.key == "level"
}
