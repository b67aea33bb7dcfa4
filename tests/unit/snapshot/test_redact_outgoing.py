"""What is about to be written: looked at twice, in streams, in the order of the new identities."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import canonical
from tenantlint.snapshot.manifest import Entry, Manifest
from tenantlint.snapshot.outgoing import prepare
from tenantlint.snapshot.redaction import Choice, Key, Names, Redactor
from tenantlint.snapshot.store import open_snapshot
from tenantlint.snapshot.writing import Part, write_parts

KEY = Key(b"a key that nobody can guess, for tests only")
HEAD = Manifest(tenant=Tenant(id="6f1d7c2e-0000-4000-8000-000000000001", display_name="Contoso"))
SECRET = "password=" + "hunter2!"


def lines(name: str, items: list[dict[str, Any]], entry: Entry | None = None) -> Part:
    stored = [(str(item["id"]), canonical.line(item)) for item in sorted(items, key=lambda item: str(item["id"]))]
    return Part(name, entry or Entry(), lines=lambda: iter(stored), objects=list)


def objects(name: str, items: list[dict[str, Any]], entry: Entry | None = None) -> Part:
    return Part(name, entry or Entry(), lines=list, objects=lambda: items)


def test_without_secrets_and_pseudonyms_the_parts_pass_as_they_are() -> None:
    parts = [lines("users", [{"id": "a"}]), objects("named_locations", [{"id": "x"}])]
    found = prepare(HEAD, parts)
    assert sorted(part.name for part in found.parts) == ["named_locations", "users"]
    assert all(part in parts for part in found.parts)
    assert found.head is HEAD
    assert found.secrets == {}


def test_a_secret_is_told_in_the_detail_and_not_written(tmp_path: Path) -> None:
    parts = [
        lines("users", [{"id": "a", "displayName": SECRET}, {"id": "b", "jobTitle": "the password for you"}]),
        objects(
            "named_locations",
            [{"id": "x", "displayName": f"HQ {SECRET}"}, {"id": "y", "displayName": SECRET}],
            Entry(status=CollectionStatus.TRUNCATED, detail="Not everything"),
        ),
    ]
    found = prepare(HEAD, parts)
    write_parts(found.head, found.parts, tmp_path / "out")
    written = open_snapshot(tmp_path / "out")
    assert found.secrets == {"users": {"a password": 1}, "named_locations": {"a password": 2}}
    assert written.collection("users").detail == "Not written, since they look like secrets: 1 x a password"
    assert (
        written.collection("named_locations").detail
        == "Not everything; Not written, since they look like secrets: 2 x a password"
    )
    assert "hunter2" not in "".join(file.read_text("utf-8") for file in tmp_path.rglob("*.json*"))
    assert [user["id"] for user in written.collection("users").items] == ["a", "b"]
    assert written.collection("users").items[1]["jobTitle"] == "the password for you"


def test_a_secret_goes_before_the_names_are_learnt() -> None:
    """It must not come back as a pseudonym either: one that is short could be tried out by who has the key."""
    item = {"id": "a", "displayName": SECRET}
    redactor = Redactor(KEY, Choice(), HEAD.tenant)
    found = prepare(HEAD, [lines("users", [item])], redactor)
    (line,) = next(iter(found.parts)).lines()
    assert "hunter2" not in line[1].decode()
    assert redactor.text("hunter2") == "hunter2"


def test_hashed_ids_give_a_new_order(tmp_path: Path) -> None:
    ids = [f"{number:08x}-0000-4000-8000-00000000000a" for number in range(1, 200)]
    redactor = Redactor(KEY, Choice(Names.ALL, ids=True), HEAD.tenant)
    members = [{"group_id": ids[0], "members": ids, "id": ids[0]}]
    users = [{"id": one, "displayName": f"Person Number {number}"} for number, one in enumerate(ids)]
    found = prepare(HEAD, [lines("users", users), lines("group_members", members)], redactor)
    write_parts(found.head, found.parts, tmp_path / "out")
    written = open_snapshot(tmp_path / "out")
    new = [user["id"] for user in written.collection("users").items]
    assert new == sorted(new)
    assert set(new).isdisjoint(ids)
    (group,) = written.collection("group_members").items
    assert set(group["members"]) == set(new)
    assert written.tenant.id != HEAD.tenant.id


def test_no_more_than_a_little_is_held_of_a_large_collection() -> None:
    count = 20_000

    def many() -> Iterator[tuple[str, bytes]]:
        for number in range(count):
            item = {"id": f"{number:08d}", "displayName": f"Person Number {number}", "filler": "x" * 2000}
            yield item["id"], canonical.line(item)

    part = Part("users", Entry(), lines=many, objects=list)
    tracemalloc.start()
    try:
        found = prepare(HEAD, [part], Redactor(KEY, Choice(), HEAD.tenant))
        total = sum(len(line) for _, line in found.parts[0].lines())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert total > 40_000_000
    assert peak < 12_000_000


def test_the_details_of_the_manifest_are_rewritten_too() -> None:
    redactor = Redactor(KEY, Choice(), HEAD.tenant)
    part = lines(
        "users",
        [{"id": "a", "displayName": "Anna Fell", "mail": "anna@contoso.com"}],
        Entry(status=CollectionStatus.FAILED, detail="The mailbox anna@contoso.com of Anna Fell failed"),
    )
    found = prepare(HEAD, [part], redactor)
    detail = found.parts[0].entry.detail
    (line,) = found.parts[0].lines()
    user = json.loads(line[1])
    assert detail == f"The mailbox {user['mail']} of {user['displayName']} failed"
