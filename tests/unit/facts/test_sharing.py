"""SharePoint's two sources in one form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tenantlint.facts import FactContext, compute
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot


def sharing(tenant=None, settings=None, **statuses):
    given = {"sharepoint_tenant": tenant, "sharepoint_settings": settings}
    collections = {
        name: Collection(name, statuses.get(name, CollectionStatus.OK), items=[item])
        for name, item in given.items()
        if item is not None
    }
    snapshot = Snapshot(tenant=Tenant(id="t"), collections=collections)
    context = FactContext(snapshot=snapshot, now=datetime(2026, 11, 1, tzinfo=UTC))
    return compute(["sharing"], context).tree["sharing"]


WHOLE = {
    "SharingCapability": 1,
    "ODBSharingCapability": 3,
    "RequireAnonymousLinksExpireInDays": 14,
    "FileAnonymousLinkType": 1,
    "FolderAnonymousLinkType": 2,
    "DefaultSharingLinkType": 2,
    "DefaultLinkPermission": 1,
    "SharingDomainRestrictionMode": 1,
    "SharingAllowedDomainList": "Good.example fine.example",
    "SharingBlockedDomainList": "",
}


def test_the_admin_services_numbers_become_words():
    told = sharing(WHOLE)
    assert told["sharing_capability"] == "externalUserSharingOnly"
    assert told["onedrive_sharing_capability"] == "existingExternalUserSharingOnly"
    assert told["sharing_rank"] > told["onedrive_sharing_rank"]
    assert told["anonymous_link_expiry_days"] == 14
    assert (told["file_anonymous_link_permission"], told["folder_anonymous_link_permission"]) == ("view", "edit")
    assert (told["default_link_type"], told["default_link_permission"]) == ("internal", "view")
    assert told["domain_restriction"] == {
        "mode": "allowList",
        "allowed": ["fine.example", "good.example"],
        "blocked": [],
    }
    assert told["unknown"] == []
    assert told["source"] == ["sharepoint_tenant"]
    assert told["resource"]["kind"] == "sharepointTenant"


@pytest.mark.parametrize(
    ("number", "word", "rank"),
    [
        (0, "disabled", 0),
        (3, "existingExternalUserSharingOnly", 1),
        (1, "externalUserSharingOnly", 2),
        (2, "externalUserAndGuestSharing", 3),
        ("2", "externalUserAndGuestSharing", 3),
        ("ExternalUserAndGuestSharing", "externalUserAndGuestSharing", 3),
    ],
)
def test_ranks_follow_openness_and_not_the_numbers(number, word, rank):
    told = sharing({"SharingCapability": number})
    assert (told["sharing_capability"], told["sharing_rank"]) == (word, rank)


@pytest.mark.parametrize("value", [None, 9, True, "", "x", [], {}])
def test_a_value_of_no_known_meaning_is_unknown_and_never_a_default(value):
    told = sharing(
        {
            "SharingCapability": value,
            "DefaultSharingLinkType": value,
            "SharingDomainRestrictionMode": value,
        }
    )
    assert told["sharing_capability"] is None
    assert told["sharing_rank"] is None
    assert told["anyone_links"] is None
    assert {"sharing_capability", "default_link_type", "domain_restriction"} <= set(told["unknown"])


def test_graph_alone_tells_the_level_and_the_domains_and_names_the_rest():
    told = sharing(
        settings={
            "id": "s1",
            "sharingCapability": "externalUserAndGuestSharing",
            "sharingDomainRestrictionMode": "blockList",
            "sharingBlockedDomainList": ["Bad.example"],
        }
    )
    assert told["sharing_capability"] == "externalUserAndGuestSharing"
    assert told["anyone_links"] is True
    assert told["domain_restriction"] == {"mode": "blockList", "allowed": [], "blocked": ["bad.example"]}
    assert told["resource"]["kind"] == "sharepointSettings"
    assert told["resource"]["id"] == "s1"
    assert {"onedrive_sharing_capability", "anonymous_link_expiry_days", "default_link_type"} <= set(told["unknown"])


def test_the_admin_service_decides_and_graph_fills_what_it_lacks():
    told = sharing(
        {"SharingCapability": 0},
        {"id": "s1", "sharingCapability": "externalUserSharingOnly", "sharingDomainRestrictionMode": "none"},
    )
    assert told["sharing_capability"] == "disabled"
    assert told["domain_restriction"]["mode"] == "none"
    assert told["source"] == ["sharepoint_tenant", "sharepoint_settings"]


@pytest.mark.parametrize(
    ("sharepoint", "onedrive", "anyone"),
    [(2, 0, True), (0, 2, True), (None, 2, True), (1, None, False), (1, 3, False), (None, 0, None), (None, None, None)],
)
def test_anyone_links_exist_where_either_service_allows_them(sharepoint, onedrive, anyone):
    told = sharing({"SharingCapability": sharepoint, "OneDriveSharingCapability": onedrive})
    assert told["anyone_links"] is anyone


@pytest.mark.parametrize(("days", "told_days"), [(-1, 0), (0, 0), (30, 30), ("30", 30), ("-1", 0), (None, None)])
def test_links_that_never_expire_are_zero_days(days, told_days):
    assert sharing({"RequireAnonymousLinksExpireInDays": days})["anonymous_link_expiry_days"] == told_days


def test_a_collection_that_is_not_ok_tells_nothing():
    told = sharing(WHOLE, sharepoint_tenant=CollectionStatus.DENIED)
    assert told["sharing_capability"] is None
    assert told["source"] == []
    assert "sharing_capability" in told["unknown"]
