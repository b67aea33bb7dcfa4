"""`$filter`: comparisons, `startswith`, `any`, `and`, `or`, `not` and brackets, over properties by their path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.emulator.graph import errors
from tests.emulator.graph.errors import GraphError

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^']|'')*')
      | (?P<time>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<word>[A-Za-z_@][\w./]*)
      | (?P<mark>[(),:])
    )""",
    re.VERBOSE,
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "ge": lambda left, right: left is not None and left >= right,
    "gt": lambda left, right: left is not None and left > right,
    "le": lambda left, right: left is not None and left <= right,
    "lt": lambda left, right: left is not None and left < right,
}
_CONSTANTS = {"true": True, "false": False, "null": None}

Test = Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """`matches` an object or not.

    `names`: properties that it looks at. `since`: the earliest moment of each that it asks for. `among`: texts that a
    list has to hold, by `any`.
    """

    matches: Test
    names: frozenset[str]
    since: Mapping[str, datetime]
    among: frozenset[str] = frozenset()


def parse_filter(text: str) -> Filter:
    """Raises GraphError (400) for an expression that is not understood."""
    reader = _Reader(text)
    test = reader.either()
    if reader.peek() is not None:
        raise _invalid(text)
    return Filter(test, frozenset(reader.names), reader.since, frozenset(reader.among))


def _invalid(text: str) -> GraphError:
    return errors.bad_request(f"Invalid filter clause: Syntax error in '{text}'.")


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._split(text)
        self._at = 0
        self.names: set[str] = set()
        self.since: dict[str, datetime] = {}
        self.among: set[str] = set()

    def peek(self) -> tuple[str, str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self) -> Test:
        tests = [self._both()]
        while self._takes("word", "or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda item: any(test(item) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._takes("word", "and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda item: all(test(item) for test in tests)

    def _one(self) -> Test:
        if self._takes("mark", "("):
            inside = self.either()
            self._demand("mark", ")")
            return inside
        if self._takes("word", "not"):
            test = self._one()
            return lambda item: not test(item)
        name = self._demand("word")
        if name.lower() == "startswith" and self._takes("mark", "("):
            return self._starts_with()
        if name.endswith("/any") and self._takes("mark", "("):
            return self._any(name.removesuffix("/any"))
        operator = self._demand("word")
        compare = _COMPARE.get(operator)
        if compare is None:
            raise _invalid(self._text)
        value = self._value()
        self.names.add(name)
        if isinstance(value, datetime) and operator in ("ge", "gt", "eq"):
            self.since[name] = min(value, self.since.get(name, value))
        if isinstance(value, datetime):
            return lambda item: compare(_moment(_read(item, name)), value)
        return lambda item: compare(_folded(_read(item, name)), _folded(value))

    def _starts_with(self) -> Test:
        name = self._demand("word")
        self._demand("mark", ",")
        beginning = str(self._value()).lower()
        self._demand("mark", ")")
        self.names.add(name)
        return lambda item: str(_read(item, name) or "").lower().startswith(beginning)

    def _any(self, name: str) -> Test:
        """`name/any(each:each eq 'text')`; Graph takes no other operator there."""
        each = self._demand("word")
        self._demand("mark", ":")
        self._demand("word", each)
        self._demand("word", "eq")
        wanted = str(self._value()).lower()
        self._demand("mark", ")")
        self.names.add(name)
        self.among.add(wanted)
        return lambda item: wanted in {str(one).lower() for one in _read(item, name) or ()}

    def _value(self) -> Any:
        token = self.peek()
        if token is None:
            raise _invalid(self._text)
        self._at += 1
        kind, value = token
        if kind == "text":
            return value[1:-1].replace("''", "'")
        if kind == "number":
            return float(value)
        if kind == "time":
            return _moment(value)
        if kind == "word" and value in _CONSTANTS:
            return _CONSTANTS[value]
        raise _invalid(self._text)

    def _takes(self, kind: str, value: str) -> bool:
        if self.peek() == (kind, value):
            self._at += 1
            return True
        return False

    def _demand(self, kind: str, value: str | None = None) -> str:
        token = self.peek()
        if token is None or token[0] != kind or value not in (None, token[1]):
            raise _invalid(self._text)
        self._at += 1
        return token[1]

    def _split(self, text: str) -> list[tuple[str, str]]:
        tokens, at = [], 0
        while at < len(text.rstrip()):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise _invalid(text)
            tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        return tokens


def _read(item: Mapping[str, Any], path: str) -> Any:
    name, _, rest = path.partition("/")
    value = item.get(name[:1].lower() + name[1:], item.get(name))
    if not rest:
        return value
    return _read(value, rest) if isinstance(value, Mapping) else None


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _folded(value: Any) -> Any:
    """The directory compares text without regard to case."""
    return value.lower() if isinstance(value, str) else value
