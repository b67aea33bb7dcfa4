from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenantlint.errors import InputError
from tenantlint.sources import open_target

Write = Callable[[str, Any], Path]


def _refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_target(path)
    sentence = caught.value.sentence()
    assert sentence.startswith(path.as_posix())
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_missing_path_is_one_sentence(tmp_path: Path) -> None:
    assert "no such file or folder" in _refusal(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"<!doctype html><p>Sign in</p>", "HTML or XML, not JSON"),
        (b"\x7fELF\x00\x00\x01", "binary, not JSON"),
        (b'{"a": [1, 2', "truncated"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": 1}', "not a format that tenantlint knows"),
        (b"[]", "not a format that tenantlint knows"),
        (b"null", "not a format that tenantlint knows"),
        (b"17", "not a format that tenantlint knows"),
    ],
)
def test_a_file_that_is_no_export_is_one_sentence(write: Write, content: bytes, expected: str) -> None:
    assert expected in _refusal(write("export.json", content))


def test_a_refusal_names_every_known_format(write: Write) -> None:
    sentence = _refusal(write("export.json", {"a": 1}))
    for name in ("native snapshot", "ScubaGear", "EntraExporter", "Conditional Access policies"):
        assert name in sentence


def test_an_empty_folder_and_one_without_json_are_one_sentence(tmp_path: Path, write: Write) -> None:
    assert "no JSON file in this folder" in _refusal(tmp_path)
    write("README.txt", b"hello")
    assert "no JSON file in this folder" in _refusal(tmp_path)


def test_a_folder_of_broken_files_names_the_first(tmp_path: Path, write: Write) -> None:
    write("b.json", b"{")
    write("a.json", b"")
    sentence = _refusal(tmp_path)
    assert "none of its 2 JSON files" in sentence
    assert "2 cannot be read" in sentence
    assert "a.json: the file is empty" in sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in _refusal(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_one_sentence(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    try:
        assert "permission denied" in _refusal(locked)
    finally:
        locked.chmod(0o700)


def test_a_link_that_leaves_the_folder_is_a_problem_and_hides_nothing(
    tmp_path: Path, write: Write, policy: dict[str, Any]
) -> None:
    write("outside.json", policy)
    write("set/policy.json", {**policy, "id": "inside"})
    try:
        (tmp_path / "set" / "link.json").symlink_to(tmp_path / "outside.json")
    except OSError:
        pytest.skip("the system makes no links for this user")
    reading = open_target(tmp_path / "set")
    assert [item["id"] for item in reading.snapshot.items("conditional_access_policies")] == ["inside"]
    assert "leaves the folder" in reading.problems[0].problem


def test_the_file_name_plays_no_part(write: Write, policy: dict[str, Any]) -> None:
    assert open_target(write("holiday.txt", {"conditional_access_policies": []})).snapshot.format == "scubagear"
    assert open_target(write("ProviderSettingsExport.json", policy)).snapshot.format == "conditional_access"
