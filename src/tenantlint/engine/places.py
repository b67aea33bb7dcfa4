"""Places in a Rego source as an editor counts them: lines and characters from 1.

regorus counts a tab as four columns and gives offsets in bytes of UTF-8.
"""

from __future__ import annotations

_TAB = 4


def at_offset(source: bytes, offset: int) -> tuple[int, int]:
    """Line and column of the character at an offset in bytes."""
    start = source.rfind(b"\n", 0, offset) + 1
    return source.count(b"\n", 0, offset) + 1, len(source[start:offset].decode(errors="replace")) + 1


def without_tabs(text: str, line: int, column: int) -> int:
    """The column in characters of a place that was counted with tabs as four columns."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines):
        return column
    counted = 1
    for number, letter in enumerate(lines[line - 1], start=1):
        if counted >= column:
            return number
        counted += _TAB if letter == "\t" else 1
    return len(lines[line - 1]) + 1
