"""What holds for all formats: hostile names, order, encoding, the registry."""

from __future__ import annotations

import random
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest
from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import compared, hostile_report, sample

from tenantlint.errors import UsageError
from tenantlint.model import Report, SnapshotInfo, Tenant
from tenantlint.report import RenderOptions, formats, render

ALL = RenderOptions(show_excepted=True, verbose=True)


def shuffled(report: Report, seed: int) -> Report:
    """The same results and findings in another order."""
    chance = random.Random(seed)
    results = [
        replace(
            result,
            findings=tuple(chance.sample(result.findings, len(result.findings))),
        )
        for result in report.results
    ]
    chance.shuffle(results)
    return replace(report, results=tuple(results))


@pytest.mark.parametrize("format_", formats())
def test_hostile_names_neither_break_the_encoding_nor_act_unseen(format_: str) -> None:
    text = render(format_, hostile_report(HOSTILE), ALL)
    text.encode("utf-8")
    acting = {one for one in text if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert acting <= ({"\n", "\r"} if format_ == "csv" else {"\n"})


@pytest.mark.parametrize("format_", formats())
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_each_hostile_name_alone_is_rendered(format_: str, name: str) -> None:
    assert render(format_, hostile_report([name]), ALL).endswith("\n")


@pytest.mark.parametrize("format_", formats())
def test_the_order_of_the_report_does_not_matter(format_: str) -> None:
    for make in (sample, compared):
        expected = render(format_, make(), ALL)
        for seed in range(3):
            assert render(format_, shuffled(make(), seed), ALL) == expected


@pytest.mark.parametrize("format_", formats())
def test_an_empty_report_is_rendered(format_: str) -> None:
    bare = SnapshotInfo(tenant=Tenant(), collected_at=None, digest="")
    empty = Report(tool=sample().tool, snapshot=bare, results=())
    assert render(format_, empty).endswith("\n")


@pytest.mark.parametrize("format_", sorted(set(formats()) - {"json", "csv"}))
def test_long_names_are_shortened_for_display(format_: str) -> None:
    assert "x" * 2000 not in render(format_, hostile_report(["x" * 10_000]), RenderOptions(show_excepted=True))


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_long_names_are_whole_in_data(format_: str) -> None:
    assert "x" * 10_000 in render(format_, hostile_report(["x" * 10_000]))


def test_an_unknown_format_is_refused_in_a_sentence() -> None:
    with pytest.raises(UsageError, match="`yaml` is not a format; there are text, json, sarif"):
        render("yaml", sample())


def test_importing_the_registry_imports_no_format() -> None:
    code = (
        "import sys, tenantlint.report;"
        "print(sorted(m for m in sys.modules if m in ('rich', 'csv', 'xml') or m.startswith('tenantlint.report.')))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert found.strip() == "['tenantlint.report.interface']"
