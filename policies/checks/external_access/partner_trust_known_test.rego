package tenantlint.checks.external_access.partner_trust_known_test

import data.tenantlint.checks.external_access.partner_trust_known as check
import rego.v1

run_with(partners, known) := found if {
	found := check.findings with input as {
		"parameters": {"known_partners": known},
		"collections": {"cross_tenant_access_partners": partners},
	}
}

run(partner) := run_with([object.union({"tenantId": "AA-1"}, partner)], [])

trusting := {"inboundTrust": {"isMfaAccepted": true}}

only(findings) := one if {
	count(findings) == 1
	some one in findings
}

test_pass_without_rights if {
	run_with([], []) == set()
	run({"inboundTrust": null, "automaticUserConsentSettings": {"inboundAllowed": null}}) == set()
	run({"inboundTrust": {"isMfaAccepted": false}, "identitySynchronization": null}) == set()
}

test_pass_when_known if {
	run_with([object.union({"tenantId": "AA-1"}, trusting)], ["aa-1"]) == set()
	run(object.union(trusting, {"isInMultiTenantOrganization": true})) == set()
}

test_fail_when_a_partner_has_rights if {
	only(run(trusting)).message == "A partner that is not on your list: its claims are believed (MFA)."
	finding := only(run({
		"automaticUserConsentSettings": {"inboundAllowed": true},
		"identitySynchronization": {"userSyncInbound": {"isSyncAllowed": true}},
	}))
	finding.message == concat("", [
		"A partner that is not on your list: its invitations are redeemed without asking; ",
		"it may write users into this tenant.",
	])
	finding.resource.id == "AA-1"
}

test_odd_partners_are_passed_over if {
	odd := {"tenantId": "x", "inboundTrust": 3, "identitySynchronization": []}
	run_with([null, {}, {"tenantId": null}, odd], [3]) == set()
}
