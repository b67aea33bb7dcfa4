"""Checks x snapshot -> results. The one place where outcomes are decided.

In this order: a licence that the tenant is known to lack gives `not_applicable`; a required collection that is
not `ok` gives `not_evaluated` (`not_applicable` where the collector found the service unlicensed); an engine
failure gives `error`; then a certain finding gives `fail`, findings that all hang on unknowns give
`inconclusive`, a reason why there is nothing to judge gives `not_applicable`, and only what is left is `pass`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tenantlint.engine.decode import decode_findings, decode_reasons
from tenantlint.engine.interface import Engine
from tenantlint.errors import EngineError
from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext, Facts
from tenantlint.model import (
    Certainty,
    Check,
    CheckResult,
    CollectionStatus,
    Finding,
    Outcome,
    Principal,
    Principals,
    Resource,
    Severity,
    Violation,
)
from tenantlint.snapshot import Snapshot, Storage, collection_of_kind, spec_of

INPUT_FORMAT = "tenantlint.input/1"

# A higher plan contains the lower one (service plan comparison, learn.microsoft.com/entra/fundamentals/licensing).
_IMPLIED = {"entra_p2": "entra_p1", "defender_office_p2": "defender_office_p1"}
_LICENCE_NAMES = {
    "entra_p1": "Microsoft Entra ID P1",
    "entra_p2": "Microsoft Entra ID P2",
    "defender_office_p1": "Defender for Office 365 Plan 1",
    "defender_office_p2": "Defender for Office 365 Plan 2",
    "audit_premium": "Microsoft Purview Audit (Premium)",
    "defender_cloud_apps": "Defender for Cloud Apps",
    "intune": "Intune",
    "exchange_online": "Exchange Online",
    "sharepoint": "SharePoint Online",
    "teams": "Microsoft Teams",
}
# Principals of these kinds stand for others that the snapshot does not name: no count can be given.
_SYMBOLIC = frozenset({"group", "role", "guestType", "domain", "unknown"})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the user may change: parameters by check id, severities by check id, declared emergency accounts and
    the compensating controls that the register names for each of them.
    """

    now: datetime
    parameters: Mapping[str, Mapping[str, Any]]
    severities: Mapping[str, Severity]
    break_glass: frozenset[str] = frozenset()
    break_glass_controls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def evaluate(
    checks: Sequence[Check], snapshot: Snapshot, engine: Engine, settings: Settings
) -> tuple[CheckResult, ...]:
    """Judge every check, in the order given. `engine` has the checks' modules loaded.

    Raises InputError when a collection turns out to be unreadable; a failing check is an `error` result.
    """
    verdicts = {check.id: _before_evaluation(check, snapshot) for check in checks}
    wanted = sorted({name for check in checks if verdicts[check.id] is None for name in check.facts})
    context = FactContext(
        snapshot=snapshot,
        now=settings.now,
        break_glass=settings.break_glass,
        break_glass_controls=settings.break_glass_controls,
    )
    run = _Run(snapshot, engine, settings, compute(wanted, context))
    return tuple(verdicts[check.id] or run.judge(check) for check in checks)


def _before_evaluation(check: Check, snapshot: Snapshot) -> CheckResult | None:
    """The verdict that needs no evaluation, if there is one."""
    if snapshot.licences is not None:
        held = set(snapshot.licences) | {_IMPLIED[name] for name in snapshot.licences if name in _IMPLIED}
        lacking = [_LICENCE_NAMES.get(name, name) for name in check.licences if name not in held]
        if lacking:
            reason = f"The tenant has no licence for {_listed(lacking)}."
            return CheckResult(check=check, outcome=Outcome.NOT_APPLICABLE, reason=reason)
    alternatives = [[(name, snapshot.collection(name)) for name in needed.split("|")] for needed in check.requires]
    gaps = [gap for needed in alternatives if not any(found.ok for _, found in needed) for gap in needed]
    if not gaps:
        return None
    reason = "; ".join(
        f"{name} is {gap.status.value}" + (f" ({gap.detail.rstrip('.')})" if gap.detail else "") for name, gap in gaps
    )
    unlicensed = all(gap.status is CollectionStatus.UNLICENSED for _, gap in gaps)
    outcome = Outcome.NOT_APPLICABLE if unlicensed else Outcome.NOT_EVALUATED
    return CheckResult(check=check, outcome=outcome, reason=f"{reason}.")


class _Run:
    """One evaluation: serialised parts of the input are kept, since checks share collections and facts."""

    def __init__(self, snapshot: Snapshot, engine: Engine, settings: Settings, facts: Facts) -> None:
        self._snapshot = snapshot
        self._engine = engine
        self._settings = settings
        self._facts = facts
        self._fragments: dict[str, str] = {}
        self._counted: dict[tuple[str, ...], Principals] = {}

    def judge(self, check: Check) -> CheckResult:
        rules = ["findings", "not_applicable"] if check.tells_not_applicable else ["findings"]
        try:
            values = self._engine.evaluate(check.package, rules, self._input(check))
            violations = decode_findings(check, values["findings"])
            reasons = decode_reasons(check, values.get("not_applicable", []))
            findings = tuple(self._finding(check, violation) for violation in violations)
        except EngineError as error:
            return CheckResult(check=check, outcome=Outcome.ERROR, reason=f"{check.id} failed: {error}")
        return self._verdict(check, findings, reasons)

    def _verdict(self, check: Check, findings: tuple[Finding, ...], reasons: Sequence[str]) -> CheckResult:
        outcome, reason = Outcome.PASS, None
        left_out = max((self._snapshot.collection(name).left_out for name in _read_by(check)), default=0)
        twice = _first_repeated(finding.fingerprint for finding in findings)
        if twice is not None:
            outcome, findings = Outcome.ERROR, ()
            reason = f"{check.id} failed: two findings share the fingerprint {twice}; give each its own `key`."
        elif any(finding.certainty is Certainty.CERTAIN for finding in findings):
            outcome = Outcome.FAIL
        elif findings:
            outcome = Outcome.INCONCLUSIVE
            reason = f"Depends on {_listed(sorted({name for finding in findings for name in finding.depends_on}))}."
        elif left_out:
            what = "a file or object" if left_out == 1 else f"{left_out} files or objects"
            outcome, reason = Outcome.INCONCLUSIVE, f"Depends on {what} of the source that could not be read."
        elif reasons:
            outcome, reason = Outcome.NOT_APPLICABLE, " ".join(reasons)
        return CheckResult(check=check, outcome=outcome, reason=reason, findings=findings)

    def _input(self, check: Check) -> str:
        """The check's input as JSON text (contract: what a rule may read)."""
        snapshot = self._snapshot
        names = _read_by(check)
        sent = [name for name in names if spec_of(name).delivery == "raw" or name in check.raw]
        given = self._settings.parameters.get(check.id, {})
        tenant = snapshot.tenant
        head = {
            "format": INPUT_FORMAT,
            "tenant": {
                "id": tenant.id,
                "display_name": tenant.display_name,
                "initial_domain": tenant.initial_domain,
                "cloud": tenant.cloud,
            },
            "now": _rfc3339(self._settings.now),
            "collected_at": _rfc3339(snapshot.collected_at) if snapshot.collected_at else None,
            "licences": None if snapshot.licences is None else sorted(snapshot.licences),
            "parameters": {name: given.get(name, spec.default) for name, spec in check.parameters.items()},
            "statuses": {name: snapshot.status(name).value for name in names},
            "facts": self._facts_for(check),
        }
        parts = [f"{json.dumps(name)}:{text}" for name in sent if (text := self._collection(name)) is not None]
        return f'{json.dumps(head)[:-1]},"collections":{{{",".join(parts)}}}}}'

    def _collection(self, name: str) -> str | None:
        """The collection as JSON text; None where a rule should find nothing."""
        if not self._snapshot.collection(name).ok:
            return None
        if name not in self._fragments:
            items = self._snapshot.items(name)
            singleton = spec_of(name).storage is Storage.SINGLETON
            self._fragments[name] = json.dumps((items[0] if items else None) if singleton else list(items))
        text = self._fragments[name]
        return None if text == "null" else text

    def _facts_for(self, check: Check) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for dotted in check.facts:
            *parents, leaf = dotted.split(".")
            source: Any = self._facts.tree
            target = tree
            for parent in parents:
                source = source[parent]
                target = target.setdefault(parent, {})
            target[leaf] = source[leaf]
        return tree

    def _finding(self, check: Check, violation: Violation) -> Finding:
        resource = violation.resource
        return Finding(
            check_id=check.id,
            fingerprint=fingerprint(self._snapshot.tenant.id, check.id, resource.kind, resource.id, violation.key),
            severity=self._settings.severities.get(check.id, check.severity),
            message=violation.message,
            resource=self._placed(violation),
            principals=self._principals(check, violation),
            evidence=violation.evidence,
            remediation=check.remediation,
            certainty=Certainty.DEPENDS if violation.depends_on else Certainty.CERTAIN,
            depends_on=tuple(sorted(set(violation.depends_on))),
        )

    def _placed(self, violation: Violation) -> Resource:
        resource = violation.resource
        collection = collection_of_kind(resource.kind)
        if collection is None:
            return resource
        return replace(resource, position=self._snapshot.locate(collection, resource.id, violation.pointer))

    def _principals(self, check: Check, violation: Violation) -> Principals:
        """Who a finding is about. Findings often share a population of many: it is put in order once."""
        if violation.principals:
            return self._ordered(check, violation)
        if violation.populations not in self._counted:
            self._counted[violation.populations] = self._ordered(check, violation)
        return self._counted[violation.populations]

    def _ordered(self, check: Check, violation: Violation) -> Principals:
        members = {(one.kind, one.id): one for one in violation.principals}
        for handle in violation.populations:
            if handle not in self._facts.populations:
                raise EngineError(
                    f"the finding names the population `{handle}`, which no fact gave", position=check.path
                )
            members.update(((one.kind, one.id), one) for one in self._facts.populations[handle])
        return count_principals(members.values())


def _read_by(check: Check) -> list[str]:
    """The collections that a check looks at, sorted."""
    required = (name for needed in check.requires for name in needed.split("|"))
    return sorted({*required, *check.refines, *check.raw})


def count_principals(members: Iterable[Principal]) -> Principals:
    """Principals in a fixed order, enabled and disabled ones counted apart; no count when one is symbolic."""
    ordered = tuple(sorted(members, key=lambda one: (one.kind, one.name.casefold(), one.id)))
    if any(one.kind in _SYMBOLIC for one in ordered):
        return Principals(members=ordered, count=None, remaining=None)
    disabled = sum(one.enabled is False for one in ordered)
    enabled = len(ordered) - disabled
    return Principals(members=ordered, count=enabled, disabled=disabled, remaining=enabled)


def fingerprint(tenant_id: str, check_id: str, kind: str, identity: str, key: Any) -> str:
    """32 hexadecimal digits that stay the same under renames, reorders and moved lines (contract, Report)."""
    canonical = json.dumps([tenant_id, check_id, kind, identity, key], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _first_repeated(values: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else "".join(words)


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
