"""SharePoint's admin service."""

from __future__ import annotations

from typing import Any

import pytest
from tests.emulator.asking import Told, emulated, get, snapshot_of
from tests.emulator.emulator import Emulator

from tenantlint.model import CollectionStatus

TENANT = {
    "SharingCapability": 1,
    "StorageQuota": "1355776",
    "PublicCdnOrigins": [],
    "ESignatureAppList": ["Word"],
    "Types": [1, 2],
    "Metrics": {"count": 0, "lists": ["a"]},
    "Overrides": [{"name": "x", "of": [{"deep": None}]}],
    "ArchiveRedirectUrl": None,
}
VERBOSE = "application/json;odata=verbose"


def ask(emulator: Emulator, *, accept: str = VERBOSE, token: str | None = None) -> Told:
    return emulated(
        emulator, lambda running: get(running, f"{running.sharepoint_url}/_api/SPO.Tenant", Accept=accept, token=token)
    )


def unwrapped(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"__metadata", "results"}:
            return unwrapped(value["results"])
        kept = {name: one for name, one in value.items() if name != "__metadata"}
        return {
            name: unwrapped(one) for name, one in kept.items() if not (isinstance(one, dict) and "__deferred" in one)
        }
    return [unwrapped(one) for one in value] if isinstance(value, list) else value


def test_the_object_comes_in_verbose_wrappers() -> None:
    told = ask(Emulator(snapshot_of({"sharepoint_tenant": [TENANT]})))
    assert told.status == 200
    assert told.headers["content-type"].startswith(VERBOSE)
    document = told.json
    assert set(document) == {"d"}
    assert document["d"]["__metadata"]["uri"].endswith("/_api/SPO.Tenant")
    assert document["d"]["Sites"] == {"__deferred": {"uri": document["d"]["__metadata"]["uri"] + "/Sites"}}
    assert document["d"]["PublicCdnOrigins"] == {"__metadata": {"type": "Collection(Edm.String)"}, "results": []}
    assert document["d"]["StorageQuota"] == "1355776"
    assert unwrapped(document["d"]) == TENANT


def test_verbose_is_to_be_asked_for() -> None:
    assert ask(Emulator(snapshot_of({"sharepoint_tenant": [TENANT]})), accept="application/json").status == 406


def test_it_takes_the_full_control_role() -> None:
    emulator = Emulator(snapshot_of({"sharepoint_tenant": [TENANT]}), deny={"Sites.FullControl.All"})
    assert ask(emulator).status == 403
    assert ask(emulator, token="").status == 401


@pytest.mark.parametrize(
    ("status", "http"),
    [(CollectionStatus.DENIED, 403), (CollectionStatus.FAILED, 503), (CollectionStatus.UNLICENSED, 404)],
)
def test_statuses_of_the_snapshot_are_acted_out(status: CollectionStatus, http: int) -> None:
    assert ask(Emulator(snapshot_of({}, statuses={"sharepoint_tenant": status}))).status == http
