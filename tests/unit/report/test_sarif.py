"""SARIF: valid by the OASIS schema, and what GitHub makes of it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import GUESTS, LEGACY, compared, hostile_report, sample

from tenantlint.model import Outcome, Position, Report, Severity
from tenantlint.report import RenderOptions, render

SCHEMA = Path(__file__).parents[2] / "data" / "sarif" / "sarif-schema-2.1.0.json"
EXCEPTED = RenderOptions(show_excepted=True)


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=FormatChecker())


def run_of(report: Report, options: RenderOptions | None = None) -> dict[str, Any]:
    (run,) = json.loads(render("sarif", report, options))["runs"]
    return run  # type: ignore[no-any-return]


@pytest.mark.parametrize("options", [RenderOptions(), EXCEPTED, RenderOptions(docs_url="https://example.org/checks/")])
@pytest.mark.parametrize("make", [sample, compared, lambda: hostile_report(HOSTILE)], ids=["plain", "base", "hostile"])
def test_it_is_valid_by_the_oasis_schema(validator: Draft4Validator, make: Any, options: RenderOptions) -> None:
    document = json.loads(render("sarif", make(), options))
    assert [f"{list(one.absolute_path)}: {one.message}" for one in validator.iter_errors(document)] == []


def test_the_validator_would_see_a_fault(validator: Draft4Validator) -> None:
    document = json.loads(render("sarif", sample()))
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert not validator.is_valid(document)


def test_rules_are_the_whole_selected_catalogue() -> None:
    report = sample()
    rules = run_of(report)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(result.check.id for result in report.results)
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["properties"]["tags"][0] == "security"
        assert len(rule["properties"]["tags"]) <= 10


def test_severity_is_told_in_all_three_ways() -> None:
    rules = {rule["id"]: rule for rule in run_of(sample())["tool"]["driver"]["rules"]}
    scale = {
        check: (rules[check]["defaultConfiguration"]["level"], float(rules[check]["properties"]["security-severity"]))
        for check in ("CA001", "CA010", "EA002", "SP003")
    }
    assert scale["CA001"][0] == "error"
    assert scale["CA001"][1] > 9.0
    assert scale["CA010"][0] == "error"
    assert 7.0 <= scale["CA010"][1] <= 8.9
    assert scale["EA002"][0] == "warning"
    assert 4.0 <= scale["EA002"][1] <= 6.9
    assert scale["SP003"][0] == "note"
    assert 0.1 <= scale["SP003"][1] < 4.0


def test_a_changed_severity_shows_in_the_result() -> None:
    report = sample()
    lowered = tuple(
        replace(result, findings=tuple(replace(one, severity=Severity.LOW) for one in result.findings))
        for result in report.results
    )
    assert {one["level"] for one in run_of(replace(report, results=lowered))["results"]} == {"note"}


def test_a_result_points_to_its_rule_its_place_and_its_resource() -> None:
    run = run_of(sample(), RenderOptions(fallback_file="snapshots/contoso/snapshot.json"))
    first, second = run["results"][0], run["results"][1]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "CA001"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "snapshots/contoso/conditional_access_policies/block-legacy-auth--00001a2b.json",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["region"] == {"startLine": 12, "startColumn": 5}
    assert first["locations"][0]["logicalLocations"] == [
        {
            "name": "Block legacy auth",
            "fullyQualifiedName": "conditionalAccessPolicy/00001a2b-1111-4222-8333-444455556666",
            "kind": "resource",
        }
    ]
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "snapshots/contoso/snapshot.json"


def test_without_any_position_there_is_still_a_location() -> None:
    report = sample()
    bare = tuple(
        replace(
            result,
            findings=tuple(replace(one, resource=replace(one.resource, position=None)) for one in result.findings),
        )
        for result in report.results
    )
    for result in run_of(replace(report, results=bare))["results"]:
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "snapshot.json"


def test_fingerprints_are_unique_and_do_not_follow_lines_names_or_wording() -> None:
    def hashes(report: Report) -> list[dict[str, str]]:
        return [one["partialFingerprints"] for one in run_of(report)["results"]]

    report = sample()
    moved = tuple(
        replace(
            result,
            findings=tuple(
                replace(
                    one,
                    message=f"{one.message} now",
                    resource=replace(one.resource, position=Position(file="other.json", line=99, column=9)),
                )
                for one in result.findings
            ),
        )
        for result in report.results
    )
    plain = hashes(report)
    assert plain == hashes(replace(report, results=moved))
    assert len({one["primaryLocationLineHash"] for one in plain}) == len(plain)
    assert plain[0]["tenantlint/fingerprint/v1"] == "a1" * 16


def test_excepted_findings_come_only_when_asked_for_and_then_as_suppressions() -> None:
    def excepted(options: RenderOptions) -> list[Any]:
        return [one["suppressions"] for one in run_of(sample(), options)["results"] if "suppressions" in one]

    assert excepted(RenderOptions()) == []
    assert "two emergency accounts" not in render("sarif", sample())
    assert excepted(EXCEPTED) == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "EX-2026-003: Two scanners on the shop floor cannot do modern authentication, "
                "owner someone@contoso.example, until 2026-12-31",
            }
        ]
    ]


def test_what_was_not_judged_and_not_read_is_a_notification() -> None:
    (invocation,) = run_of(sample())["invocations"]
    told = [(one["descriptor"]["id"], one["level"]) for one in invocation["toolExecutionNotifications"]]
    assert told == [
        ("inconclusive", "note"),
        ("not_evaluated", "warning"),
        ("not_evaluated", "warning"),
        ("not_evaluated", "warning"),
        ("error", "error"),
        ("unreadable", "warning"),
        ("edited", "note"),
        ("imported_exception", "note"),
    ]
    assert invocation["executionSuccessful"] is False
    calm = replace(sample(), results=tuple(r for r in sample().results if r.outcome is not Outcome.ERROR))
    assert run_of(calm)["invocations"][0]["executionSuccessful"] is True


def test_a_base_gives_baseline_states_and_leaves_out_what_is_gone() -> None:
    results = run_of(compared())["results"]
    assert {one["baselineState"] for one in results} == {"new", "updated", "unchanged"}
    assert len(results) == 8
    assert all("baselineState" not in one for one in run_of(sample())["results"])


def test_one_category_a_tenant() -> None:
    run = run_of(sample())
    assert run["automationDetails"]["id"] == "tenantlint/3f1c9a52-7d0e-4c57-9a86-52b6f0f7d1aa/"
    assert run["columnKind"] == "unicodeCodePoints"


def test_paths_are_relative_to_the_repository_and_percent_encoded() -> None:
    finding = sample().results[0].findings[0]
    position = Position(file="ten ants/50%#ü?.json", line=3, column=2)
    placed = replace(finding, resource=replace(finding.resource, position=position))
    report = replace(sample(), results=(replace(sample().results[0], findings=(placed,)),))
    options = RenderOptions(base_path="/src/repo", working_path="/src/repo/sub")
    (result,) = run_of(report, options)["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "sub/ten%20ants/50%25%23%C3%BC%3F.json", "uriBaseId": "%SRCROOT%"}
    outside = RenderOptions(base_path="/elsewhere", working_path="/src/repo")
    (result,) = run_of(report, outside)["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///src/repo/ten%20ants/50%25%23%C3%BC%3F.json"}


def test_help_links_to_the_check_page_or_to_the_first_reference() -> None:
    def address(options: RenderOptions, check: str) -> str | None:
        rules = {rule["id"]: rule for rule in run_of(sample(), options)["tool"]["driver"]["rules"]}
        return rules[check].get("helpUri")

    assert address(RenderOptions(), "CA001") == "https://learn.microsoft.com/entra/"
    assert address(RenderOptions(docs_url="https://example.org/checks/"), "CA001") == "https://example.org/checks/CA001"
    assert address(RenderOptions(docs_url="https://example.org/checks/"), "X001") is None


def test_beyond_5000_results_the_least_severe_are_left_out_and_that_is_said() -> None:
    report = sample()
    legacy, guests = report.results[0], next(one for one in report.results if one.check is GUESTS)
    many = tuple(replace(guests.findings[0], fingerprint=f"{number:032x}") for number in range(6000))
    full = replace(report, results=(legacy, replace(guests, findings=many)))
    text = render("sarif", full)
    run = json.loads(text)["runs"][0]
    assert len(run["results"]) == 5000
    assert sum(one["ruleId"] == LEGACY.id for one in run["results"]) == 2
    notification = run["invocations"][0]["toolExecutionNotifications"][0]
    assert notification["message"]["text"].startswith("1002 less severe results are left out")
    assert len(gzip.compress(text.encode())) < 10_000_000


def test_long_texts_are_cut_and_names_are_short() -> None:
    for result in run_of(hostile_report(HOSTILE), EXCEPTED)["results"]:
        assert len(result["message"]["text"]) <= 1024
        (logical,) = result["locations"][0]["logicalLocations"]
        assert len(logical["name"]) <= 255
        assert len(logical["fullyQualifiedName"]) <= 255
