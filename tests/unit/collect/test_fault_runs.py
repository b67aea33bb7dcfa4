"""A few of the bench's fault runs: nothing is lost without a word, and the same seed spoils the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.unit.collect.faulted import fault_run, without_faults

from tenantlint.snapshot import Snapshot
from tenantlint.snapshot.store import open_snapshot

_NOW = datetime(2026, 11, 16, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def fabrikam() -> Snapshot:
    return open_snapshot(Path(__file__).parents[3] / "snapshots" / "fabrikam")


@pytest.fixture(scope="module")
def expected(fabrikam: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return without_faults(fabrikam, tmp_path_factory.mktemp("without"), now=_NOW)


def test_without_faults_everything_is_had(expected: Snapshot) -> None:
    assert {found.status.value for found in expected.collections.values()} <= {"ok", "not_collected"}


@pytest.mark.parametrize("seed", range(4))
def test_what_could_not_be_had_is_told(fabrikam: Snapshot, expected: Snapshot, tmp_path: Path, seed: int) -> None:
    run = fault_run(fabrikam, expected, tmp_path, seed=seed, now=_NOW)
    assert run.wrong == {}
    assert not run.hung
    assert sum(run.faults.values()) > run.requests / 10
