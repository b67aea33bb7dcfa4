"""Run a file of scenarios against a tenant, or write one from how the tenant behaves at present."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tenantlint import __version__
from tenantlint.conditional_access.scenarios.run import Run, Status, run
from tenantlint.conditional_access.scenarios.scenario_file import read_scenarios
from tenantlint.conditional_access.scenarios.starter import generate
from tenantlint.conditional_access.tenant import read_tenant
from tenantlint.config import Config
from tenantlint.directory import Directory
from tenantlint.errors import EXIT_CLEAN, EXIT_FINDINGS
from tenantlint.exceptions import match
from tenantlint.exceptions.register import read_register
from tenantlint.model import SnapshotInfo
from tenantlint.snapshot import Snapshot


@dataclass(frozen=True)
class ScenarioReport:
    """What reporters write. `strict`: inconclusive scenarios count as missed."""

    run: Run
    snapshot: SnapshotInfo
    version: str
    strict: bool = False

    @property
    def exit_code(self) -> int:
        """1 when an expectation is not met; with `strict` also when it is not known whether one is."""
        missed = {Status.MISS, Status.INCONCLUSIVE} if self.strict else {Status.MISS}
        return EXIT_FINDINGS if any(one.status in missed for one in self.run.scenarios) else EXIT_CLEAN


def run_scenarios(
    snapshot: Snapshot, file: Path, config: Config, now: datetime, select: Sequence[str] = ()
) -> ScenarioReport:
    """The result of a file. `config` is already the tenant's: its exception register tells the emergency accounts.

    Raises InputError for a file, a register or a name that is wrong, UsageError for a selection of nothing.
    """
    given = read_scenarios(file)
    emergency = emergency_accounts(snapshot, config, now)
    result = run(given, read_tenant(snapshot), emergency, select)
    return ScenarioReport(result, snapshot.info(), __version__, config.strict)


def generate_scenarios(snapshot: Snapshot, config: Config, now: datetime) -> str:
    """A file of scenarios that the tenant passes as it is. The same tenant and register give the same text."""
    return generate(read_tenant(snapshot), emergency_accounts(snapshot, config, now))


def emergency_accounts(snapshot: Snapshot, config: Config, now: datetime) -> frozenset[str] | None:
    """The ids of the accounts that are declared for emergencies; None when there is none."""
    exemptions = [*snapshot.exemptions, *(read_register(config.exceptions) if config.exceptions else ())]
    held = match.hold(exemptions, Directory(snapshot), now.date(), config.expiring_days)
    return match.break_glass_ids(held) or None
