"""Teams configurations against the emulated ConfigAPI, and replies that it would not give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.emulator.asking import snapshot_of
from tests.emulator.emulator import Emulator
from tests.emulator.teams import CONFIGURATIONS
from tests.unit.collect.scripted import Alone, Answer, Scripted, read
from tests.unit.collect.served import fetch_from

from tenantlint.collect import teams
from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.catalog import SOURCES, source_of
from tenantlint.collect.source import Way
from tenantlint.model import CollectionStatus, JsonObject

MEETINGS = "/Skype.Policy/configurations/TeamsMeetingPolicy"
GLOBAL: JsonObject = {"Identity": "Global", "AutoAdmittedUsers": "Everyone", "Description": None}
BOARD: JsonObject = {"Identity": "Tag:Board meetings", "AutoAdmittedUsers": "EveryoneInCompanyExcludingGuests"}


def scripted(
    tmp_path: Path, reply: Answer, collection: str = "teams_meeting_policies"
) -> tuple[list[Any], Any, Scripted]:
    source = source_of(collection)
    sender = Scripted({f"/Skype.Policy/configurations/{source.request}": reply})
    items, error = read(Alone(sender, tmp_path), teams.fetch, source)
    return items, error, sender


def test_every_instance_of_every_configuration(tmp_path: Path) -> None:
    collections: dict[str, list[JsonObject]] = {
        name: [GLOBAL] if "configuration" in name else [GLOBAL, BOARD] for name in CONFIGURATIONS.values()
    }
    emulator = Emulator(snapshot_of(collections), limits="none")
    found = fetch_from(emulator, tmp_path, *collections)
    assert {name: (one.items, one.error) for name, one in found.items()} == {
        name: (items, None) for name, items in collections.items()
    }


def test_the_catalogue_and_the_emulator_agree_about_the_names() -> None:
    ours = {source.request: source.collection for source in SOURCES if source.way is Way.TEAMS}
    assert ours == CONFIGURATIONS


def test_the_scope_header_is_sent(tmp_path: Path) -> None:
    _, _, sender = scripted(tmp_path, {"value": []})
    assert sender.calls[0].headers["x-authz-scope"] == "tenant"
    assert sender.calls[0].method == "GET"


def test_a_single_instance_by_itself(tmp_path: Path) -> None:
    items, error, _ = scripted(tmp_path, GLOBAL, "teams_client_configuration")
    assert (items, error) == ([GLOBAL], None)


@pytest.mark.parametrize(
    "odd", [{"ConfigId": "Global"}, {"Key": {"ScopeClass": "Global"}}, {"Identity": None, "ConfigId": "Global"}]
)
def test_an_identity_that_stands_elsewhere(tmp_path: Path, odd: JsonObject) -> None:
    items, error, _ = scripted(
        tmp_path, {"value": [{"AllowFederatedUsers": True, **odd}]}, "teams_federation_configuration"
    )
    assert error is None
    assert items == [{"AllowFederatedUsers": True, **odd, "Identity": "Global"}]


@pytest.mark.parametrize(
    ("collection", "reply"),
    [
        ("teams_meeting_policies", {"value": [{"AutoAdmittedUsers": "Everyone"}]}),
        ("teams_meeting_policies", {"value": [GLOBAL, GLOBAL]}),
        ("teams_meeting_policies", {"value": ["Global"]}),
        ("teams_meeting_policies", {"value": [GLOBAL, {"Identity": "Tag:x", "ErrorCode": "Internal"}]}),
        ("teams_meeting_policies", {"error": {"code": "Forbidden", "message": "no"}}),
        ("teams_meeting_policies", {"code": "Forbidden", "message": "no", "action": "none"}),
        ("teams_meeting_policies", {}),
        ("teams_client_configuration", {"value": [GLOBAL, BOARD]}),
    ],
)
def test_anything_but_instances_fails_visibly(tmp_path: Path, collection: str, reply: JsonObject) -> None:
    items, error, _ = scripted(tmp_path, reply, collection)
    assert items == []
    assert isinstance(error, CallError)
    assert error.reason is Reason.UNREADABLE


def test_nothing_is_an_empty_list(tmp_path: Path) -> None:
    assert scripted(tmp_path, {"value": []})[:2] == ([], None)


@pytest.mark.parametrize(
    ("status", "http"),
    [(CollectionStatus.DENIED, 403), (CollectionStatus.UNLICENSED, 404), (CollectionStatus.FAILED, 503)],
)
def test_errors_come_as_they_are(tmp_path: Path, status: CollectionStatus, http: int) -> None:
    emulator = Emulator(snapshot_of({}, statuses={"teams_meeting_policies": status}), limits="none")
    found = fetch_from(emulator, tmp_path, "teams_meeting_policies")["teams_meeting_policies"]
    assert isinstance(found.error, CallError)
    assert found.error.status == http
