"""Markdown: rendered as GitHub Flavored Markdown, within the size of a comment, nothing hostile in it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import GUESTS, LEGACY, check, compared, finding, hostile_report, policy, sample

from tenantlint.model import CheckResult, Outcome, Report, Severity
from tenantlint.report import RenderOptions, render

COMMENT = 65_000
OWN_TAGS = {"root", "h2", "h3", "p", "ul", "ol", "li", "code", "strong", "details", "summary", "b", "span"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}


def tree(source: str) -> ElementTree.Element:
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source)
    return ElementTree.fromstring(f"<root>{html.replace('<details open>', '<details>')}</root>")


def seen(source: str) -> str:
    return "".join(tree(source).itertext()).replace("\u200b", "")


def crowd(number: int, name: str = "Guests have the same access as members") -> Report:
    """Many checks with many findings of every severity."""
    results = []
    for turn in range(number):
        severity = list(Severity)[turn % 4]
        of = check(f"CA{turn:03d}", f"Desired state number {turn}", severity, "conditional_access")
        findings = tuple(finding(of, f"{turn:04x}{item:04x}", name, policy(item, "P")) for item in range(12))
        results.append(CheckResult(check=of, outcome=Outcome.FAIL, findings=findings))
    return replace(sample(), results=tuple(results))


@pytest.mark.parametrize("options", [RenderOptions(), RenderOptions(verbose=True, show_excepted=True)])
@pytest.mark.parametrize("make", [sample, compared, lambda: hostile_report(HOSTILE)], ids=["plain", "base", "hostile"])
def test_only_our_own_markup_is_rendered(make: object, options: RenderOptions) -> None:
    root = tree(render("markdown", make(), options))  # type: ignore[operator]
    assert {one.tag for one in root.iter()} <= OWN_TAGS | TABLE_TAGS
    attributes = {name for one in root.iter() for name in one.attrib}
    assert attributes <= {"style"}  # alignment of table cells


def test_no_mention_reference_or_link_outside_code() -> None:
    root = tree(render("markdown", hostile_report(HOSTILE), RenderOptions(verbose=True, show_excepted=True)))
    for element in root.iter():
        if element.tag == "code":
            element.text = ""
    prose = "".join(root.itertext())
    assert not re.search(r"@\w|[#!]\d|GH-\d|https?://|www\.", prose)


def test_what_a_reader_sees() -> None:
    text = seen(render("markdown", sample()))
    assert "tenantlint: 15 open findings (3 critical, 10 high, 1 medium, 1 low)" in text
    assert "CA001 Legacy authentication is blocked for every user (Conditional Access, 2 findings)" in text
    assert "212 users and 14 disabled: Adele Vance, " in text
    assert "builtInControls mfa" in text
    assert "snapshots/contoso/role_assignments.jsonl:4" in text
    assert "TM002 could not run" in text
    assert "sharepoint_tenant is denied (Sites.Read.All was not granted)." in text
    assert "named_locations/hq.json:3:7: a comma is missing" in text
    assert "two emergency accounts" not in text


def test_the_most_important_comes_first() -> None:
    text = render("markdown", sample())
    places = [text.index(f"### {severity.value.capitalize()}") for severity in Severity]
    assert places == sorted(places)
    assert places[-1] < text.index("not evaluated</summary>")


def test_badges_tell_what_changed_against_the_base() -> None:
    text = seen(render("markdown", compared()))
    assert "Against the base: 2 new, 3 worsened, 2 improved, 1 unchanged, 2 fixed, 2 no longer judged" in text
    assert "new Policy Block legacy auth is in report-only mode" in text


def test_excepted_findings_show_when_asked_for() -> None:
    assert "excepted Policy Require compliant device" in seen(
        render("markdown", sample(), RenderOptions(show_excepted=True))
    )


@pytest.mark.parametrize("name", ["Guests have the same access", "$" * 400, "\u202e" * 400, "山" * 400, "<&>" * 200])
@pytest.mark.parametrize("verbose", [False, True])
def test_it_fits_a_comment_and_counts_what_it_leaves_out(name: str, verbose: bool) -> None:
    report = crowd(1500, name)
    text = render("markdown", report, RenderOptions(verbose=verbose))
    assert len(text.encode()) <= COMMENT
    assert len(text.encode()) > COMMENT / 2
    left_out = re.search(r"\*([\d,]+) findings left out here", text)
    assert left_out
    listed = sum(int(number) for number in re.findall(r"(\d+) findings?\)?(?:</summary>)?$", text, flags=re.MULTILINE))
    assert listed + int(left_out[1].replace(",", "")) == 1500 * 12


def test_every_check_is_named_where_that_fits() -> None:
    report = crowd(300)
    text = render("markdown", report)
    assert len(text.encode()) <= COMMENT
    assert all(f"{result.check.id}" in text for result in report.results)
    assert "left out here" not in text
    assert text.index("### Critical") < text.index("### High") < text.index("### Low")


def test_a_long_tail_is_cut_too() -> None:
    unjudged = tuple(
        CheckResult(check=replace(LEGACY, id=f"SP{number}"), outcome=Outcome.NOT_EVALUATED, reason="$" * 300)
        for number in range(500)
    )
    errors = tuple(
        CheckResult(check=replace(GUESTS, id=f"TM{number}"), outcome=Outcome.ERROR, reason="$" * 300)
        for number in range(500)
    )
    text = render("markdown", replace(sample(), results=(*sample().results, *unjudged, *errors)))
    assert len(text.encode()) <= COMMENT
    assert "503 checks not evaluated" in text
    assert re.search(r"and \d+ more", text)
    assert "TM0 could not run" in text
    assert "TM499 could not run" not in text
    assert "CA001" in text


def test_nothing_judged_is_said_loudly() -> None:
    bare = replace(sample(), results=tuple(r for r in sample().results if r.outcome is Outcome.NOT_EVALUATED))
    assert "No check reached a verdict: this says nothing about the tenant." in seen(render("markdown", bare))
    assert "No check reached" not in seen(render("markdown", sample()))


def test_no_findings() -> None:
    clean = replace(sample(), results=tuple(r for r in sample().results if r.outcome is Outcome.PASS), notices=())
    text = seen(render("markdown", clean))
    assert "tenantlint: no open findings" in text
    assert "Critical" not in text
