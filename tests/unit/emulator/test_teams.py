"""Teams ConfigAPI."""

from __future__ import annotations

import pytest
from tests.emulator.asking import Told, emulated, get, snapshot_of
from tests.emulator.emulator import Emulator

from tenantlint.model import CollectionStatus

POLICIES = [
    {"Identity": "Global", "AllowCloudRecording": True},
    {"Identity": "Tag:Board", "AllowCloudRecording": False},
]


def ask(emulator: Emulator, path: str, *, scope: str = "tenant") -> Told:
    async def one(running: Emulator) -> Told:
        url = f"{running.teams_url}/Skype.Policy/configurations/{path}"
        return await get(running, url, **({"x_authz_scope": scope} if scope else {}))

    return emulated(emulator, one)


def test_a_type_lists_every_instance_as_stored() -> None:
    told = ask(Emulator(snapshot_of({"teams_meeting_policies": POLICIES})), "TeamsMeetingPolicy")
    assert (told.status, told.json) == (200, POLICIES)


def test_one_instance_is_an_object() -> None:
    emulator = Emulator(snapshot_of({"teams_meeting_policies": POLICIES}))
    assert ask(emulator, "TeamsMeetingPolicy/configuration/Global").json == POLICIES[0]
    assert ask(emulator, "TeamsMeetingPolicy/configuration/Tag:Board").json == POLICIES[1]
    assert ask(emulator, "TeamsMeetingPolicy/configuration/Tag:None").status == 404


def test_the_scope_header_is_insisted_on() -> None:
    assert (
        ask(Emulator(snapshot_of({"teams_meeting_policies": POLICIES})), "TeamsMeetingPolicy", scope="").status == 400
    )


def test_without_an_entra_role_it_is_403() -> None:
    emulator = Emulator(snapshot_of({"teams_meeting_policies": POLICIES}), deny={"Global Reader"})
    assert ask(emulator, "TeamsMeetingPolicy").status == 403


def test_without_a_token_it_is_401() -> None:
    async def one(running: Emulator) -> Told:
        url = f"{running.teams_url}/Skype.Policy/configurations/TeamsMeetingPolicy"
        return await get(running, url, token="", x_authz_scope="tenant")

    assert emulated(Emulator(snapshot_of({})), one).status == 401


def test_an_unknown_type_is_404() -> None:
    assert ask(Emulator(snapshot_of({})), "NoSuchPolicy").status == 404


@pytest.mark.parametrize(
    ("status", "http"),
    [(CollectionStatus.DENIED, 403), (CollectionStatus.FAILED, 503), (CollectionStatus.UNLICENSED, 404)],
)
def test_statuses_of_the_snapshot_are_acted_out(status: CollectionStatus, http: int) -> None:
    snapshot = snapshot_of({}, statuses={"teams_meeting_policies": status})
    assert ask(Emulator(snapshot), "TeamsMeetingPolicy").status == http


def test_a_tenant_without_teams_is_404() -> None:
    assert ask(Emulator(snapshot_of({}), unlicensed={"teams"}), "TeamsMeetingPolicy").status == 404
