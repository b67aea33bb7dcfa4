"""What holds for every shipped check, now and later."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.policies import mocks
from tests.policies.conftest import library, suite

from tenantlint import shipped
from tenantlint.checks import describe, metadata, pages, retired, selftest, style
from tenantlint.engine import guard, open_engine
from tenantlint.engine.embedded import TestBench, syntax
from tenantlint.evaluate import Settings, evaluate
from tenantlint.facts import FACTS
from tenantlint.model import Check, CollectionStatus, Module, Outcome, Severity, Tenant
from tenantlint.snapshot import (
    Collection,
    Snapshot,
    Storage,
    collection_names,
    collection_of_kind,
    collection_schema,
    spec_of,
)

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PREFIXES = {
    "conditional_access": "CA",
    "privileged_access": "PA",
    "authentication": "AU",
    "applications": "AP",
    "external_access": "EA",
    "sharepoint": "SP",
    "teams": "TM",
    "defender_office": "DO",
    "exchange": "EX",
    "devices": "DV",
}
CHECKS = library().checks
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
each_module = pytest.mark.parametrize("module", library().modules, ids=lambda module: module.path)


def file_of(check: Check) -> Path:
    return shipped.policies().parent / check.path if check.path.startswith("policies/") else Path(check.path)


def test_there_are_checks() -> None:
    assert len(CHECKS) >= 20


@each_module
def test_a_shipped_module_would_pass_the_guard_of_custom_ones(module: Module) -> None:
    guard.inspect(module, syntax(module))


@each_module
def test_lines_are_shorter_than_120_characters(module: Module) -> None:
    assert [line for line in module.text.splitlines() if len(line) >= 120] == []


@each_check
def test_metadata_satisfies_schema_catalogue_and_facts(check: Check) -> None:
    module = next(one for one in library().modules if one.path == check.path)
    metadata.validate(metadata.annotation(module), facts=frozenset(FACTS))


@each_check
def test_the_prefix_of_the_id_is_that_of_the_service(check: Check) -> None:
    assert re.fullmatch(PREFIXES[check.service] + "[0-9]{3}", check.id)


@each_check
def test_the_id_was_never_retired(check: Check) -> None:
    assert check.id not in retired.read()


def test_no_two_checks_share_slug_or_title() -> None:
    for name in ("slug", "title"):
        values = [getattr(check, name) for check in CHECKS]
        assert len(values) == len(set(values))


@each_check
def test_it_has_tests_that_fail_and_pass_beside_it(check: Check) -> None:
    test = file_of(check).with_name(f"{check.slug}_test.rego")
    assert test.is_file()
    names = [case.name for case in suite().cases if case.package == f"{check.package}_test"]
    assert any(name.startswith("test_fail") for name in names)
    assert any(name.startswith("test_pass") for name in names)


def test_the_style_of_checks_libraries_and_tests() -> None:
    reads = {name: FACTS[name].reads for name in FACTS}
    tests = style.test_modules(library(), {check.path: file_of(check) for check in CHECKS})
    assert len(tests) == len(CHECKS)
    assert [fault.sentence() for fault in style.lint(library(), CHECKS, tests, reads)] == []


@each_check
def test_it_carries_a_reference_of_the_vendor_and_a_mapping(check: Check) -> None:
    assert any("microsoft.com" in one.url for one in check.references)
    assert any(check.mappings.values())
    assert check.tags


@each_check
def test_prose_names_no_machine_and_has_no_loose_ends(check: Check) -> None:
    text = " ".join((check.title, check.description, check.rationale, check.remediation))
    assert not re.search(r"\b(TODO|FIXME|XXX|lorem)\b|/work/|/tmp/", text)
    assert not check.title.endswith(".")


@each_check
def test_parameters_are_read_by_the_rego(check: Check) -> None:
    text = file_of(check).read_text(encoding="utf-8")
    for name in check.parameters:
        assert re.search(rf"parameters\.{name}\b|\"{name}\"", text), f"{name} is never read"


@each_check
def test_every_fact_and_collection_that_the_rego_reads_is_declared(check: Check) -> None:
    text = re.sub(r"(?m)#.*$", "", file_of(check).read_text(encoding="utf-8"))
    sent = {name for told in check.requires for name in told.split("|")} | set(check.refines) | set(check.raw)
    for name in re.findall(r"input\.collections\.([a-z_0-9]+)", text):
        assert name in sent
        assert spec_of(name).delivery == "raw" or name in check.raw, f"{name} is large: list it under `raw`"
    for name in re.findall(r"input\.statuses\.([a-z_0-9]+)", text):
        assert name in sent
    for dotted in re.findall(r"input\.facts\.([a-z_0-9.]+)", text):
        assert any(dotted == fact or dotted.startswith(f"{fact}.") or fact.startswith(dotted) for fact in check.facts)


@each_check
def test_every_fact_that_is_declared_is_read(check: Check) -> None:
    text = file_of(check).read_text(encoding="utf-8") + "".join(
        module.text for module in library().modules if "/lib/" in module.path
    )
    for fact in check.facts:
        assert re.search(rf"facts\.{re.escape(fact)}\b", text) or fact.split(".")[0] in text


@each_check
def test_resource_kinds_are_those_of_collections(check: Check) -> None:
    text = file_of(check).read_text(encoding="utf-8")
    for kind in re.findall(r'"kind": "([A-Za-z]+)"', text):
        assert kind == "tenant" or collection_of_kind(kind) or kind in PRINCIPAL_KINDS, kind


PRINCIPAL_KINDS = {"user", "group", "role", "servicePrincipal", "device", "domain", "guestType", "unknown"}


def test_the_pages_are_current() -> None:
    assert pages.stale(library(), ROOT / "docs" / "checks") == [], "run `tenantlint rules docs docs/checks`"


def test_every_service_has_a_heading_and_a_prefix() -> None:
    assert set(PREFIXES) == set(describe.SERVICES)


@pytest.mark.parametrize("status", [None, *(one for one in CollectionStatus if one is not CollectionStatus.OK)])
def test_no_check_passes_without_data(status: CollectionStatus | None) -> None:
    collections = {name: Collection(name, status) for name in collection_names()} if status else {}
    snapshot = Snapshot(tenant=Tenant(id="t"), collections=collections)
    results = judge(snapshot)
    assert [result.check.id for result in results if result.outcome is Outcome.PASS] == []
    assert {result.outcome for result in results} <= {Outcome.NOT_EVALUATED, Outcome.NOT_APPLICABLE}
    if status is None:
        assert {result.outcome for result in results} == {Outcome.NOT_EVALUATED}


def test_no_check_errs_over_collections_that_are_there_and_empty() -> None:
    collections = {name: Collection(name, CollectionStatus.OK) for name in collection_names()}
    results = judge(Snapshot(tenant=Tenant(id="t"), collections=collections))
    assert [(one.check.id, one.reason) for one in results if one.outcome is Outcome.ERROR] == []


@pytest.mark.parametrize("refining", [status for status in CollectionStatus if status is not CollectionStatus.OK])
def test_no_check_errs_when_only_what_it_requires_is_there(refining: CollectionStatus) -> None:
    for check in CHECKS:
        needed = {name for told in check.requires for name in told.split("|")}
        collections = {
            name: Collection(name, CollectionStatus.OK if name in needed else refining) for name in collection_names()
        }
        (result,) = judge(Snapshot(tenant=Tenant(id="t"), collections=collections), check)
        assert result.outcome is not Outcome.ERROR, (check.id, result.reason)


def judge(snapshot: Snapshot, *checks: Check) -> Any:
    wanted = checks or CHECKS
    severities: dict[str, Severity] = {}
    with open_engine() as engine:
        engine.load(library().modules_for(wanted))
        return evaluate(wanted, snapshot, engine, Settings(now=NOW, parameters={}, severities=severities))


@cache
def validator_of(name: str) -> Draft202012Validator:
    return Draft202012Validator(collection_schema(name))


@pytest.fixture(scope="module")
def catching() -> TestBench:
    return mocks.bench(suite(), CHECKS)


# Tests of other names may feed on broken objects: a check has to be total over those too.
USUAL_CASES = [case for case in suite().cases if case.name.startswith(("test_fail", "test_pass"))]


@pytest.mark.parametrize("case", USUAL_CASES, ids=lambda case: f"{case.package}.{case.name}")
def test_mocked_objects_are_such_as_a_tenant_has(case: selftest.TestCase, catching: TestBench) -> None:
    told = list(mocks.inputs(case, catching))
    assert told, f"{case.place}: no check is given an input"
    for one in told:
        for name, value in one.get("collections", {}).items():
            assert name in collection_names(), f"{case.place}: there is no collection {name}"
            single = spec_of(name).storage is Storage.SINGLETON
            assert isinstance(value, dict if single else list), f"{case.place}: {name} has the wrong shape"
            for item in [value] if single else value:
                faults = [fault.message for fault in validator_of(name).iter_errors(item)]
                assert faults == [], f"{case.place}: {name}: {faults[0]}"
        for name, status in one.get("statuses", {}).items():
            assert name in collection_names(), f"{case.place}: there is no collection {name}"
            assert status in list(CollectionStatus), f"{case.place}: {status} is no status"
