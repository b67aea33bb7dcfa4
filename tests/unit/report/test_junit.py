"""JUnit: counts that add up, one case a check, reasons for what was skipped."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import EXCLUSIONS, hostile_report, sample

from tenantlint.model import CheckResult, Report
from tenantlint.report import RenderOptions, render


def parsed(report: Report, options: RenderOptions | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(render("junit", report, options).encode("utf-8"))


def case(report: Report, check: str) -> ElementTree.Element:
    return next(one for one in parsed(report).iter("testcase") if one.get("name", "").startswith(f"{check} "))


def test_one_case_a_check_and_counts_that_add_up() -> None:
    for report in (sample(), hostile_report(HOSTILE)):
        root = parsed(report)
        assert len(list(root.iter("testcase"))) == len(report.results)
        for element in [root, *root.findall("testsuite")]:
            assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
            assert int(element.get("failures", "")) == len(list(element.iter("failure")))
            assert int(element.get("errors", "")) == len(list(element.iter("error")))
            assert int(element.get("skipped", "")) == len(list(element.iter("skipped")))


def test_a_failing_check_lists_its_findings_and_the_mend() -> None:
    found = case(sample(), "CA001")
    (failure,) = found.findall("failure")
    assert failure.get("type") == "critical"
    assert (failure.get("message") or "").startswith("2 findings: Policy `Block legacy auth`")
    assert "214 users, 212 after exceptions" in (failure.text or "")
    assert "block-legacy-auth--00001a2b.json:12:5" in (failure.text or "")
    assert "Mend: Create one policy" in (failure.text or "")
    assert found.get("file", "").endswith("block-legacy-auth--00001a2b.json")


def test_a_check_in_error_is_an_error_with_its_reason() -> None:
    (error,) = case(sample(), "TM002").findall("error")
    assert "to_number: invalid syntax" in (error.get("message") or "")


def test_a_check_without_a_verdict_is_skipped_with_its_reason() -> None:
    for check, reason in (
        ("SP001", "not evaluated: sharepoint_tenant is denied (Sites.Read.All was not granted)."),
        ("DO002", "not applicable: The tenant has no licence for Defender for Office 365 Plan 1."),
        ("CA004", "inconclusive: Depends on group_members of CA-Admins."),
    ):
        (skipped,) = case(sample(), check).findall("skipped")
        assert skipped.get("message") == reason
    assert "phishing defeats" in (case(sample(), "CA004").findtext("system-out") or "")


def test_a_passing_check_says_nothing() -> None:
    assert list(case(sample(), "AP001")) == []


def test_a_check_whose_findings_are_all_excepted_is_skipped_not_passed() -> None:
    result = next(one for one in sample().results if one.check is EXCLUSIONS)
    covered = CheckResult(check=EXCLUSIONS, outcome=result.outcome, findings=result.findings[1:])
    (skipped,) = case(replace(sample(), results=(covered,)), "CA010").findall("skipped")
    assert skipped.get("message") == "1 finding, all covered by exceptions"


def test_long_lists_are_cut_and_counted() -> None:
    report = sample(standing=80)
    text = case(report, "PA003").findtext("failure") or ""
    assert "… and 30 more; the json format lists them all" in text
    verbose = render("junit", report, RenderOptions(verbose=True))
    assert "more; the json format" not in verbose
    assert "role_assignments.jsonl:80:1" in verbose
