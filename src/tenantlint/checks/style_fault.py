"""What a style rule finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class StyleFault:
    """One fault of style. `rule`: the name of the rule (docs/writing-checks.md lists them); `problem` one clause."""

    file: str
    line: int
    rule: str
    problem: str

    def sentence(self) -> str:
        """`file:line: problem [rule].`"""
        return f"{self.file}:{self.line}: {self.problem} [{self.rule}]."
