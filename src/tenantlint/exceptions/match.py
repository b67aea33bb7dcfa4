"""Hold findings against exceptions: they subtract the principals that they name, and what is left still counts.

An expired exception, and one whose group has grown since it was approved, are shown on the finding and excuse
nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from tenantlint.directory import Directory
from tenantlint.model import (
    AppliedException,
    Check,
    CheckResult,
    ExceptionState,
    Exemption,
    Finding,
    JsonObject,
    Notice,
)

_EXCUSES = frozenset({ExceptionState.ACTIVE, ExceptionState.EXPIRING})


def members_sha256(ids: Iterable[str]) -> str:
    """The seal of an approved membership: sha256 over the sorted member ids, one a line."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


@dataclass(frozen=True)
class Held:
    """One exemption with what it comes to today: state, the ids it names and all that stand behind them, folded.

    `unknown`: named groups or roles whose members the snapshot does not tell.
    """

    exemption: Exemption
    state: ExceptionState
    ids: frozenset[str]
    unknown: tuple[str, ...] = ()


def hold(exemptions: Sequence[Exemption], directory: Directory, today: date, expiring_days: int) -> tuple[Held, ...]:
    """Every exemption with its state at `today` and the principals behind it, in the given order."""
    return tuple(_held(one, directory, today, expiring_days) for one in exemptions)


def break_glass_ids(held: Sequence[Held]) -> frozenset[str]:
    """The declared emergency accounts: principals of every `break_glass` entry that is in force."""
    return frozenset(
        identity
        for one in held
        if one.exemption.kind == "break_glass" and one.state in _EXCUSES
        for identity in one.ids
    )


def break_glass_controls(held: Sequence[Held]) -> dict[str, tuple[str, ...]]:
    """For each declared emergency account the compensating controls that its entries name."""
    found: dict[str, tuple[str, ...]] = {}
    for one in held:
        if one.exemption.kind == "break_glass" and one.state in _EXCUSES:
            for identity in one.ids:
                found[identity] = (*found.get(identity, ()), *one.exemption.compensating_controls)
    return found


def apply(results: Sequence[CheckResult], held: Sequence[Held]) -> tuple[CheckResult, ...]:
    """The results with each finding's exceptions on it. Outcomes stay: an excepted failure is no pass."""
    if not held:
        return tuple(results)
    return tuple(
        replace(result, findings=tuple(_excepted(result.check, finding, held) for finding in result.findings))
        if result.findings
        else result
        for result in results
    )


def imported_notices(exemptions: Sequence[Exemption]) -> tuple[Notice, ...]:
    """One notice for each exception that came with the source: active, and nobody's."""
    return tuple(
        Notice(
            kind="imported_exception",
            message=f"{one.id} was taken over from {one.source or 'the source'}: it has no owner"
            + ("" if one.expires else " and no end")
            + "; put it into the exception register with both.",
        )
        for one in exemptions
        if one.imported
    )


def _held(one: Exemption, directory: Directory, today: date, expiring_days: int) -> Held:
    members: set[str] = set()
    named = {principal.casefold() for principal in one.principals}
    unknown: list[str] = []
    for principal in sorted(named):
        behind = _behind(principal, directory)
        if behind is None:
            unknown.append(principal)
        else:
            members |= behind
    return Held(one, _state(one, members, today, expiring_days), frozenset(named | members), tuple(unknown))


def _behind(principal: str, directory: Directory) -> frozenset[str] | None:
    """The accounts that a named principal stands for: a group's members, a role's holders, a domain's users, itself.

    None: a group or role of which the snapshot does not tell who is in it.
    """
    if "." in principal and "@" not in principal:
        return frozenset(one for one in directory.user_ids if _domain(directory.user(one)) == principal)
    behind = directory.expand(principal)
    if behind is None:
        return None
    folded = frozenset(one.casefold() for one in behind)
    return folded if folded or directory.principal(principal).kind in {"group", "role"} else frozenset({principal})


def _domain(user: JsonObject | None) -> str:
    name = (user or {}).get("userPrincipalName")
    return name.rpartition("@")[2].casefold() if isinstance(name, str) else ""


def _state(one: Exemption, members: Collection[str], today: date, expiring_days: int) -> ExceptionState:
    if one.expires is not None and one.expires < today:
        return ExceptionState.EXPIRED
    if one.max_members is not None and len(members) > one.max_members:
        return ExceptionState.GROWN
    if one.approved_members_sha256 and members_sha256(members) != one.approved_members_sha256:
        return ExceptionState.GROWN
    if one.expires is not None and (one.expires - today).days <= expiring_days:
        return ExceptionState.EXPIRING
    return ExceptionState.ACTIVE


def _excepted(check: Check, finding: Finding, held: Sequence[Held]) -> Finding:
    applied = []
    left = {(one.kind, one.id): one for one in finding.principals.members}
    every = tuple(left)
    whole = False
    for one in held:
        if not _bears_on(one.exemption, check, finding):
            continue
        taken = [key for key in every if key[1].casefold() in one.ids]
        covers_all = one.exemption.whole_check or not (finding.principals.members or one.exemption.principals)
        if not taken and not covers_all:
            continue
        applied.append(_applied(one, len(finding.principals.members) if covers_all else len(taken)))
        if one.state in _EXCUSES:
            whole = whole or covers_all
            for key in taken:
                left.pop(key, None)
    if not applied:
        return finding
    if whole:
        left = {}
    remaining = sum(one.enabled is not False for one in left.values())
    symbolic = finding.principals.count is None and bool(left)
    open_left = bool(left) if finding.principals.members else not whole
    return replace(
        finding,
        principals=replace(finding.principals, remaining=None if symbolic else remaining),
        exceptions=tuple(applied),
        open_after_exceptions=open_left,
    )


def _bears_on(one: Exemption, check: Check, finding: Finding) -> bool:
    named = {(kind, identity.casefold()) for kind, identity in one.resources}
    if named and (finding.resource.kind, finding.resource.id.casefold()) not in named:
        return False
    return any(_names(pattern, check.id, check.mappings) for pattern in one.checks)


def _names(pattern: str, check_id: str, mappings: Mapping[str, tuple[str, ...]]) -> bool:
    family, _, control = pattern.partition(":")
    if control:
        return control in mappings.get(family, ())
    return fnmatchcase(check_id, pattern)


def _applied(one: Held, principals: int) -> AppliedException:
    entry = one.exemption
    return AppliedException(
        id=entry.id,
        state=one.state,
        expires=entry.expires,
        principals=principals,
        reason=entry.reason,
        owner=entry.owner,
    )
