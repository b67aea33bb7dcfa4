"""Line and column of any value in a JSON source text.

Nothing is indexed before somebody asks. Then the C scanner hops over the values beside the way, and what each
container on the way holds is remembered: hundreds of look-ups in one file cost little more than the first.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from tenantlint.errors import InputError
from tenantlint.snapshot import json_text

_SPACE = re.compile(r"[ \t\n\r]*+")
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_HOP = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode  # values are hopped over, not used


@dataclass(frozen=True, slots=True)
class _Container:
    """Offsets of what a container holds: of a list by index, of an object by key (and key in lower case)."""

    items: list[int]
    members: dict[str, int]
    folded: dict[str, int]

    def child(self, part: str) -> int | None:
        if self.items:
            return self.items[int(part)] if _INDEX.fullmatch(part) and int(part) < len(self.items) else None
        exact = self.members.get(part)
        return exact if exact is not None else self.folded.get(part.lower())


_EMPTY = _Container([], {}, {})


class SourceText:
    """A source file's bytes, decoded on first use, with what was learned about them so far."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._containers: dict[int, _Container] = {}

    @cached_property
    def text(self) -> str:
        """The text as the readers see it; empty when the bytes are no text."""
        try:
            return json_text.without_lone_surrogates(json_text.decode(self.data, ""))
        except InputError:
            return ""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def start(self, line: int | None) -> int:
        """The offset of the first value of the text, or of the value on a line (from 1)."""
        begin = 0 if line is None else self._line_starts[min(max(line, 1), len(self._line_starts)) - 1]
        return _skip_space(self.text, begin)

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of an offset, both from 1; columns count code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def container(self, offset: int) -> _Container:
        """What the value at the offset holds; nothing for a scalar, and for text that is not JSON."""
        found = self._containers.get(offset)
        if found is None:
            try:
                found = _read(self.text, offset)
            except (ValueError, IndexError, RecursionError):
                found = _EMPTY
            self._containers[offset] = found
        return found

    def is_object(self, offset: int) -> bool:
        return self.text[offset : offset + 1] == "{"


def locate(text: SourceText, pointer: str, *, line: int | None = None) -> tuple[int, int]:
    """(line, column) of the value that the JSON pointer (RFC 6901) names, both counted from 1.

    `line`: for files with one value a line, the line that the pointer looks into. Keys match exactly, else
    without regard to case. A pointer that leads nowhere gives its deepest existing ancestor. Index 0 of an
    object is the object itself: PowerShell writes a list of one as that one.
    """
    offset = text.start(line)
    for part in _parts(pointer):
        child = text.container(offset).child(part)
        if child is None:
            if part == "0" and text.is_object(offset):
                continue
            break
        offset = child
    return text.place(offset)


def _parts(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _read(text: str, offset: int) -> _Container:
    match text[offset : offset + 1]:
        case "[":
            return _Container(_list_items(text, offset + 1), {}, {})
        case "{":
            members = _object_members(text, offset + 1)
            folded: dict[str, int] = {}
            for key, at in members.items():
                folded.setdefault(key.lower(), at)
            return _Container([], members, folded)
        case _:
            return _EMPTY


def _list_items(text: str, at: int) -> list[int]:
    items: list[int] = []
    at = _skip_space(text, at)
    while text[at] != "]":
        items.append(at)
        _, at = _HOP(text, at)
        at = _after_comma(text, at)
    return items


def _object_members(text: str, at: int) -> dict[str, int]:
    members: dict[str, int] = {}
    at = _skip_space(text, at)
    while text[at] == '"':
        key, at = _HOP(text, at)
        at = _skip_space(text, _skip_space(text, at) + 1)  # the colon
        members[key] = at
        _, at = _HOP(text, at)
        at = _after_comma(text, at)
    return members


def _after_comma(text: str, at: int) -> int:
    at = _skip_space(text, at)
    return _skip_space(text, at + 1) if text[at] == "," else at


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
