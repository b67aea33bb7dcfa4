"""Lint one tenant: snapshot, checks and exceptions in, one report out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tenantlint import __version__
from tenantlint.checks import profiles
from tenantlint.checks.catalog import Library, load
from tenantlint.config import Config
from tenantlint.directory import Directory
from tenantlint.engine.interface import Engine
from tenantlint.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE, EXIT_USAGE, InputError
from tenantlint.evaluate import Settings, evaluate
from tenantlint.exceptions import match
from tenantlint.exceptions.register import read_register
from tenantlint.facts import FACTS
from tenantlint.model import Check, Notice, Outcome, Position, Report, Severity, ToolInfo
from tenantlint.sources import Reading


@dataclass(frozen=True)
class Lint:
    """A report, and whether something about the input must turn the exit code to 2."""

    report: Report
    unreadable: bool


def library(config: Config) -> Library:
    """The shipped checks and the user's own. Raises CheckLoadError with file, line and column."""
    return load(custom_dirs=config.policies, known_facts=frozenset(FACTS))


def chosen(loaded: Library, config: Config) -> Sequence[Check]:
    """The checks that the configuration selects, in order of id. Raises UsageError for an unknown name."""
    return profiles.chosen(loaded, config)


def lint(reading: Reading, loaded: Library, engine: Engine, config: Config, now: datetime) -> Lint:
    """Judge the tenant. `engine` has `loaded.modules` loaded; `config` is already the tenant's.

    Raises InputError for an unreadable register or collection, UsageError for an unknown selector.
    """
    snapshot = reading.snapshot
    exemptions = [*snapshot.exemptions, *(read_register(config.exceptions) if config.exceptions else ())]
    directory = Directory(snapshot)
    held = match.hold(exemptions, directory, now.date(), config.expiring_days)
    settings = Settings(
        now=now,
        parameters=profiles.parameters(config),
        severities=config.severities,
        break_glass=match.break_glass_ids(held),
        break_glass_controls=match.break_glass_controls(held),
    )
    results = match.apply(evaluate(chosen(loaded, config), snapshot, engine, settings), held)
    profile = profiles.used(config)
    report = Report(
        tool=ToolInfo(version=__version__, checks_digest=loaded.digest, engine=engine.name),
        snapshot=snapshot.info(),
        results=results,
        notices=(
            *(_problem(problem) for problem in reading.problems),
            *snapshot.notices,
            *match.imported_notices(exemptions),
        ),
        now=now,
        profile=profile.name if profile else None,
    )
    return Lint(report, unreadable=bool(reading.problems))


def exit_code(outcome: Lint, fail_on: str, *, strict: bool) -> int:
    """The contract's exit code: 2 before 1 before 3."""
    if strict and outcome.unreadable:
        return EXIT_USAGE
    if fail_on != "never":
        limit = Severity(fail_on).rank
        for result in outcome.report.results:
            if result.outcome is Outcome.FAIL and any(
                one.open_after_exceptions and one.severity.rank <= limit and not one.depends_on
                for one in result.findings
            ):
                return EXIT_FINDINGS
    outcomes = {result.outcome for result in outcome.report.results}
    if Outcome.ERROR in outcomes:
        return EXIT_INCOMPLETE
    if strict and outcomes & {Outcome.NOT_EVALUATED, Outcome.INCONCLUSIVE}:
        return EXIT_INCOMPLETE
    return EXIT_CLEAN


def _problem(problem: InputError) -> Notice:
    position = Position(file=problem.file, line=problem.line or 1, column=problem.column or 1) if problem.file else None
    return Notice(kind="unreadable", message=problem.sentence(), position=position)
