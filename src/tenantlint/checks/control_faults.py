"""What does not fit together between controls, the checks' mappings and the list of controls that are not covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tenantlint.checks.controls import NOT_COVERED, Control, Controls
from tenantlint.checks.describe import FRAMEWORKS, natural
from tenantlint.checks.library import Library
from tenantlint.model import Check


class FaultKind(StrEnum):
    """What is wrong between controls, mappings and the list of exceptions."""

    OPEN = "open"
    UNKNOWN = "unknown"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that `rules matrix --check` refuses, with its place."""

    kind: FaultKind
    framework: str
    control: str
    file: str
    line: int
    problem: str

    def sentence(self) -> str:
        """`file:line: problem.`"""
        return f"{self.file}:{self.line}: {self.problem}."


def faults(controls: Controls, library: Library, frameworks: Sequence[str]) -> Iterator[Fault]:
    """Controls in scope without an answer, mappings that name nothing, and listed controls that are mapped as well."""
    for framework in frameworks:
        if framework not in controls.controls:
            continue
        for control in sorted(controls.controls[framework].values(), key=lambda one: natural(one.id)):
            yield from _answer(controls, control, library.checks)
        for check in library.checks:
            for told in check.mappings.get(framework, ()):
                if controls.find(framework, told) is None:
                    problem = f"{check.id} is mapped to `{told}`, which is no control of {FRAMEWORKS[framework]}"
                    yield Fault(
                        kind=FaultKind.UNKNOWN,
                        framework=framework,
                        control=told,
                        file=check.path,
                        line=_line(library, check, told),
                        problem=problem,
                    )


def _answer(controls: Controls, control: Control, checks: Sequence[Check]) -> Iterator[Fault]:
    listed = controls.not_covered.get(control.framework, {}).get(control.id)
    covering = controls.covering(control, checks)
    if listed is not None and covering:
        names = " and ".join(one.id for one in covering)
        problem = f"{control.id} is listed as not covered ({listed.kind}), yet {names} is mapped to it"
        yield Fault(
            kind=FaultKind.CONTRADICTION,
            framework=control.framework,
            control=control.id,
            file=controls.files[""],
            line=listed.line,
            problem=problem,
        )
    if control.in_scope and not covering and controls.listed(control) is None:
        problem = f"{control.id} ({control.topic}) is neither mapped nor listed in policies/{NOT_COVERED}"
        yield Fault(
            kind=FaultKind.OPEN,
            framework=control.framework,
            control=control.id,
            file=controls.files[control.framework],
            line=control.line,
            problem=problem,
        )


def _line(library: Library, check: Check, control: str) -> int:
    """The line of the check's file on which the mapping names the control."""
    text = next((module.text for module in library.modules if module.path == check.path), "")
    return next((number for number, line in enumerate(text.splitlines(), start=1) if control in line), 1)
