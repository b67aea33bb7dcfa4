"""Collecting from the emulator of a snapshot gives that snapshot back, byte for byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.emulator.clock import ClockOfTheDay
from tests.emulator.emulator import Emulator
from tests.tenants.__main__ import ROOT
from tests.unit.collect.collecting import collect_from

from tenantlint.collect.catalog import NOT_COLLECTABLE, SOURCES, source_of
from tenantlint.collect.retries import RetryRules
from tenantlint.collect.run import CollectReport
from tenantlint.model import CollectionStatus
from tenantlint.snapshot import identity_of, spec_of
from tenantlint.snapshot.content import Snapshot
from tenantlint.snapshot.schema import validate
from tenantlint.snapshot.store import open_snapshot, write_snapshot
from tenantlint.sources import open_target

_QUICK = RetryRules(first_delay=0.001, longest_delay=0.01)  # what fails in an example fails to the end
_EXPORT = ROOT.parents[1] / "shared" / "corpus" / "scubagear" / "ProviderSettingsExport.json"


def collected(snapshot: Snapshot, out: Path, leave_out: Collection[str], seed: int = 0) -> CollectReport:
    async def work() -> CollectReport:
        assert snapshot.collected_at is not None
        async with Emulator(snapshot, limits="none", seed=seed, clock=ClockOfTheDay(snapshot.collected_at)) as emulator:
            report, _ = await collect_from(emulator, out, now=snapshot.collected_at, leave_out=leave_out, rules=_QUICK)
            assert emulator.violations == []
        assert report.faults == ()
        return report

    return asyncio.run(work())


def files(folder: Path, leave_out: Collection[str]) -> dict[str, bytes]:
    """Bytes by path of every collection, those aside that are left out, and the manifest."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        name: data
        for name, data in found.items()
        if name != "snapshot.json" and Path(name).parts[0].split(".")[0] not in leave_out
    }


def head(folder: Path, leave_out: Collection[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "snapshot.json").read_bytes())
    found["collections"] = {name: entry for name, entry in found["collections"].items() if name not in leave_out}
    return found


@pytest.mark.parametrize("name", ["contoso", "fabrikam", "partial"])
def test_an_example_comes_back_byte_for_byte(name: str, tmp_path: Path) -> None:
    snapshot = open_snapshot(ROOT / name)
    not_asked = {one for one in snapshot.collections if snapshot.status(one) is CollectionStatus.NOT_COLLECTED}
    report = collected(snapshot, tmp_path / "out", not_asked)
    again = files(tmp_path / "out", NOT_COLLECTABLE)
    wanted = files(ROOT / name, NOT_COLLECTABLE)
    assert sorted(again) == sorted(wanted)
    assert [path for path in wanted if again[path] != wanted[path]] == []
    assert head(tmp_path / "out", NOT_COLLECTABLE) == head(ROOT / name, NOT_COLLECTABLE)
    assert report.complete == (name != "partial")


def test_the_order_of_the_service_leaves_no_trace(tmp_path: Path) -> None:
    snapshot = open_snapshot(ROOT / "contoso")
    for seed in (1, 2):
        collected(snapshot, tmp_path / str(seed), (), seed)
    assert files(tmp_path / "1", ()) == files(tmp_path / "2", ())
    assert head(tmp_path / "1", ()) == head(tmp_path / "2", ())


def test_what_is_collected_is_as_the_schemas_say(tmp_path: Path) -> None:
    collected(open_snapshot(ROOT / "contoso"), tmp_path / "out", ())
    snapshot = open_snapshot(tmp_path / "out")
    assert snapshot.notices == ()
    assert validate(snapshot) == []


_OTHER_SHAPE = {
    "dns_records": "ScubaGear asks other questions: one selector, and no mail servers",
    "delegated_permission_classifications": "the export holds only some service principals, so these are not whole",
}


@pytest.mark.corpus
def test_a_real_export_comes_back_as_far_as_it_can_be_collected(tmp_path: Path) -> None:
    """What ScubaGear exported of a real tenant: objects as the services gave them, unknown keys included."""
    if not _EXPORT.is_file():
        pytest.skip("../shared/corpus is not there")
    export = open_target(_EXPORT).snapshot
    organization = export.singleton("organization")
    assert organization is not None
    # The export was anonymised, and gave the tenant two ids.
    export = replace(export, tenant=replace(export.tenant, id=organization["id"]))
    held = {name for name, found in export.collections.items() if found.ok and len(found)}
    compared = (held & {source.collection for source in SOURCES}) - _OTHER_SHAPE.keys()
    assert len(compared) >= 30
    write_snapshot(export, tmp_path / "wanted", tool_version="0.1.0")
    leave_out = {name for name in export.collections if name not in held} | _OTHER_SHAPE.keys()
    collected(export, tmp_path / "out", leave_out)
    again = open_snapshot(tmp_path / "out")
    for name in sorted(compared):
        assert again.status(name) is CollectionStatus.OK, (name, again.collection(name).detail)
        assert _ordered(again, name) == _asked_for(export, name), name
    whole = [name for name in compared if _ordered(again, name) == _ordered(export, name)]
    # Of the first two keys are selected, and the request for rules is for those of roles.
    assert compared - set(whole) <= {"organization", "role_definitions", "role_management_policies"}
    same = files(tmp_path / "out", set(export.collections) - set(whole))
    assert same == files(tmp_path / "wanted", set(export.collections) - set(whole))


def _asked_for(export: Snapshot, name: str) -> list[Any]:
    """The part of the objects that the collector's request asks for."""
    found = _ordered(export, name)
    _, _, selected = source_of(name).request.partition("$select=")
    if name == "role_management_policies":  # of roles; the export has those of groups as well
        return [item for item in found if item.get("scopeType") == "DirectoryRole"]
    if not selected:
        return found
    keys = {*selected.partition("&")[0].split(",")}
    return [{key: value for key, value in item.items() if key in keys} for item in found]


def _ordered(snapshot: Snapshot, name: str) -> list[Any]:
    return sorted(snapshot.items(name), key=lambda item: identity_of(spec_of(name), item))
