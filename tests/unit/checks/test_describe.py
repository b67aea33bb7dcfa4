"""Pages and the JSON form of checks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.checks.test_metadata import FULL

from tenantlint.checks import describe, metadata, pages, retired
from tenantlint.checks.library import Library
from tenantlint.model import Module

CHECK = metadata.read(Module("policies/checks/conditional_access/x.rego", FULL), service="conditional_access")
OTHER = replace(
    CHECK, id="CA010", title="A | b <script>", mappings={"scuba": ("MS.AAD.1.1v1", "MS.AAD.10.1v1", "MS.AAD.2.1v1")}
)
LIBRARY = Library((CHECK, OTHER), ())


def test_the_json_form_is_json_and_names_every_framework() -> None:
    told = describe.as_json(CHECK)
    assert json.loads(json.dumps(told)) == told
    assert list(told["mappings"]) == list(describe.FRAMEWORKS)
    assert told["parameters"] == {"limit": {"type": "integer", "default": 4, "meaning": "how many"}}


def test_every_framework_of_the_schema_has_a_title() -> None:
    assert set(describe.FRAMEWORKS) == set(
        metadata.schema()["properties"]["custom"]["properties"]["mappings"]["properties"]
    )


def test_a_page_holds_everything_a_reader_needs() -> None:
    text = describe.page(CHECK)
    for words in (
        "# CA001: Legacy authentication is blocked",
        "Critical · Conditional Access · foundational",
        CHECK.description,
        CHECK.rationale,
        CHECK.remediation,
        "`conditional_access_policies`, `atp_policy_for_o365` or `safe_links_policies`",
        "| `limit` | integer | `4` | how many |",
        "| CISA SCuBA | MS.AAD.1.1v1 |",
        "[More](https://learn.microsoft.com/b)",
        "(../../policies/checks/conditional_access/x.rego)",
    ):
        assert words in text
    assert "CIS Microsoft" not in text, "a framework without a control is left out"


def test_the_index_names_every_check_and_escapes_titles() -> None:
    text = describe.pages(LIBRARY)[describe.INDEX]
    assert "| [CA001](CA001.md) | critical | Legacy authentication is blocked |" in text
    assert "A \\| b &lt;script>" in text


def test_pages_are_written_compared_and_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "checks"
    assert pages.stale(LIBRARY, folder) == ["CA001.md", "CA010.md", "README.md"]
    pages.write(LIBRARY, folder)
    assert pages.stale(LIBRARY, folder) == []
    assert b"\r" not in (folder / "CA001.md").read_bytes()
    (folder / "CA001.md").write_text("edited", encoding="utf-8")
    (folder / "CA099.md").write_text("gone", encoding="utf-8")
    (folder / "note.txt").write_text("mine", encoding="utf-8")
    assert pages.stale(LIBRARY, folder) == ["CA001.md", "CA099.md"]
    pages.write(LIBRARY, folder)
    assert pages.stale(LIBRARY, folder) == []
    assert (folder / "note.txt").exists()


@given(st.lists(st.integers(0, 999), min_size=2, max_size=2), st.sampled_from(["CA", "MS.AAD.", ""]))
def test_numbers_inside_names_are_ordered_as_numbers(numbers: list[int], prefix: str) -> None:
    first, second = (describe.natural(f"{prefix}{number}.1") for number in numbers)
    assert (first < second) == (numbers[0] < numbers[1])


def test_retired_ids_are_read_with_their_successor(tmp_path: Path) -> None:
    (tmp_path / "retired.toml").write_text(
        '[[retired]]\nid = "CA099"\nsuccessor = "CA001"\nreason = "it was split."\n\n'
        '[[retired]]\nid = "CA098"\nreason = "Microsoft enforces it"\n',
        encoding="utf-8",
    )
    found = retired.read(tmp_path)
    assert [one.sentence() for one in found.values()] == [
        "CA099 was retired (it was split); see CA001.",
        "CA098 was retired (Microsoft enforces it).",
    ]


@pytest.mark.parametrize("name", ["exchange", "own_folder"])
def test_services_have_headings(name: str) -> None:
    assert describe.service_title(name) == {"exchange": "Exchange Online", "own_folder": "Own folder"}[name]
