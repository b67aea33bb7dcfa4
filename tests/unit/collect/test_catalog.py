from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tenantlint.collect.calls import Service
from tenantlint.collect.catalog import AREA_TITLES, AREAS, NOT_COLLECTABLE, SOURCES, source_of, sources_of
from tenantlint.collect.catalog_services import MAILBOX_KEYS
from tenantlint.collect.catalog_units import resource_units
from tenantlint.collect.source import Source, Way
from tenantlint.snapshot.catalog import collection_names

CONTOSO = Path(__file__).parents[3] / "snapshots" / "contoso"
LICENCES = {
    "entra_p1",
    "entra_p2",
    "defender_office_p1",
    "defender_office_p2",
    "defender_cloud_apps",
    "intune",
    "exchange_online",
    "sharepoint",
    "teams",
}


def test_each_collection_has_one_source_or_a_reason_why_not() -> None:
    collectable = [source.collection for source in SOURCES]
    assert sorted([*collectable, *NOT_COLLECTABLE]) == list(collection_names())


def test_areas_are_in_the_order_that_people_are_told() -> None:
    assert (
        *("organization", "licences", "conditional-access", "authentication", "policies", "cross-tenant", "roles"),
        *("groups", "users", "applications", "domains", "sharepoint", "exchange", "defender", "purview", "teams"),
        *("devices", "secure-score", "sign-ins", "changes", "dns"),
    ) == AREAS
    assert list(AREA_TITLES) == list(AREAS)
    assert all(sources_of(area) for area in AREAS)
    assert [source for area in AREAS for source in sources_of(area)] == list(SOURCES)


def test_an_unknown_collection_has_no_source() -> None:
    with pytest.raises(KeyError):
        source_of("teams_tenant")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.collection)
def test_a_source_is_complete(source: Source) -> None:
    assert set(source.licence) <= LICENCES
    assert source.cost >= 1
    assert (source.api_version in {"v1.0", "beta"}) == (source.service is Service.GRAPH)
    if source.service is Service.GRAPH:
        assert source.request.startswith("/")
        assert source.permissions
        assert source.shown.startswith("GET /")
    if source.way is Way.CMDLET:
        assert source.request.startswith("Get-")
        assert source.roles
    if source.service is Service.TEAMS:
        assert source.roles
        assert not source.permissions
    if "{id}" in source.request:
        assert source.parents


def test_parents_exist_and_never_wait_for_one_another() -> None:
    waiting = {source.collection: set(source.parents) for source in SOURCES}
    while waiting:
        ready = {name for name, parents in waiting.items() if not parents & waiting.keys()}
        assert ready, f"these wait for one another: {sorted(waiting)}"
        assert all(parent in {source.collection for source in SOURCES} for name in ready for parent in waiting[name])
        waiting = {name: parents for name, parents in waiting.items() if name not in ready}


def test_nothing_that_a_permission_allows_could_write() -> None:
    written = {name for source in SOURCES for name in (*source.permissions, *source.also) if "Write" in name}
    assert not written


def _keys(collection: str) -> set[str]:
    lines = (CONTOSO / f"{collection}.jsonl").read_text(encoding="utf-8").splitlines()
    return {key for line in lines for key in json.loads(line)}


@pytest.mark.parametrize(
    "collection", ["users", "groups", "applications", "service_principals", "role_definitions", "user_sign_in_activity"]
)
def test_a_request_selects_exactly_the_keys_of_the_example(collection: str) -> None:
    query = source_of(collection).request.partition("?")[2]
    selected = next(part for part in query.split("&") if part.startswith("$select=")).removeprefix("$select=")
    assert Counter(selected.split(",")) == Counter(_keys(collection))


def test_mailboxes_are_asked_for_the_keys_of_the_example() -> None:
    assert Counter(MAILBOX_KEYS.split(",")) == Counter(_keys("mailboxes"))


@pytest.mark.parametrize(
    ("request_", "units"),
    [
        ("/users", 2),
        ("/users?$select=id&$top=999", 1),
        ("/users?$top=1", 1),
        ("/users?$expand=manager", 3),
        ("/groups/x/transitiveMembers", 5),
        ("/groups/x/transitiveMembers?$select=id&$top=999", 4),
        ("/groups/x/transitiveMembers?$select=id&$top=19", 3),
        ("/groups/x/members", 3),
        ("/groups/x/owners?$select=id", 1),
        ("/groups/x", 1),
        ("/subscribedSkus", 3),
        ("/domains", 1),
        ("/policies/roleManagementPolicyAssignments?$filter=a&$expand=policy($expand=rules)", 2),
    ],
)
def test_a_call_costs_what_the_documented_rules_say(request_: str, units: int) -> None:
    assert resource_units(request_) == units
