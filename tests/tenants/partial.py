"""Partial: a tenant like contoso, collected by an application with too few rights and licences."""

from __future__ import annotations

from tests.tenants.contoso import contoso
from tests.tenants.draft import Draft

from tenantlint.collect.catalog import NOT_COLLECTABLE, source_of
from tenantlint.collect.statuses import foresee
from tenantlint.model import CollectionStatus

_FAILED = CollectionStatus.FAILED
_CUT = "503 serviceNotAvailable on page 2; kept the 200 users before it"
_MORE_ROWS = (
    "The service has more rows than it gave: its link to them gave 400 BadRequest; kept the 100 mailboxes before it"
)
_SOME_GROUPS = (
    "Not every group's members could be read: 2 of 16 groups (403 Authorization_RequestDenied; 503 serviceNotAvailable)"
)
_NO_INNER_GROUPS = (
    "Groups inside 2 of 16 groups are not known (403 Authorization_RequestDenied; 503 serviceNotAvailable)"
)
_HELD = frozenset({"User.Read.All"})  # with which the application was denied what it was denied


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
                "M365_ADVANCED_AUDITING",
            }:
                plan["provisioningStatus"] = "Disabled"
    for collection in (
        # the tenant lacks the licence
        "access_reviews",
        "privileged_access_group_eligibility_schedule_instances",
        "role_assignment_schedule_instances",
        "role_eligibility_schedule_instances",
        "role_management_policies",
        "atp_built_in_protection_rules",
        "atp_policy_for_o365",
        "atp_protection_policy_rules",
        "email_tenant_settings",
        "safe_attachment_policies",
        "safe_attachment_rules",
        "safe_links_policies",
        "safe_links_rules",
        "teams_protection_policies",
        # the application lacks the permission
        "authentication_contexts",
        "b2b_management_policies",
        "device_compliance_policies",
        "device_management_configuration_policies",
        "device_management_settings",
        "group_settings",
        "on_premises_synchronization",
        "secure_score_control_profiles",
        "secure_scores",
        "sign_ins",
        "directory_audits",
        "user_registration_details",
        "user_sign_in_activity",
    ):
        _foreseen(draft, collection)
    draft.refuse("named_locations", _FAILED, "429 TooManyRequests: the service limited the requests, to the last try")
    draft.refuse(
        "remote_domains",
        _FAILED,
        "403: the reply held no explanation; it is a fault of the service, or the Entra role Global Reader is missing",
    )
    draft.refuse("users", CollectionStatus.TRUNCATED, _CUT, keep=200)
    draft.refuse("mailboxes", CollectionStatus.TRUNCATED, _MORE_ROWS, keep=100)
    for collection in ("sharepoint_tenant", *(name for name in draft.objects if name.startswith("teams_"))):
        if collection not in draft.refused:
            _foreseen(draft, collection, included=False)
    _lose_some_groups(draft)
    return draft


def _foreseen(draft: Draft, collection: str, *, included: bool = True) -> None:
    """Refuse the collection as the collector does without a call."""
    if collection in NOT_COLLECTABLE:
        draft.refuse(collection, CollectionStatus.NOT_COLLECTED, NOT_COLLECTABLE[collection])
        return
    verdict = foresee(source_of(collection), draft.licences, _HELD, included)
    assert verdict is not None, collection
    draft.refuse(collection, *verdict)


def _lose_some_groups(draft: Draft) -> None:
    """Two groups whose members could not be read: the service failed at one, and one hides its membership."""
    draft.refused["group_members"] = (CollectionStatus.TRUNCATED, _SOME_GROUPS)
    draft.refused["groups"] = (CollectionStatus.TRUNCATED, _NO_INNER_GROUPS)
    for line in draft.objects["group_members"]:
        if line["group_id"] == draft.id("group", "CA-Exclude-LegacyAuth"):
            line.update(members=[], nested_groups=[], direct=[], owners=[], status="failed")
        if line["group_id"] == draft.id("group", "CA-Exclude-Travellers"):
            line.update(members=[], nested_groups=[], direct=[], owners=[], status="denied")
