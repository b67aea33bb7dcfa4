"""Opening native snapshots: what is read, what is told, what is refused."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, Notice
from tenantlint.snapshot.store import is_native, open_snapshot

Folder = Callable[[Mapping[str, str | bytes]], Path]


def manifest(**collections: object) -> str:
    return json.dumps({"format": "tenantlint.snapshot/1", "tenant": {"id": "t"}, "collections": collections})


def kinds(notices: tuple[Notice, ...]) -> list[str]:
    return [notice.kind for notice in notices]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_collection_that_is_present_and_not_listed_is_ok(folder: Folder) -> None:
    root = folder(
        {
            "users.jsonl": '{"id": "u1"}\n{"id": "u2"}\n',
            "authorization_policy.json": '{"id": "authorizationPolicy"}',
            "conditional_access_policies/a.json": '{"id": "p1"}',
            "conditional_access_policies/b.json": '{"id": "p2"}',
        }
    )
    opened = open_snapshot(root)
    assert opened.notices == ()
    assert {name: one.status for name, one in opened.collections.items()} == dict.fromkeys(
        ["users", "authorization_policy", "conditional_access_policies"], CollectionStatus.OK
    )
    assert [user["id"] for user in opened.items("users")] == ["u1", "u2"]
    assert opened.singleton("authorization_policy") == {"id": "authorizationPolicy"}
    assert [policy["id"] for policy in opened.items("conditional_access_policies")] == ["p1", "p2"]
    assert opened.status("groups") is CollectionStatus.NOT_COLLECTED


def test_a_list_in_one_file_is_read_with_positions_of_its_own(folder: Folder) -> None:
    root = folder({"users.json": '[\n {"id": "u1"},\n {"id": "u2", "displayName": "Two"}\n]'})
    opened = open_snapshot(root)
    place = opened.locate("users", "u2", "/displayName")
    assert place is not None
    assert (place.line, place.column) == (3, 30)


def test_an_empty_collection_is_listed_and_needs_no_file(folder: Folder) -> None:
    opened = open_snapshot(
        folder({"snapshot.json": manifest(groups={"status": "ok"}, users={"status": "ok", "count": 0})})
    )
    assert opened.status("groups") is opened.status("users") is CollectionStatus.OK
    assert list(opened.items("groups")) == []
    assert opened.notices == ()


def test_a_collection_that_is_not_ok_keeps_its_objects_for_display_only(folder: Folder) -> None:
    listed = manifest(
        users={"status": "truncated", "detail": "stopped after 1", "source": "/users", "api_version": "v1.0"}
    )
    opened = open_snapshot(folder({"snapshot.json": listed, "users.jsonl": '{"id": "u1"}\n'}))
    users = opened.collection("users")
    assert users.status is CollectionStatus.TRUNCATED
    assert (users.detail, users.source, users.api_version) == ("stopped after 1", "/users", "v1.0")
    assert list(users.items) == [{"id": "u1"}]
    assert list(opened.items("users")) == []


def test_collections_are_read_on_first_use_only(folder: Folder) -> None:
    opened = open_snapshot(folder({"users.jsonl": "not json", "groups.jsonl": '{"id": "g"}'}))
    assert len(opened.items("groups")) == 1
    with pytest.raises(InputError, match=r"users\.jsonl:1:1: not valid JSON"):
        opened.items("users")


def test_a_file_that_changes_after_the_digest_was_made_is_refused(folder: Folder) -> None:
    root = folder({"users.jsonl": '{"id": "u1"}'})
    opened = open_snapshot(root)
    (root / "users.jsonl").write_text('{"id": "u2"}')
    with pytest.raises(
        InputError, match=r"users\.jsonl: the file changed while the snapshot was being read; run again"
    ):
        opened.items("users")


def test_files_are_named_as_the_user_named_the_folder(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder({"users.jsonl": '\n{"id": "u"}\n', "domains/a.json": '{"id": "contoso.example"}'})
    monkeypatch.chdir(root.parent)
    opened = open_snapshot(Path("tenant"))
    assert sorted(opened.files) == ["tenant/domains/a.json", "tenant/snapshot.json", "tenant/users.jsonl"]
    place = opened.locate("users", "u")
    assert place is not None
    assert (place.file, place.line, place.column) == ("tenant/users.jsonl", 2, 1)
    monkeypatch.chdir(root)
    here = open_snapshot(Path())
    assert here.collection("domains").origins[0].file == "domains/a.json"
    assert open_snapshot(Path("snapshot.json")).digest == here.digest == opened.digest


def test_the_digest_tells_content_apart(folder: Folder) -> None:
    first = open_snapshot(folder({"users.jsonl": '{"id": "u1"}\n'})).digest
    assert open_snapshot(folder({"users.jsonl": '{"id": "u1"}\n'})).digest == first
    assert open_snapshot(folder({"users.jsonl": '{"id": "u2"}\n'})).digest != first
    assert open_snapshot(folder({"users.jsonl": '{"id": "u1"}\n', "groups.jsonl": ""})).digest != first


def test_utf_16_and_byte_order_marks_are_read_everywhere(folder: Folder) -> None:
    head = manifest(users={"status": "ok"})
    root = folder(
        {
            "snapshot.json": b"\xef\xbb\xbf" + head.encode(),
            "users.jsonl": '{"id": "é"}\r\n{"id": "2"}\r\n'.encode("utf-16"),
        }
    )
    assert [user["id"] for user in open_snapshot(root).items("users")] == ["é", "2"]


def test_an_unknown_collection_can_be_used_and_is_told(folder: Folder) -> None:
    root = folder(
        {"snapshot.json": manifest(mine={"status": "ok"}), "mine/a.json": '{"id": "1"}', "yours/b.json": '{"id": "2"}'}
    )
    opened = open_snapshot(root)
    assert list(opened.items("mine")) == [{"id": "1"}]
    assert list(opened.items("yours")) == [{"id": "2"}]
    assert kinds(opened.notices) == ["unknown_collection"] * 2


def test_files_that_are_not_read_are_told_when_they_look_like_data(folder: Folder) -> None:
    root = folder(
        {
            "domains/a.json": '{"id": "a.example"}',
            "domains/rest.jsonl": "{}",
            "domains/README.md": "",
            "Users.jsonl": "{}",
            "README.md": "",
            ".hidden.json": "{",
            "docs.d/x.json": "{",
            "domains/deeper/b.json": "{",
        }
    )
    opened = open_snapshot(root)
    assert sorted(opened.collections) == ["domains"]
    assert [(notice.kind, notice.position and Path(notice.position.file).name) for notice in opened.notices] == [
        ("ignored_file", "Users.jsonl"),
        ("ignored_file", "rest.jsonl"),
    ]


def test_the_seal_of_a_file_is_its_sha256(folder: Folder) -> None:
    lines = '{"id": "u1"}\n'
    listed = manifest(users={"status": "ok", "count": 1, "sha256": sha256(lines)})
    assert open_snapshot(folder({"snapshot.json": listed, "users.jsonl": lines})).notices == ()
    opened = open_snapshot(folder({"snapshot.json": listed, "users.jsonl": lines + '{"id": "u2"}\n'}))
    assert opened.collection("users").edited
    assert opened.status("users") is CollectionStatus.OK
    (notice,) = opened.notices
    assert notice.kind == "edited"
    assert notice.message.endswith("users.jsonl was edited after it was collected: it held 1 object, now 2")
    assert notice.position is not None
    assert notice.position.file.endswith("users.jsonl")


def test_the_seal_of_a_folder_is_over_what_sha256sum_prints(folder: Folder) -> None:
    one, two = '{"id": "a"}', '{"id": "b"}'
    printed = f"{sha256(one)}  a.json\n{sha256(two)}  b.json\n"
    listed = manifest(domains={"status": "ok", "count": 2, "sha256": sha256(printed).upper()})
    files = {"snapshot.json": listed, "domains/a.json": one, "domains/b.json": two}
    assert not open_snapshot(folder(files)).collection("domains").edited
    edited = open_snapshot(folder({**files, "domains/b.json": two + " "}))
    assert edited.collection("domains").edited
    assert [notice.message.rsplit("/", 1)[1] for notice in edited.notices] == [
        "domains was edited after it was collected"
    ]


def test_a_wrong_count_alone_is_told(folder: Folder) -> None:
    listed = manifest(users={"status": "ok", "count": 2}, domains={"status": "ok", "count": 2})
    opened = open_snapshot(
        folder({"snapshot.json": listed, "users.jsonl": '{"id": "1"}\n\n{"id": "2"}', "domains/a.json": '{"id": "a"}'})
    )
    assert not opened.collection("users").edited
    assert [notice.message.rsplit("/", 1)[1] for notice in opened.notices] == [
        "domains was edited after it was collected: it held 2 objects, now 1"
    ]


@pytest.mark.parametrize("files", [{}, {"users.jsonl": ""}, {"users.jsonl": "\n"}])
def test_a_list_of_users_that_was_emptied_has_failed_and_is_not_empty(folder: Folder, files: dict[str, str]) -> None:
    listed = manifest(users={"status": "ok", "count": 3, "sha256": sha256("what was there")})
    opened = open_snapshot(folder({"snapshot.json": listed, **files}))
    assert opened.status("users") is CollectionStatus.FAILED
    assert "users" in opened.collection("users").detail
    assert kinds(opened.notices) == ["edited"]


def test_a_folder_of_policies_that_was_emptied_by_hand_is_empty(folder: Folder) -> None:
    opened = open_snapshot(
        folder({"snapshot.json": manifest(conditional_access_policies={"status": "ok", "count": 3})})
    )
    assert opened.status("conditional_access_policies") is CollectionStatus.OK
    assert opened.collection("conditional_access_policies").edited
    assert kinds(opened.notices) == ["edited"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"users.jsonl": '{"id": "a"}\n {"id": "a"}'},
            "T/users.jsonl:2:2: two objects of users have the identity `a`, this one and T/users.jsonl:1:1; keep one.",
        ),
        (
            {"domains/x.json": '{"id": "a"}', "domains/y.json": '{"id": "a"}'},
            "T/domains/y.json:1:1: two objects of domains have the identity `a`, "
            "this one and T/domains/x.json:1:1; keep one.",
        ),
        (
            {"users.json": '[{"id": "a"},\n {"id": "a"}]'},
            "T/users.json:2:2: two objects of users have the identity `a`, this one and T/users.json:1:2; keep one.",
        ),
        (
            {"users.jsonl": '{"id": "a"}\n[1]'},
            "T/users.jsonl:2:1: an entry of users is not a JSON object; write it as {...}.",
        ),
        (
            {"users.jsonl": '{"mail": "a"}'},
            "T/users.jsonl:1:1: an object of users has nothing that identifies it; give it id or displayName.",
        ),
        (
            {"security_defaults.json": '[{"id": "a"}, {"id": "b"}]'},
            "T/security_defaults.json:1:15: security_defaults holds 2 objects, and a tenant has one; keep one.",
        ),
        (
            {"domains/x.json": '{"id": "a"'},
            "T/domains/x.json:1:11: the JSON ends in the middle: the file is truncated; export or copy it again.",
        ),
        ({"domains/x.json": '{"id": NaN}'}, "T/domains/x.json:1:8: NaN is not a JSON value; write null or a number."),
        (
            {"domains/x.json": '{"id": "a", "id": "b"}'},
            "T/domains/x.json:1:13: the key `id` stands twice in one object; keep one of the two.",
        ),
        ({"domains/x.json": "[" * 10_000}, "T/domains/x.json:1:101: nested deeper than 100 levels; flatten it."),
    ],
)
def test_a_faulty_collection_is_refused_in_one_sentence_when_it_is_used(
    folder: Folder, files: dict[str, str], sentence: str
) -> None:
    root = folder(files)
    opened = open_snapshot(root)
    with pytest.raises(InputError) as caught:
        for collection in opened.collections.values():
            len(collection)
    assert str(caught.value).replace(root.as_posix(), "T") == sentence
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"users.jsonl": "", "users.json": "[]"}, "users stands twice"),
        ({"users.jsonl": "", "users/a.json": "{}"}, "users stands twice"),
        ({"snapshot.json": "{"}, "truncated"),
        ({"snapshot.json": ""}, "the file is empty"),
    ],
)
def test_a_faulty_snapshot_is_refused_at_once(folder: Folder, files: dict[str, str], problem: str) -> None:
    root = folder(files)
    assert is_native(root)
    with pytest.raises(InputError, match=problem):
        open_snapshot(root)


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path: Path) -> None:
    assert not is_native(tmp_path)
    with pytest.raises(InputError, match="the manifest is missing"):
        open_snapshot(tmp_path)


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        open_snapshot(tmp_path / "nowhere")
    (tmp_path / "file").write_text("{}")
    with pytest.raises(InputError, match="a snapshot is a folder"):
        open_snapshot(tmp_path / "file")
    assert not is_native(tmp_path / "file")


@pytest.mark.parametrize(
    ("text", "native"),
    [
        ('{"format": "tenantlint.snapshot/9"}', True),
        ('{"tenant": {}, "collections": {}}', True),
        ('{"snapshots": []}', False),
        ("[]", False),
        ('{"format": "tenantlint.snap', True),
    ],
)
def test_a_native_snapshot_is_known_by_its_manifest(folder: Folder, text: str, native: bool) -> None:
    root = folder({"snapshot.json": text})
    assert is_native(root) is native
    assert is_native(root / "snapshot.json") is native


needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege on Windows")


@needs_links
@pytest.mark.parametrize("where", ["users.jsonl", "domains/a.json", "domains", "snapshot.json"])
def test_a_symbolic_link_that_leaves_the_folder_is_refused(folder: Folder, tmp_path: Path, where: str) -> None:
    root = folder({"named_locations/a.json": '{"id": "a"}'})
    outside = tmp_path / "outside"
    (outside / "domains").mkdir(parents=True)
    target = outside / where
    if not target.is_dir():
        target.write_text('{"id": "secret"}')
    (root / where).parent.mkdir(exist_ok=True)
    (root / where).unlink(missing_ok=True)
    (root / where).symlink_to(target)
    with pytest.raises(InputError, match="this symbolic link leaves the snapshot's folder"):
        open_snapshot(root)


@needs_links
def test_a_symbolic_link_into_a_folder_that_only_begins_with_the_same_name_is_refused(
    folder: Folder, tmp_path: Path
) -> None:
    root = folder({})
    (tmp_path / "tenant-other").mkdir()
    (tmp_path / "tenant-other" / "users.jsonl").write_text("")
    (root / "users.jsonl").symlink_to("../tenant-other/users.jsonl")
    with pytest.raises(InputError, match="leaves the snapshot's folder"):
        open_snapshot(root)


@needs_links
def test_a_symbolic_link_inside_the_folder_is_followed_and_the_folder_may_be_one(
    folder: Folder, tmp_path: Path
) -> None:
    root = folder({"data.txt": '{"id": "u"}'})
    (root / "users.jsonl").symlink_to("data.txt")
    (tmp_path / "link").symlink_to(root)
    assert list(open_snapshot(tmp_path / "link").items("users")) == [{"id": "u"}]


@needs_links
def test_a_broken_link_and_a_pipe_are_refused(folder: Folder) -> None:
    root = folder({})
    (root / "users.jsonl").symlink_to("nowhere")
    with pytest.raises(InputError, match="cannot be read: no such file"):
        open_snapshot(root)
    (root / "users.jsonl").unlink()
    os.mkfifo(root / "users.jsonl")
    with pytest.raises(InputError, match="this is not a regular file"):
        open_snapshot(root)
