"""The json report: its schema, its order, and that nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.unit.report.hostile import HOSTILE
from tests.unit.report.sample import compared, hostile_report, sample

from tenantlint import shipped
from tenantlint.model import SnapshotInfo, Tenant
from tenantlint.report import RenderOptions, render
from tenantlint.report.json_document import rfc3339


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads((shipped.policies() / "schemas" / "report.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("make", [sample, compared, lambda: hostile_report(HOSTILE)], ids=["plain", "base", "hostile"])
def test_it_keeps_to_its_schema(validator: Draft202012Validator, make: Any, verbose: bool) -> None:
    document = json.loads(render("json", make(), RenderOptions(verbose=verbose)))
    assert [f"{one.json_path}: {one.message}" for one in validator.iter_errors(document)] == []


def test_the_schema_refuses_unknown_keys(validator: Draft202012Validator) -> None:
    document = json.loads(render("json", sample()))
    document["results"][0]["colour"] = "red"
    assert not validator.is_valid(document)


def test_the_keys_come_in_the_order_of_the_contract() -> None:
    document = json.loads(render("json", sample()))
    assert list(document) == [
        "format",
        "tool",
        "profile",
        "snapshot",
        "base",
        "summary",
        "results",
        "notices",
        "access",
        "drift",
        "exceptions",
        "secure_score",
        "coverage",
    ]
    result = next(one for one in document["results"] if one["findings"])
    assert list(result)[:7] == ["check", "slug", "title", "service", "severity", "outcome", "reason"]
    assert list(result["findings"][0])[:4] == ["fingerprint", "status", "certainty", "depends_on"]


def test_the_summary_counts_what_the_results_hold() -> None:
    document = json.loads(render("json", compared()))
    findings = [one for result in document["results"] for one in result["findings"]]
    gone = [one for one in findings if one["status"] in ("fixed", "unknown")]
    opened = [one for one in findings if one["open_after_exceptions"] and one not in gone]
    counts = document["summary"]["findings"]
    assert counts["open"] == len(opened) == sum(counts["by_severity"].values())
    for status in ("new", "worsened", "improved", "unchanged"):
        assert counts[status] == sum(one["status"] == status for one in opened)
    assert counts["fixed"] == sum(one["status"] == "fixed" for one in findings)
    assert counts["excepted"] == sum(not one["open_after_exceptions"] for one in findings if one not in gone)
    assert sum(document["summary"]["outcomes"].values()) == len(document["results"])


def test_what_was_not_evaluated_names_the_collections_that_were_missing() -> None:
    missing = {one["check"]: one for one in json.loads(render("json", sample()))["summary"]["not_evaluated"]}
    assert missing["SP001"]["collections"] == {"sharepoint_tenant": "denied"}
    assert missing["EX007"]["collections"] == {"dkim_signing_configs": "not_collected"}
    assert missing["EX007"]["reason"] == "dkim_signing_configs is not_collected."


def test_principals_are_a_sample_and_whole_with_verbose() -> None:
    def first(options: RenderOptions) -> dict[str, Any]:
        results = json.loads(render("json", sample(), options))["results"]
        result = next(one for one in results if one["check"] == "CA001")
        return result["findings"][0]["principals"]  # type: ignore[no-any-return]

    assert first(RenderOptions())["count"] == 212
    assert len(first(RenderOptions())["sample"]) == 20
    assert len(first(RenderOptions(verbose=True))["sample"]) == 226


def test_hostile_names_are_whole() -> None:
    document = json.loads(render("json", hostile_report(HOSTILE)))
    result = next(one for one in document["results"] if one["check"] == "CA010")
    assert {one["resource"]["name"] for one in result["findings"]} == set(HOSTILE)
    assert {one["evidence"]["name"] for one in result["findings"]} == set(HOSTILE)


def test_sections_pass_through() -> None:
    report = replace(sample(), access={"opened": [1], "closed": [], "cosmetic": []}, drift={"b": 1, "a": 2})
    document = json.loads(render("json", report))
    assert document["access"] == {"opened": [1], "closed": [], "cosmetic": []}
    assert list(document["drift"]) == ["b", "a"]
    assert document["coverage"] is None


def test_an_unknown_tenant_is_told_as_such() -> None:
    bare = SnapshotInfo(tenant=Tenant(), collected_at=None, digest="")
    document = json.loads(render("json", replace(sample(), snapshot=bare, results=())))
    assert document["snapshot"] == {"tenant_id": "", "tenant_name": "", "collected_at": None, "digest": ""}


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 8, 20, 6, tzinfo=UTC), "2026-08-20T06:00:00Z"),
        (datetime(2026, 8, 20, 6, 0, 0, 999999, tzinfo=UTC), "2026-08-20T06:00:00Z"),
        (datetime(2026, 8, 20, 8, tzinfo=timezone(timedelta(hours=2))), "2026-08-20T06:00:00Z"),
        (datetime(2026, 8, 20, 6), "2026-08-20T06:00:00Z"),
        (None, None),
    ],
)
def test_moments_are_utc(moment: datetime | None, text: str | None) -> None:
    assert rfc3339(moment) == text
