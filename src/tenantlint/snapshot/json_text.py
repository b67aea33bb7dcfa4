r"""JSON from files that others wrote: strict, bounded and fast. Shared by every reader.

Strict: a duplicate key, NaN, an infinity, a second value and a truncated text are refused with file, line and
column. Bounded: `Limits`. Fast: the standard library's C scanner does the work; a refusal alone looks twice.

A lone surrogate escape (`\ud800`, half of an emoji that some tool cut in two) cannot be written as UTF-8. It is
read as U+FFFD, the replacement character, so that no output can fail on it later.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tenantlint.errors import InputError
from tenantlint.model import Json
from tenantlint.snapshot import json_faults

_MEBIBYTE = 1024 * 1024
_DIGITS = 100  # of an integer: Graph's largest is an Int64; every consumer can hold this many
_CHUNK = 1_000_000  # characters of a JSON Lines file that are parsed in one go
_BETWEEN_LINES = '"\\u0001 between two lines \\u0001"'
_BETWEEN = json.loads(_BETWEEN_LINES)
_ESCAPE = re.compile(
    r"\\(?:(?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold at most. `containers`: objects and lists; `values`: everything, scalars too."""

    file_bytes: int = 512 * _MEBIBYTE
    depth: int = 100
    containers: int = 5_000_000
    values: int = 30_000_000


DEFAULT_LIMITS = Limits()


class _RefusedError(ValueError):
    """Raised inside the scanner: the fault is found again, with its place, by json_faults."""


def decode(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32, with or without a byte order mark (which is taken off).

    Raises InputError for bytes that are not such text, and for a file over the limit.
    """
    if len(data) > limits.file_bytes:
        raise too_large(file, limits)
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # The part before the fault is sound, so it tells the place.
        before = data[: error.start].decode(encoding, errors="ignore")
        line, column = json_faults.place(before, len(before))
        raise InputError(
            f"the bytes here are not {encoding.removesuffix('-sig').upper()} text",
            file=file,
            line=line,
            column=column,
            mend="save the file as UTF-8",
        ) from None


def too_large(file: str, limits: Limits = DEFAULT_LIMITS) -> InputError:
    """The refusal of a file over the size limit."""
    return InputError(f"the file is larger than {limits.file_bytes // _MEBIBYTE} MiB", file=file, mend="split it")


def parse(text: str, file: str, limits: Limits = DEFAULT_LIMITS, *, first_line: int = 1) -> Json:
    """The one JSON value of a text. `first_line`: the line of the file on which the text starts.

    Raises InputError: one sentence with file, line and column.
    """
    _check_count(text, file, limits)
    text = without_lone_surrogates(text)
    try:
        with _collector_paused():
            value = _DECODER.decode(text)
    except (_RefusedError, ValueError, RecursionError) as error:
        raise _refusal(error, text, file, limits, first_line) from None
    if _may_nest_too_deeply(text, limits) and _deeper_than(value, limits.depth):
        raise _refusal(None, text, file, limits, first_line)
    return value


def parse_lines(text: str, file: str, limits: Limits = DEFAULT_LIMITS) -> tuple[list[Json], list[int]]:
    """The values of a JSON Lines text, and the line (from 1) of each. Blank lines are passed over.

    Raises InputError as `parse` does, for the first line at fault.
    """
    _check_count(text, file, limits)
    text = without_lone_surrogates(text)
    values: list[Json] = []
    numbers: list[int] = []
    start, number = 0, 1
    with _collector_paused():
        while start < len(text):
            end = text.find("\n", start + _CHUNK) + 1 or len(text)
            lines = text[start:end].split("\n")
            filled = [(number + index, line) for index, line in enumerate(lines) if line and not line.isspace()]
            if filled:
                values += _chunk([line for _, line in filled], [at for at, _ in filled], file, limits)
                numbers += [at for at, _ in filled]
            number += len(lines) - 1
            start = end
    return values, numbers


def without_lone_surrogates(text: str) -> str:
    r"""The text with every escape of a lone surrogate made `\ufffd`, which is as long: offsets stay."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda match: "\\ufffd" if match["lone"] else match[0], text)


def _chunk(lines: list[str], numbers: list[int], file: str, limits: Limits) -> list[Json]:
    """One value a line. All lines go to the scanner at once, since it shares the text of keys within a call only.

    The string between two lines stands nowhere else, so finding it at every second place of the list proves
    that each line held exactly one value.
    """
    joined = f"[{f',{_BETWEEN_LINES},'.join(lines)}]"
    if joined.count(_BETWEEN_LINES) == len(lines) - 1:
        try:
            found = _DECODER.decode(joined)
        except (_RefusedError, ValueError, RecursionError):
            found = []
        shallow = not any(_may_nest_too_deeply(line, limits) for line in lines)
        if shallow and len(found) == 2 * len(lines) - 1 and all(value == _BETWEEN for value in found[1::2]):
            return list(found[::2])
    return [parse(line, file, limits, first_line=number) for line, number in zip(lines, numbers, strict=True)]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError
    return found


def _constant(_token: str) -> Any:
    raise _RefusedError


def _integer(token: str) -> int:
    if len(token) > _DIGITS:
        raise _RefusedError
    return int(token)


def _float(token: str) -> float:
    found = float(token)
    if found in (float("inf"), float("-inf")):
        raise _RefusedError
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float)


def _refusal(error: Exception | None, text: str, file: str, limits: Limits, first_line: int) -> InputError:
    fault = json_faults.find(text, depth=limits.depth, digits=_DIGITS)
    scanned = json_faults.of_scanner(error, text) if isinstance(error, json.JSONDecodeError) else None
    # The walk knows no syntax: behind a syntax error it may see faults that are none.
    if fault is None or (scanned is not None and scanned[0] < fault[0]):
        fault = scanned or (0, "the JSON cannot be read", "export it again")
    return json_faults.refusal(text, fault, file=file, first_line=first_line)


def _check_count(text: str, file: str, limits: Limits) -> None:
    """Refuse a text with too many values before memory is spent on them. Exact only where it is near the limit."""
    opened = text.count("{") + text.count("[") if len(text) > limits.containers else 0
    if opened > limits.containers:
        for count, offset in enumerate(json_faults.containers(text), start=1):
            if count > limits.containers:
                fault = (offset, f"more than {limits.containers:,} objects and lists in one file", "split the file")
                raise json_faults.refusal(text, fault, file=file, first_line=1)
    if len(text) > 2 * limits.values and text.count(",") > limits.values:
        raise InputError(f"more than {limits.values:,} values in one file", file=file, mend="split the file")


def _may_nest_too_deeply(text: str, limits: Limits) -> bool:
    return text.count("{") + text.count("[") > limits.depth


def _deeper_than(value: Json, depth: int) -> bool:
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(depth):
        level = [
            child
            for container in level
            for child in (container.values() if type(container) is dict else container)
            if type(child) is dict or type(child) is list
        ]
        if not level:
            return False
    return True


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A parse makes no garbage, only live objects: Python's cycle collector would walk them for nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
