"""Both engines say the same about every check over every example (architecture, decision 5)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tenantlint.checks import selftest
from tenantlint.checks.catalog import load
from tenantlint.engine import Engine, open_engine
from tenantlint.evaluate import Settings, evaluate
from tenantlint.model import CheckResult, Outcome
from tenantlint.sources import open_target

pytestmark = [
    pytest.mark.opa,
    pytest.mark.skipif(shutil.which("opa") is None, reason="no `opa` on PATH: engine parity is not tested"),
]

ROOT = Path(__file__).resolve().parents[2]
EXPORT = ROOT.parent / "shared" / "corpus" / "scubagear" / "ProviderSettingsExport.json"
EXAMPLES = [path.parent for path in sorted((ROOT / "snapshots").glob("*/snapshot.json"))]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def embedded() -> Iterator[Engine]:
    with open_engine("embedded") as engine:
        engine.load(load().modules)
        yield engine


@pytest.fixture(scope="module")
def opa() -> Iterator[Engine]:
    with open_engine("opa") as engine:
        engine.load(load().modules)
        yield engine


def results(target: Path, engine: Engine) -> tuple[CheckResult, ...]:
    settings = Settings(now=NOW, parameters={}, severities={})
    return evaluate(load().checks, open_target(target).snapshot, engine, settings)


def compare(target: Path, embedded: Engine, opa: Engine) -> None:
    ours, reference = results(target, embedded), results(target, opa)
    for mine, theirs in zip(ours, reference, strict=True):
        assert mine == theirs, mine.check.id
        assert mine.outcome is not Outcome.ERROR, mine.reason
    assert any(result.outcome in (Outcome.PASS, Outcome.FAIL) for result in ours), "nothing was judged at all"


def test_there_are_examples() -> None:
    assert {path.name for path in EXAMPLES} >= {"contoso", "fabrikam", "partial"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_both_engines_agree_about_an_example(example: Path, embedded: Engine, opa: Engine) -> None:
    compare(example, embedded, opa)


@pytest.mark.corpus
@pytest.mark.skipif(not EXPORT.is_file(), reason="the corpus is not there")
def test_both_engines_agree_about_a_real_export(embedded: Engine, opa: Engine) -> None:
    compare(EXPORT, embedded, opa)


def test_every_rego_test_holds_on_opa_too() -> None:
    suite = selftest.suite(())
    with open_engine("opa") as engine:
        engine.load(suite.modules)
        values = {case.place: engine.evaluate(case.package, [case.name], "{}")[case.name] for case in suite.cases}
    assert [place for place, value in values.items() if value is not True] == []
