"""File names as code hosts want them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.report.sample import sample

from tenantlint.model import Position
from tenantlint.report import RenderOptions
from tenantlint.report.places import Places, is_relative, uri


def placed(file: str, **options: str) -> str:
    return Places(sample(), RenderOptions(**options)).of(Position(file=file, line=1, column=1)).file  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "options", "expected"),
    [
        ("snap/a.json", {}, "snap/a.json"),
        ("./snap//a.json", {}, "snap/a.json"),
        ("snap/a.json", {"base_path": "/repo", "working_path": "/repo"}, "snap/a.json"),
        ("a.json", {"base_path": "/repo/", "working_path": "/repo/snap/"}, "snap/a.json"),
        ("../a.json", {"base_path": "/repo", "working_path": "/repo/snap"}, "a.json"),
        ("../../a.json", {"base_path": "/repo", "working_path": "/repo/snap"}, "/a.json"),
        ("/repo/snap/a.json", {"base_path": "/repo"}, "snap/a.json"),
        ("/repository/a.json", {"base_path": "/repo"}, "/repository/a.json"),
        ("C:\\repo\\snap\\a.json", {"base_path": "C:\\repo"}, "snap/a.json"),
        ("odd\\name.json", {}, "odd\\name.json"),
    ],
)
def test_files_are_relative_to_the_repository(file: str, options: dict[str, str], expected: str) -> None:
    assert placed(file, **options) == expected


@pytest.mark.parametrize(
    ("file", "address", "relative"),
    [
        ("snap/a b.json", "snap/a%20b.json", True),
        ("a:b.json", "a%3Ab.json", True),
        ("/tmp/a#b.json", "file:///tmp/a%23b.json", False),
        ("C:/repo/a.json", "file:///C:/repo/a.json", False),
    ],
)
def test_uris(file: str, address: str, relative: bool) -> None:
    assert uri(file) == address
    assert is_relative(file) is relative


def test_what_has_no_position_gets_the_fallback_then_the_first_file_then_a_name() -> None:
    assert Places(sample(), RenderOptions(fallback_file="snap/snapshot.json")).of(None).file == "snap/snapshot.json"
    assert Places(sample(), RenderOptions()).of(None).file.endswith("block-legacy-auth--00001a2b.json")
    nowhere = Places(replace(sample(), results=()), RenderOptions()).of(None)
    assert (nowhere.file, nowhere.line, nowhere.column) == ("snapshot.json", 1, 1)


def test_lines_and_columns_count_from_one() -> None:
    place = Places(sample(), RenderOptions()).of(Position(file="a", line=0, column=0))
    assert (place.line, place.column) == (1, 1)
