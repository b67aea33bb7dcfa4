"""A scaffolded check works at once, whatever it reads, and never overwrites anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenantlint import shipped
from tenantlint.checks import selftest
from tenantlint.checks.catalog import find, load
from tenantlint.checks.scaffold import scaffold
from tenantlint.engine.embedded import TestBench, syntax
from tenantlint.errors import UsageError
from tenantlint.snapshot import collection_names


def test_a_check_for_every_collection_loads_passes_its_tests_and_is_covered(tmp_path: Path) -> None:
    for name in collection_names():
        scaffold(tmp_path, f"about_{name}", service="own", collection=name)
    assert sum(check.custom for check in load([tmp_path]).checks) == len(collection_names())
    suite = selftest.suite([tmp_path])
    bench = TestBench(suite.modules)
    failures = [result for case in suite.cases if not (result := selftest.run(case, bench, syntax)).passed]
    assert failures == []
    assert len(suite.cases) == 3 * len(collection_names())
    assert selftest.uncovered(suite, bench) == {}


def test_ids_are_the_next_free_ones(tmp_path: Path) -> None:
    assert scaffold(tmp_path, "first", service="own").id == "X001"
    assert scaffold(tmp_path, "third", service="own", identity="X003").id == "X003"
    assert scaffold(tmp_path, "second", service="other").id == "X002"
    assert scaffold(tmp_path, "fourth", service="other").id == "X004"


def test_the_collection_suits_the_service(tmp_path: Path) -> None:
    scaffold(tmp_path, "thing", service="exchange")
    assert find(load([tmp_path]), "X001").requires == ("remote_domains",)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"slug": "Thing"}, "the slug `Thing` is not usable"),
        ({"slug": "my-thing"}, "the slug `my-thing` is not usable"),
        ({"slug": "../thing"}, "is not usable"),
        ({"slug": "input"}, "the slug `input` is not usable"),
        ({"slug": "thing_test"}, "the slug `thing_test` is not usable"),
        ({"service": "a/b"}, "the service `a/b` is not usable"),
        ({"service": "lib"}, "the service `lib` is not usable"),
        ({"identity": "CA001"}, "custom checks have ids such as X001"),
        ({"identity": "X1"}, "custom checks have ids such as X001"),
        ({"identity": "X007"}, "the id X007 is already that of"),
        ({"slug": "taken"}, "taken.rego exists already"),
        ({"collection": "remote_domain"}, "there is no collection `remote_domain`; did you mean remote_domains"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_touched(
    tmp_path: Path, arguments: dict[str, str], problem: str
) -> None:
    scaffold(tmp_path, "taken", service="own", identity="X007")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.rego")}
    with pytest.raises(UsageError) as caught:
        scaffold(tmp_path, **{"slug": "thing", "service": "own", **arguments})  # type: ignore[arg-type]
    assert problem in str(caught.value)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.rego")} == before


def test_the_shipped_folder_is_left_alone() -> None:
    with pytest.raises(UsageError, match="holds the shipped checks"):
        scaffold(shipped.policies(), "thing", service="own")
