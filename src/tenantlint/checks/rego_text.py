"""Rego source as text: what is code, what is a string, what is a comment. Enough for style, no parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_HEAD = re.compile(r"^(?:default[ \t]+)?(?P<name>[A-Za-z_]\w*)", re.MULTILINE)
_IMPORT = re.compile(
    r"^import[ \t]+(?P<path>(?:data|input)\.[\w.]+|rego\.v1)(?:[ \t]+as[ \t]+(?P<alias>\w+))?", re.MULTILINE
)
_NO_HEADS = frozenset({"package", "import", "else", "default"})
_OPEN = {"{": "}", "[": "]", "(": ")"}


@dataclass(frozen=True, slots=True)
class Literal:
    """A string literal: its text without quotes (escapes as written), and the line on which it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Braced:
    """An object or set literal by its offsets, with the offsets of the braces in it taken along."""

    start: int
    end: int


class RegoText:
    """One Rego file. `code` is the source with the inside of strings and all comments blanked, of the same length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.code = _blanked(text)

    def line(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return self.text.count("\n", 0, offset) + 1

    @cached_property
    def heads(self) -> dict[str, int]:
        """Every rule and function defined here, with the line of its first definition."""
        found: dict[str, int] = {}
        for match in _HEAD.finditer(self.code):
            if match["name"] not in _NO_HEADS:
                found.setdefault(match["name"], self.line(match.start()))
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, int]]:
        """Alias to the path that it stands for, and its line; `rego.v1` is no import of anything."""
        found = {}
        for match in _IMPORT.finditer(self.code):
            if match["path"] != "rego.v1":
                alias = match["alias"] or match["path"].rpartition(".")[2]
                found[alias] = (match["path"], self.line(match.start()))
        return found

    def uses(self, name: str) -> bool:
        """Whether the name stands anywhere but at the head of its own definitions and in imports."""
        for match in re.finditer(rf"\b{re.escape(name)}\b", self.code):
            before = self.code[self.code.rfind("\n", 0, match.start()) + 1 : match.start()]
            is_head = before in ("", "default ")
            if not is_head and not before.startswith("import "):
                return True
        return False

    @cached_property
    def _strings(self) -> tuple[tuple[int, int], ...]:
        return tuple(_string_spans(self.text))

    def values_of(self, key: str) -> Iterator[int]:
        """Where the value of each object key `"key":` begins."""
        for match in re.finditer(rf'"{re.escape(key)}"[ \t]*:[ \t]*', self.text):
            if self.code[match.start()] == '"':
                yield match.end()

    def literal_at(self, offset: int) -> Literal | None:
        """The text that begins here: a literal, or the first argument of sprintf; None for anything else."""
        rest = self.code[offset:]
        call = re.match(r"sprintf\(\s*", rest)
        start = offset + (call.end() if call else 0)
        for first, last in self._strings:
            if first == start:
                return Literal(self.text[first + 1 : last - 1], self.line(first))
        return None

    def enclosing(self, offset: int) -> Braced | None:
        """The innermost braces around the offset."""
        depth = 0
        for start in range(offset - 1, -1, -1):
            character = self.code[start]
            if character in ")]}":
                depth += 1
            elif character in _OPEN:
                if depth:
                    depth -= 1
                elif character == "{":
                    return Braced(start, self._closing(start))
                else:
                    return None
        return None

    def keys(self, braced: Braced) -> set[str]:
        """The keys of the object literal itself, not of objects in it."""
        found: set[str] = set()
        depth = 0
        for match in re.finditer(r'[\[({\])}]|"[^"\n]*"(?=[ \t]*:)', self.code[braced.start : braced.end]):
            if match[0] in _OPEN:
                depth += 1
            elif match[0] in _OPEN.values():
                depth -= 1
            elif depth == 1:
                start = braced.start + match.start()
                found.add(self.text[start + 1 : start + len(match[0]) - 1])
        return found

    def _closing(self, start: int) -> int:
        depth = 0
        for offset in range(start, len(self.code)):
            if self.code[offset] in _OPEN:
                depth += 1
            elif self.code[offset] in _OPEN.values():
                depth -= 1
                if depth == 0:
                    return offset + 1
        return len(self.code)


def _blanked(text: str) -> str:
    characters = list(text)
    for start, end in _string_spans(text):
        for offset in range(start + 1, end - 1):
            if characters[offset] != "\n":
                characters[offset] = " "
    for start, end in _comment_spans(text):
        for offset in range(start, end):
            characters[offset] = " "
    return "".join(characters)


_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|`[^`]*`|#[^\n]*')


def _string_spans(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _TOKEN.finditer(text) if not match[0].startswith("#"))


def _comment_spans(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _TOKEN.finditer(text) if match[0].startswith("#"))
