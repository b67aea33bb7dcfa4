"""Collections written from streams: the same bytes, seals and refusals as from memory, and privately where asked."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tenants.__main__ import ROOT, TOOL_VERSION

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import canonical, identity_of, manifest
from tenantlint.snapshot.content import Collection, Snapshot
from tenantlint.snapshot.store import open_snapshot, write_snapshot
from tenantlint.snapshot.writing import Line, Part, entry_of, write_parts

HEAD = manifest.Manifest(tenant=Tenant(id="t"), tool_version="0")


def part(name: str, *lines: Line, status: CollectionStatus = CollectionStatus.OK) -> Part:
    def nothing() -> tuple[()]:
        raise AssertionError("objects are not asked for where lines are stored")

    return Part(name, manifest.Entry(status=status), lines=lambda: iter(lines), objects=nothing)


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def streamed(collection: Collection) -> Part:
    ordered = sorted(collection.items, key=lambda item: identity_of(collection.spec, item))
    entry = entry_of(collection)
    return Part(
        collection.name,
        entry,
        lines=lambda: ((identity_of(collection.spec, item), canonical.line(item)) for item in ordered),
        objects=lambda: ordered,
    )


@pytest.mark.parametrize("name", ["contoso", "partial"])
def test_streams_give_the_bytes_that_memory_gives(name: str, tmp_path: Path) -> None:
    snapshot = open_snapshot(ROOT / name)
    write_snapshot(snapshot, tmp_path / "memory", tool_version=TOOL_VERSION)
    head = manifest.Manifest(
        tenant=snapshot.tenant,
        collected_at=snapshot.collected_at,
        tool_version=TOOL_VERSION,
        licences=snapshot.licences,
    )
    parts = [streamed(found) for found in reversed(snapshot.collections.values())]
    write_parts(head, parts, tmp_path / "streams")
    assert everything(tmp_path / "memory") == everything(tmp_path / "streams") == everything(ROOT / name)


@pytest.mark.parametrize(
    ("identities", "problem"),
    [
        (("a", ""), "nothing that identifies it"),
        (("",), "nothing that identifies it"),
        (("a", "a"), "two objects of users have the identity `a`"),
        (("b", "a"), "not in the order"),
    ],
)
def test_streams_are_refused_as_memory_is(identities: tuple[str, ...], problem: str, tmp_path: Path) -> None:
    lines = [(one, canonical.line({"id": one})) for one in identities]
    with pytest.raises(InputError, match=problem):
        write_parts(HEAD, [part("users", *lines)], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_stream_has_no_file_and_is_listed(tmp_path: Path) -> None:
    parts = [part("users"), part("groups", status=CollectionStatus.FAILED)]
    write_parts(HEAD, parts, tmp_path / "out")
    assert sorted(everything(tmp_path / "out")) == ["snapshot.json"]
    found = manifest.read((tmp_path / "out" / "snapshot.json").read_bytes(), "x")[0].collections
    assert (found["users"].count, found["groups"].count) == (0, None)


def test_lines_pass_through_without_being_held(tmp_path: Path) -> None:
    def lines() -> Iterator[Line]:
        for number in range(20_000):
            identity = f"{number:08}"
            yield identity, canonical.line({"id": identity, "x": "y" * 1000})

    entry = manifest.Entry()
    tracemalloc.start()
    write_parts(HEAD, [Part("users", entry, lines=lines, objects=list)], tmp_path / "out")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "out" / "users.jsonl").stat().st_size > 20_000_000
    assert peak < 5_000_000


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.parametrize("before", [None, 0o755])
def test_private_means_the_owner_alone_whatever_was_there(before: int | None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    snapshot = Snapshot(
        tenant=Tenant(id="t"),
        collections={
            "users": Collection("users", items=[{"id": "a"}]),
            "domains": Collection("domains", items=[{"id": "d"}]),
            "security_defaults": Collection("security_defaults", items=[{"id": "s"}]),
        },
    )
    if before is not None:
        write_snapshot(snapshot, out, tool_version="0")
        out.chmod(before)
        (out / "README.md").write_text("kept")
    write_snapshot(snapshot, out, tool_version="0", private=True)
    modes = {path.name: path.stat().st_mode & 0o777 for path in out.rglob("*") if path.name != "README.md"}
    assert out.stat().st_mode & 0o777 == 0o700
    assert modes.pop("domains") == 0o700
    assert set(modes.values()) == {0o600}
    assert (before is None) == (not (out / "README.md").exists())
