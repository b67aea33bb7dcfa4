"""CSV: RFC 4180, one row a finding, values whole."""

from __future__ import annotations

import csv
import io
import json

from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import compared, hostile_report, sample

from tenantlint.model import Report
from tenantlint.report import RenderOptions, render
from tenantlint.report.escaping import visible


def rows(report: Report, options: RenderOptions | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render("csv", report, options), newline=""), strict=True))


def test_one_row_a_finding_worst_first() -> None:
    found = rows(sample())
    assert len(found) == len(sample().findings())
    assert [one["severity"] for one in found] == ["critical"] * 3 + ["high"] * 11 + ["medium", "low"]


def test_lines_end_as_rfc_4180_says() -> None:
    text = render("csv", hostile_report(HOSTILE))
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == 1 + 2 * len(HOSTILE)


def test_the_columns_hold_what_they_say() -> None:
    legacy = rows(sample())[0]
    assert legacy["check"] == "CA001"
    assert legacy["resource_name"] == "Block legacy auth"
    assert legacy["line"] == "12"
    assert legacy["principals_count"] == "212"
    assert legacy["principals_disabled"] == "14"
    assert legacy["principals"].startswith("Adele Vance (00000000-0000-4000-8000-000000000000); ")
    assert legacy["principals"].endswith("; …")
    assert json.loads(legacy["evidence"])["clientAppTypes"] == ["exchangeActiveSync", "other"]
    assert legacy["open"] == "yes"


def test_an_unknown_count_is_empty_and_not_zero() -> None:
    admins = next(one for one in rows(sample()) if one["check"] == "CA004")
    assert admins["principals_count"] == ""
    assert admins["certainty"] == "depends"


def test_excepted_findings_are_there_and_told_apart() -> None:
    covered = [one for one in rows(sample()) if one["open"] == "no"]
    assert [(one["check"], one["exceptions"]) for one in covered] == [("CA010", "EX-2026-003 (active)")]


def test_statuses_against_a_base() -> None:
    assert {one["status"] for one in rows(compared())} == {
        "new",
        "worsened",
        "improved",
        "unchanged",
        "fixed",
        "unknown",
    }


def test_verbose_names_every_principal() -> None:
    assert rows(sample(), RenderOptions(verbose=True))[0]["principals"].count(";") == 225


def test_hostile_names_are_whole_and_no_formula() -> None:
    found = [one for one in rows(hostile_report(HOSTILE)) if one["check"] == "CA010"]
    assert {one["resource_name"].removeprefix("'") for one in found} == {
        visible(name).removeprefix("'") for name in HOSTILE
    }
    for row in found:
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
