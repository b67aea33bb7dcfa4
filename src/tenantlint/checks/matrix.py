"""Which control of a peer tool or baseline is covered by which check, which is not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tenantlint.checks.controls import Control, Controls, NotCovered
from tenantlint.checks.describe import FRAMEWORKS, cell, natural
from tenantlint.model import Check

PEERS = ("scuba", "eidsca", "orca", "maester", "prowler", "secure_score", "cis_m365")
COLUMNS = ("framework", "control", "area", "topic", "state", "checks", "kind", "reason")


class State(StrEnum):
    """What becomes of a control. `out_of_scope`: known, unanswered, and nobody asks for an answer."""

    COVERED = "covered"
    NOT_COVERED = "not_covered"
    OPEN = "open"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One control and its answer. `control` is None where a framework has no list, or a mapping names none of it."""

    framework: str
    id: str
    state: State
    checks: tuple[Check, ...] = ()
    control: Control | None = None
    listed: NotCovered | None = None

    @property
    def topic(self) -> str:
        """What the control is about, in our words; empty when it has no entry."""
        return self.control.topic if self.control else ""

    def cells(self) -> tuple[str, ...]:
        """The row for a table file, in the order of COLUMNS."""
        return (
            self.framework,
            self.id,
            self.control.area if self.control else "",
            self.topic,
            self.state.value,
            "; ".join(check.id for check in self.checks),
            self.listed.kind if self.listed else "",
            self.listed.reason if self.listed else "",
        )


def rows(controls: Controls, checks: Sequence[Check], framework: str) -> tuple[Row, ...]:
    """Every control of the framework's list, and every other id that a check is mapped to, in natural order."""
    known = controls.controls.get(framework, {})
    found = [_row(controls, control, checks) for control in known.values()]
    strange: dict[str, list[Check]] = {}
    for check in checks:
        for told in check.mappings.get(framework, ()):
            if controls.find(framework, told) is None:
                strange.setdefault(told, []).append(check)
    found += [
        Row(framework=framework, id=told, state=State.COVERED, checks=tuple(mapped)) for told, mapped in strange.items()
    ]
    return tuple(sorted(found, key=lambda row: natural(row.id)))


def _row(controls: Controls, control: Control, checks: Sequence[Check]) -> Row:
    covering = controls.covering(control, checks)
    listed = controls.listed(control)
    if covering:
        state, listed = State.COVERED, None
    elif listed:
        state = State.NOT_COVERED
    else:
        state = State.OPEN if control.in_scope else State.OUT_OF_SCOPE
    return Row(framework=control.framework, id=control.id, state=state, checks=covering, control=control, listed=listed)


def as_json(controls: Controls, checks: Sequence[Check], frameworks: Sequence[str] = PEERS) -> dict[str, Any]:
    """`{"format": "tenantlint.matrix/1", "frameworks": {NAME: {...}}}`.

    Each framework: `title`, `source` (null without a list), `totals` by state, `controls` {ID: [check ids]} of what
    is covered, `not_covered` {ID: {kind, reason}}, `open` [ids], `out_of_scope` [ids].
    """
    return {
        "format": "tenantlint.matrix/1",
        "frameworks": {name: _framework(controls, checks, name) for name in frameworks},
    }


def _framework(controls: Controls, checks: Sequence[Check], framework: str) -> dict[str, Any]:
    found = rows(controls, checks, framework)
    source = controls.sources.get(framework)
    return {
        "title": FRAMEWORKS[framework],
        "source": {"about": source.about, "source": source.source, "as_of": source.as_of} if source else None,
        "totals": _totals(found),
        "controls": {row.id: [check.id for check in row.checks] for row in found if row.state is State.COVERED},
        "not_covered": {row.id: {"kind": row.listed.kind, "reason": row.listed.reason} for row in found if row.listed},
        "open": [row.id for row in found if row.state is State.OPEN],
        "out_of_scope": [row.id for row in found if row.state is State.OUT_OF_SCOPE],
    }


def _totals(found: Sequence[Row]) -> dict[str, int]:
    counted = Counter(row.state for row in found)
    return {state.value: counted[state] for state in State}


def as_markdown(controls: Controls, checks: Sequence[Check], frameworks: Sequence[str] = PEERS) -> str:
    """A summary, and one table a framework: its controls with the checks that cover them, or why none does."""
    return "\n".join([*_lines(controls, checks, frameworks), ""])


def _lines(controls: Controls, checks: Sequence[Check], frameworks: Sequence[str]) -> Iterator[str]:
    yield from ("# Controls covered", "")
    yield "| Framework | Controls | Covered | Not covered | Open | Out of scope | Checks |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    tables = {framework: rows(controls, checks, framework) for framework in frameworks}
    for framework, found in tables.items():
        mapped = len({check.id for row in found for check in row.checks})
        numbers = (len(found), *_totals(found).values(), mapped)
        yield f"| {cell(FRAMEWORKS[framework])} | {' | '.join(str(number) for number in numbers)} |"
    for framework, found in tables.items():
        shown = [row for row in found if row.state is not State.OUT_OF_SCOPE]
        if shown:
            yield from ("", f"## {FRAMEWORKS[framework]}", "", "| Control | About | Checks |", "|---|---|---|")
        for row in shown:
            yield f"| {cell(row.id)} | {cell(row.topic)} | {_answer(row)} |"


def _answer(row: Row) -> str:
    if row.listed:
        return f"{row.listed.kind.replace('_', ' ')}: {cell(row.listed.reason)}"
    return ", ".join(f"{check.id} {cell(check.title)}" for check in row.checks) or "**open**"
