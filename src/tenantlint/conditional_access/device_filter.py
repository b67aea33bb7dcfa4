"""The rule language of device filters: a parser with positions, and evaluation over one device.

Grammar as documented for dynamic membership rules and filters for devices: `device.attribute -operator value`,
joined by -and, -or, -not and parentheses. -not binds tighter than -and, -and tighter than -or. An attribute that
is null (every attribute of an unregistered device) matches negative operators and no positive one.
Source: learn.microsoft.com/entra/identity/conditional-access/concept-condition-filters-for-devices (2025-04).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tenantlint.errors import InputError

MAX_LENGTH = 3072

_TEXT = (
    "deviceId",
    "displayName",
    "deviceOwnership",
    "enrollmentProfileName",
    "manufacturer",
    "mdmAppId",
    "model",
    "operatingSystem",
    "operatingSystemVersion",
    "profileType",
    "trustType",
    *(f"extensionAttribute{number}" for number in range(1, 16)),
)
ATTRIBUTES: Mapping[str, str] = {
    **{name.casefold(): name for name in _TEXT},
    "iscompliant": "isCompliant",
    "physicalids": "physicalIds",
    "systemlabels": "systemLabels",
}
COLLECTIONS = frozenset({"physicalIds", "systemLabels"})

_NEGATIVE = {
    "ne": "eq",
    "notequals": "eq",
    "notstartswith": "startswith",
    "notendswith": "endswith",
    "notcontains": "contains",
    "notin": "in",
}
_POSITIVE = {
    "eq": "eq",
    "equals": "eq",
    "startswith": "startswith",
    "endswith": "endswith",
    "contains": "contains",
    "in": "in",
}

Value = str | tuple[str, ...] | None
Device = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison. `operator` is the positive one; `values` are compared without regard to case."""

    attribute: str
    operator: str
    values: tuple[str, ...]
    negative: bool

    def matches(self, device: Device) -> bool:
        return self.holds(device.get(self.attribute)) is not self.negative

    def holds(self, value: Value) -> bool:
        """Whether the positive comparison is true of a value; null matches nothing."""
        if value is None or value == ():
            return "null" in self.values and self.operator == "eq"
        if isinstance(value, tuple):
            # -contains on a collection asks for a whole element.
            elements = {element.casefold() for element in value}
            return any(wanted in elements for wanted in self.values)
        text = value.casefold()
        match self.operator:
            case "eq" | "in":
                return text in self.values
            case "startswith":
                return text.startswith(self.values[0])
            case "endswith":
                return text.endswith(self.values[0])
            case _:
                return self.values[0] in text


@dataclass(frozen=True, slots=True)
class Not:
    """The rule that is true where the inner one is false."""

    inner: Rule


@dataclass(frozen=True, slots=True)
class Join:
    """Rules of which all (and) or one (or) must be true."""

    operator: Literal["and", "or"]
    parts: tuple[Rule, ...]


Rule = Term | Not | Join


def matches(rule: Rule, device: Device) -> bool:
    """Whether the rule is true of the device; attributes that it lacks are null."""
    if isinstance(rule, Term):
        return rule.matches(device)
    if isinstance(rule, Not):
        return not matches(rule.inner, device)
    if rule.operator == "and":
        return all(matches(part, device) for part in rule.parts)
    return any(matches(part, device) for part in rule.parts)


def terms(rule: Rule) -> Iterator[Term]:
    """Every comparison of the rule, from left to right."""
    if isinstance(rule, Term):
        yield rule
    elif isinstance(rule, Not):
        yield from terms(rule.inner)
    else:
        for part in rule.parts:
            yield from terms(part)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


_TOKENS = re.compile(
    r"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<left>\[)|(?P<right>\])|(?P<comma>,)
    |(?P<string>"(?:[^"`\\]|`.|\\.|"")*"|'(?:[^'`]|`.|'')*')
    |(?P<operator>-[A-Za-z]+)
    |(?P<word>[A-Za-z0-9_.\-]+)""",
    re.VERBOSE,
)


def parse(text: str) -> Rule:
    """The rule as a tree. Raises InputError whose column is the place in the rule, counted from 1."""
    if len(text) > MAX_LENGTH:
        raise InputError(
            f"a device filter rule has at most {MAX_LENGTH} characters, this one {len(text)}", column=MAX_LENGTH
        )
    parser = _Parser(tuple(_scan(text)), len(text) + 1)
    try:
        rule = parser.any_of()
    except RecursionError:
        raise InputError("the rule is nested too deeply", column=1) from None
    parser.expect_end()
    return rule


def _scan(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        found = _TOKENS.match(text, place)
        if found is None:
            raise InputError(f"`{text[place]}` has no meaning in a device filter rule", column=place + 1)
        if found.lastgroup != "space":
            yield _Token(str(found.lastgroup), found.group(), place + 1)
        place = found.end()


class _Parser:
    def __init__(self, tokens: Sequence[_Token], end: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = _Token("end", "the end of the rule", end)

    def any_of(self) -> Rule:
        return self._joined("or", lambda: self._joined("and", self._single))

    def _joined(self, operator: Literal["and", "or"], part: Callable[[], Rule]) -> Rule:
        parts = [part()]
        while self._operator(operator):
            self._at += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else Join(operator, tuple(parts))

    def _single(self) -> Rule:
        token = self._peek()
        if self._operator("not"):
            self._at += 1
            return Not(self._single())
        if token.kind == "open":
            self._at += 1
            rule = self.any_of()
            if self._peek().kind != "close":
                raise self._wanted("`)`")
            self._at += 1
            return rule
        return self._comparison()

    def _comparison(self) -> Rule:
        token = self._peek()
        if token.kind != "word":
            raise self._wanted("a comparison such as device.isCompliant -eq True")
        prefix, _, name = token.text.partition(".")
        if prefix.casefold() != "device" or name.casefold() not in ATTRIBUTES:
            raise InputError(f"`{token.text}` is no device attribute", column=token.column)
        self._at += 1
        attribute = ATTRIBUTES[name.casefold()]
        token = self._peek()
        word = token.text[1:].casefold() if token.kind == "operator" else ""
        if word not in _POSITIVE and word not in _NEGATIVE:
            raise self._wanted("an operator such as -eq")
        self._at += 1
        operator = _NEGATIVE.get(word) or _POSITIVE[word]
        values = self._list() if operator == "in" else (self._value(),)
        return Term(attribute, operator, tuple(value.casefold() for value in values), word in _NEGATIVE)

    def _list(self) -> tuple[str, ...]:
        if self._peek().kind != "left":
            raise self._wanted('a list such as ["a", "b"]')
        self._at += 1
        values = [self._value()]
        while self._peek().kind == "comma":
            self._at += 1
            values.append(self._value())
        if self._peek().kind != "right":
            raise self._wanted("`]`")
        self._at += 1
        return tuple(values)

    def _value(self) -> str:
        token = self._peek()
        if token.kind == "string":
            self._at += 1
            return re.sub(r"[`\\](.)", r"\1", token.text[1:-1])
        if token.kind == "word":
            self._at += 1
            return token.text
        raise self._wanted("a value")

    def expect_end(self) -> None:
        if self._peek().kind != "end":
            raise self._wanted("-and, -or or the end of the rule")

    def _operator(self, word: str) -> bool:
        token = self._peek()
        return token.kind == "operator" and token.text[1:].casefold() == word

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else self._end

    def _wanted(self, what: str) -> InputError:
        token = self._peek()
        return InputError(f"expected {what}, found {token.text:.40}", column=token.column)
