"""Writing native snapshots: the same bytes every time, and nothing of the user's is lost."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import Collection, Snapshot, canonical
from tenantlint.snapshot.catalog import Storage, identity_of, spec_of
from tenantlint.snapshot.store import open_snapshot, write_snapshot

Make = Callable[..., Snapshot]


def content(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def write(snapshot: Snapshot, path: Path) -> Path:
    write_snapshot(snapshot, path, tool_version="1.0")
    return path


def test_the_files_are_those_of_the_contract(tenant: Make, tmp_path: Path) -> None:
    root = write(
        tenant(
            {"groups": CollectionStatus.DENIED},
            users=[{"id": "b"}, {"id": "a", "displayName": "A"}],
            conditional_access_policies=[{"id": "0123456789", "displayName": "Block legacy", "@odata.etag": "1"}],
            authorization_policy=[{"id": "authorizationPolicy"}],
            named_locations=[],
        ),
        tmp_path / "new" / "tenant",
    )
    files = content(root)
    assert sorted(files) == [
        "authorization_policy.json",
        "conditional_access_policies/block-legacy--01234567.json",
        "snapshot.json",
        "users.jsonl",
    ]
    assert files["users.jsonl"] == b'{"displayName":"A","id":"a"}\n{"id":"b"}\n'
    assert files["conditional_access_policies/block-legacy--01234567.json"] == (
        b'{\n  "displayName": "Block legacy",\n  "id": "0123456789"\n}\n'
    )
    opened = open_snapshot(root)
    assert opened.notices == ()
    assert opened.status("groups") is CollectionStatus.DENIED
    assert opened.status("named_locations") is CollectionStatus.OK
    assert (opened.tenant.display_name, opened.licences) == ("Contoso", frozenset({"entra_p2", "teams"}))
    assert not any(path.name.startswith(".") for path in root.parent.iterdir())


KEYS = st.sampled_from(["a", "B", "é", "@odata.type", "x@odata.context", "@odata.etag", "/"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
NAMES = (
    "conditional_access_policies",
    "users",
    "authorization_policy",
    "anti_phish_policies",
    "group_members",
    "my_things",
)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    collections: dict[str, Collection] = {}
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        spec = spec_of(name)
        most = 1 if spec.storage is Storage.SINGLETON else 4
        identities = draw(
            st.lists(
                st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12), unique=True, max_size=most
            )
        )
        items = [
            {
                **draw(st.dictionaries(KEYS, VALUES, max_size=3)),
                draw(st.sampled_from((*spec.identity, spec.name_property))): identity,
            }
            for identity in identities
        ]
        collections[name] = Collection(
            name,
            draw(st.sampled_from(CollectionStatus)),
            items=items,
            source=draw(TEXT),
            api_version=draw(TEXT),
            detail=draw(TEXT),
        )
    return Snapshot(
        tenant=Tenant(id=draw(TEXT), display_name=draw(TEXT)),
        collections=collections,
        collected_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        licences=draw(st.none() | st.just(frozenset({"entra_p1", "intune"}))),
        redaction=draw(st.none() | st.just({"names": "replaced"})),
    )


@settings(max_examples=60, deadline=None)
@given(snapshots())
def test_what_is_written_reads_back_and_writes_the_same_bytes(snapshot: Snapshot) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        first = write(snapshot, Path(temporary) / "first")
        opened = open_snapshot(first)
        second = write(opened, Path(temporary) / "second")
        assert content(second) == content(first)
        assert [notice for notice in opened.notices if notice.kind != "unknown_collection"] == []
        for name, collection in snapshot.collections.items():
            again = opened.collections[name]
            assert not again.edited
            assert (again.status, again.source, again.api_version, again.detail) == (
                collection.status, collection.source, collection.api_version, collection.detail
            )  # fmt: skip
            spec = collection.spec
            expected = {identity_of(spec, item): canonical.without_noise(item) for item in collection.items}
            assert {identity_of(spec, item): item for item in again.items} == expected
        assert (opened.tenant, opened.collected_at, opened.licences, opened.redaction) == (
            snapshot.tenant, snapshot.collected_at, snapshot.licences, snapshot.redaction
        )  # fmt: skip


def test_an_old_snapshot_is_replaced_whole(tenant: Make, tmp_path: Path) -> None:
    root = write(
        tenant(users=[{"id": "u"}], domains=[{"id": "a.example"}, {"id": "b.example"}], my_own=[{"id": "1"}]),
        tmp_path / "t",
    )
    write(tenant(domains=[{"id": "b.example"}]), root)
    assert sorted(name.split("--")[0] for name in content(root)) == ["domains/b-example", "snapshot.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_files_that_are_not_the_snapshots_are_kept(tenant: Make, tmp_path: Path) -> None:
    root = write(tenant(domains=[{"id": "a.example"}]), tmp_path / "t")
    kept = {
        "README.md": b"read me",
        "exceptions.yaml": b"format: x",
        ".gitattributes": b"* -text",
        "notes.json": b"[]",
        "docs/guide.md": b"guide",
        "docs/deep/picture.png": b"\x89PNG",
        "domains/NOTES.md": b"about these",
        "users.csv": b"id",
    }
    for name, data in kept.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    write(tenant(users=[{"id": "u"}]), root)
    found = content(root)
    assert {name: found[name] for name in kept} == kept
    assert set(found) - set(kept) == {"snapshot.json", "users.jsonl"}


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege on Windows")
def test_a_link_that_is_not_the_snapshots_is_kept_as_a_link(tenant: Make, tmp_path: Path) -> None:
    root = write(tenant(), tmp_path / "t")
    (root / "link").symlink_to("/nowhere")
    (tmp_path / "alias").symlink_to(root)
    write(tenant(users=[{"id": "u"}]), tmp_path / "alias")
    assert (root / "link").readlink() == Path("/nowhere")
    assert (tmp_path / "alias").is_symlink()
    assert (root / "users.jsonl").is_file()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("notes.txt", "this folder is not empty and holds no snapshot; give an empty or a new one."),
        (".git/HEAD", "this folder is a git repository; give a folder inside it."),
    ],
)
def test_a_folder_with_other_things_is_not_replaced(tenant: Make, tmp_path: Path, name: str, sentence: str) -> None:
    root = tmp_path / "t"
    (root / name).parent.mkdir(parents=True)
    (root / name).write_text("mine")
    with pytest.raises(InputError) as caught:
        write(tenant(), root)
    assert str(caught.value).endswith(sentence)
    assert content(root) == {name: b"mine"}


def test_a_file_is_not_replaced_and_an_empty_folder_is(tenant: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="this is a file"):
        write(tenant(), tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert open_snapshot(write(tenant(), tmp_path / "empty")).tenant.id == "0d3cbf3a"


@pytest.mark.parametrize(
    ("collections", "problem"),
    [
        ({"users": [{"id": "a"}, {"id": "a"}]}, "two objects of users have the identity `a`"),
        ({"users": [{"mail": "x"}]}, "nothing that identifies it"),
        ({"security_defaults": [{"id": "a"}, {"id": "b"}]}, "holds 2 objects"),
        ({"../users": [{"id": "a"}]}, "cannot be the name of a collection"),
        ({"snapshot": [{"id": "a"}]}, "cannot be the name of a collection"),
        ({"users": [{"id": "a", "x": float("inf")}]}, "NaN or an infinity"),
    ],
)
def test_what_the_format_cannot_hold_is_refused_and_the_old_snapshot_stays(
    tenant: Make, tmp_path: Path, collections: dict[str, list[dict[str, Any]]], problem: str
) -> None:
    root = write(tenant(domains=[{"id": "a.example"}]), tmp_path / "t")
    before = content(root)
    with pytest.raises(InputError, match=problem):
        write(tenant(**collections), root)
    assert content(root) == before
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_a_system_that_refuses_to_write_is_one_sentence(tenant: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="the snapshot cannot be written: "):
        write(tenant(), tmp_path / "file" / "t")


def test_hostile_names_stay_inside_the_folder(tenant: Make, tmp_path: Path) -> None:
    hostile = ["../../up", "a/b\\c", "con", "x" * 10_000, "\x00\n", "\u202egpj", "<script>", ".", "~"]
    policies = [{"id": f"{index}{name}", "displayName": name} for index, name in enumerate(hostile)]
    root = write(tenant(conditional_access_policies=policies), tmp_path / "t")
    assert len(list((root / "conditional_access_policies").iterdir())) == len(hostile)
    assert [path.name for path in tmp_path.iterdir()] == ["t"]
    found = open_snapshot(root).items("conditional_access_policies")
    assert sorted(policy["displayName"] for policy in found) == sorted(hostile)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_the_new_folder_has_the_mode_that_the_user_chose(tenant: Make, tmp_path: Path) -> None:
    root = tmp_path / "t"
    root.mkdir(mode=0o700)
    write(tenant(), root)
    assert root.stat().st_mode & 0o777 == 0o700
    fresh = write(tenant(), tmp_path / "fresh")
    mask = os.umask(0)
    os.umask(mask)
    assert fresh.stat().st_mode & 0o777 == 0o777 & ~mask
