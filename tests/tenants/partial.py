"""Partial: a tenant like contoso, collected by an application with too few rights and licences."""

from __future__ import annotations

from tests.tenants.contoso import contoso
from tests.tenants.draft import Draft

from tenantlint.model import CollectionStatus

_DENIED = CollectionStatus.DENIED
_UNLICENSED = CollectionStatus.UNLICENSED
_FAILED = CollectionStatus.FAILED
_NO_PIM = "400 AadPremiumLicenseRequired: reading this needs Microsoft Entra ID P2 or ID Governance"
_NO_DEFENDER = "The cmdlet is not there: the tenant has no plan of Defender for Office 365"
_FEW_RIGHTS = "403 Authorization_RequestDenied: Insufficient privileges to complete the operation"


def partial() -> Draft:
    """A tenant with Entra ID P1 and Exchange Online, and a collector that could not read everything."""
    draft = contoso("wideworld", "Wide World")
    draft.licences = frozenset({"entra_p1", "exchange_online", "intune", "sharepoint", "teams"})
    for sku in draft.objects["subscribed_skus"]:
        for plan in sku["servicePlans"]:
            if plan["servicePlanName"] in {
                "AAD_PREMIUM_P2",
                "ATP_ENTERPRISE",
                "THREAT_INTELLIGENCE",
                "ADALLOM_S_STANDALONE",
            }:
                plan["provisioningStatus"] = "Disabled"
    for collection in (
        "privileged_access_group_eligibility_schedule_instances",
        "role_assignment_schedule_instances",
        "role_eligibility_schedule_instances",
        "role_management_policies",
    ):
        draft.refuse(collection, _UNLICENSED, _NO_PIM)
    for collection in (
        "atp_built_in_protection_rules",
        "atp_policy_for_o365",
        "atp_protection_policy_rules",
        "safe_attachment_policies",
        "safe_attachment_rules",
        "safe_links_policies",
        "safe_links_rules",
        "teams_protection_policies",
    ):
        draft.refuse(collection, _UNLICENSED, _NO_DEFENDER)
    draft.refuse("authentication_contexts", _DENIED, f"{_FEW_RIGHTS}; grant AuthenticationContext.Read.All")
    draft.refuse("group_settings", _DENIED, f"{_FEW_RIGHTS}; grant GroupSettings.Read.All")
    draft.refuse("b2b_management_policies", _DENIED, f"{_FEW_RIGHTS}; grant Policy.Read.B2BManagementPolicy")
    for collection in ("user_registration_details", "user_sign_in_activity", "sign_ins"):
        draft.refuse(collection, _DENIED, f"{_FEW_RIGHTS}; grant AuditLog.Read.All")
    for collection in ("secure_scores", "secure_score_control_profiles"):
        draft.refuse(collection, _DENIED, f"{_FEW_RIGHTS}; grant SecurityEvents.Read.All")
    draft.refuse("named_locations", _FAILED, "429 TooManyRequests on every one of 5 tries, without Retry-After")
    draft.refuse("remote_domains", _FAILED, "The reply was no JSON: 403 with an empty body")
    draft.refuse("users", CollectionStatus.TRUNCATED, "503 on page 2; kept the 200 users of page 1", keep=200)
    draft.refuse(
        "mailboxes", CollectionStatus.TRUNCATED, "The service warned that there are more rows than it gave", keep=100
    )
    for collection in ("sharepoint_tenant", *(name for name in draft.objects if name.startswith("teams_"))):
        if collection not in draft.refused:
            draft.refuse(collection, CollectionStatus.NOT_COLLECTED, "This area was not asked for (--areas)")
    _lose_some_groups(draft)
    return draft


def _lose_some_groups(draft: Draft) -> None:
    """Two groups whose members could not be read: one was deleted, one hides its membership."""
    for line in draft.objects["group_members"]:
        if line["group_id"] == draft.id("group", "CA-Exclude-LegacyAuth"):
            line.update(members=[], nested_groups=[], direct=[], owners=[], status="failed")
        if line["group_id"] == draft.id("group", "CA-Exclude-Travellers"):
            line.update(members=[], nested_groups=[], direct=[], owners=[], status="denied")
