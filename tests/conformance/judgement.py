"""What our checks say of a record, in the peer's words: met, or not.

The checks are those mapped to the record's policy, at the thresholds of the profile `scuba`, with what the record's
own configuration permits. They hold the policy met when each of them passes, is not applicable, or has no finding
left that the configuration does not cover. A finding that hangs on something unknown counts as not met: the tenant
has not shown that it meets the policy, which is what the peer's answer says, too.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.conformance.records import Record

from tenantlint.checks import controls, profiles
from tenantlint.checks.catalog import load
from tenantlint.checks.library import Library
from tenantlint.config import Config
from tenantlint.directory import Directory
from tenantlint.engine import open_engine
from tenantlint.engine.interface import Engine
from tenantlint.evaluate import Settings, evaluate
from tenantlint.exceptions import match
from tenantlint.model import Check, CheckResult, Outcome
from tenantlint.sources import open_target

NOW = datetime(2023, 1, 1, tzinfo=UTC)  # role assignments of the records end in 2023
# What the peer's configuration permits, by the parameter that takes it; on whichever mapped check has one so named.
_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "permitted_application_exclusions": ("CapExclusions", "Applications"),
    "allowed_domains": ("AllowedForwardingDomains",),
    "sensitive_users": ("SensitiveUsers",),
    "partner_domains": ("PartnerDomains",),
}


class Answer(StrEnum):
    """How ours and the peer's compare.

    `withheld`: the peer says not met, and ours give no verdict, since the fragment lacks what they need; nobody says
    that the policy is met. `no_check`: no check is mapped. `not_covered`: listed in policies/not_covered.toml.
    """

    AGREE = "agree"
    WITHHELD = "withheld"
    DIFFER = "differ"
    ERROR = "error"
    NO_CHECK = "no_check"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A record with what ours say. `told`: outcome and first message of each check, for the reader."""

    record: Record
    answer: Answer
    checks: tuple[str, ...] = ()
    told: str = ""


class Judge:
    """Judges records; holds the library and the engine. Make one with `judge()`."""

    def __init__(self, library: Library, engine: Engine, folder: Path) -> None:
        self._library = library
        self._engine = engine
        self._file = folder / "ProviderSettingsExport.json"
        self._controls = controls.read()
        self._parameters = profiles.parameters(Config(profile="scuba"))

    def checks(self, policy: str) -> tuple[Check, ...]:
        """The checks mapped to a SCuBA policy."""
        control = self._controls.find("scuba", policy)
        return self._controls.covering(control, self._library.checks) if control else ()

    def judge(self, record: Record) -> Judgement:
        """Compare ours with the peer's verdict. Raises InputError when a fragment cannot be read at all."""
        checks = self.checks(record.policy)
        control = self._controls.find("scuba", record.policy)
        if control is not None and self._controls.listed(control):
            return Judgement(record, Answer.NOT_COVERED)
        if not checks:
            return Judgement(record, Answer.NO_CHECK)
        results = self._results(record, checks)
        told = "; ".join(_told(result) for result in results)
        return Judgement(record, _answer(record, results), tuple(check.id for check in checks), told)

    def _results(self, record: Record, checks: tuple[Check, ...]) -> tuple[CheckResult, ...]:
        self._file.write_text(json.dumps(record.input), encoding="utf-8")
        snapshot = open_target(self._file).snapshot
        held = match.hold(snapshot.exemptions, Directory(snapshot), NOW.date(), 30)
        settings = Settings(
            now=NOW,
            parameters={check.id: self._settings(check, record) for check in checks},
            severities={},
            break_glass=match.break_glass_ids(held),
        )
        return match.apply(evaluate(checks, snapshot, self._engine, settings), held)

    def _settings(self, check: Check, record: Record) -> dict[str, Any]:
        found = dict(self._parameters.get(check.id, {}))
        for name, path in _PARAMETERS.items():
            told: Any = record.config
            for part in path:
                told = told.get(part, {}) if isinstance(told, dict) else {}
            if name in check.parameters and isinstance(told, list):
                found[name] = told
        return found


@contextmanager
def judge() -> Iterator[Judge]:
    """A judge over the shipped library."""
    library = load()
    with open_engine() as engine, tempfile.TemporaryDirectory() as folder:
        engine.load(library.modules)
        yield Judge(library, engine, Path(folder))


def _answer(record: Record, results: tuple[CheckResult, ...]) -> Answer:
    outcomes = {result.outcome for result in results}
    if Outcome.ERROR in outcomes:
        return Answer.ERROR
    failed = any(finding.open_after_exceptions for result in results for finding in result.findings)
    if failed:
        return Answer.DIFFER if record.met else Answer.AGREE
    if Outcome.NOT_EVALUATED in outcomes:
        return Answer.DIFFER if record.met else Answer.WITHHELD
    if any(_unlicensed(result) for result in results):
        return Answer.AGREE  # the peer folds a missing licence into not met, and what does not apply into met
    return Answer.AGREE if record.met else Answer.DIFFER


def _unlicensed(result: CheckResult) -> bool:
    return result.outcome is Outcome.NOT_APPLICABLE and "licence" in (result.reason or "")


def _told(result: CheckResult) -> str:
    left = [finding for finding in result.findings if finding.open_after_exceptions]
    words = left[0].message if left else (result.reason or "no finding")
    return f"{result.check.id} {result.outcome.value}: {words}"
