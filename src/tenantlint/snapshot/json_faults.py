"""Where a JSON text is at fault: the slow second look that a refusal takes, never a good file.

The C scanner of the standard library tells little about duplicate keys, nesting and NaN. This module walks the
tokens of the text once more, in order, and names the first fault of that kind with its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tenantlint.errors import InputError

# Possessive quantifiers: a hostile text cannot make the expression backtrack.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]|NaN|-?Infinity|-?[0-9][-+0-9.eE]*+', re.DOTALL)
_CONTAINER = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[{]', re.DOTALL)
_CUT_SHORT = re.compile(r"(?:t(?:r(?:u)?)?|f(?:a(?:l(?:s)?)?)?|n(?:u(?:l)?)?|-|\.|[eE][-+]?)\Z")


def place(text: str, offset: int) -> tuple[int, int]:
    """(line, column) of an offset, both from 1; columns count code points, lines end at a line feed."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def containers(text: str) -> Iterator[int]:
    """The offset of every object and list that the text opens."""
    for match in _CONTAINER.finditer(text):
        if match[0] in "[{":
            yield match.start()


def find(text: str, *, depth: int, digits: int) -> tuple[int, str, str] | None:
    """The first fault that the scanner cannot place: (offset, problem, mend); None when there is none.

    Faults: nesting beyond `depth`, a duplicate key, NaN and infinities, a number too long or too large.
    """
    keys: list[set[str] | None] = []  # one entry an open container: the keys of an object, None for a list
    key_is_next = False
    for match in _TOKEN.finditer(text):
        found = match[0]
        match found[0]:
            case "{" | "[":
                if len(keys) == depth:
                    return match.start(), f"nested deeper than {depth} levels", "flatten it"
                keys.append(set() if found == "{" else None)
                key_is_next = found == "{"
            case "}" | "]":
                if keys:
                    keys.pop()
                key_is_next = False
            case ",":
                key_is_next = bool(keys) and keys[-1] is not None
            case '"' if key_is_next:
                key_is_next = False
                seen = keys[-1]
                key = _unquoted(found)
                if seen is None or key is None:
                    continue
                if key in seen:
                    return match.start(), f"the key `{shown(key)}` stands twice in one object", "keep one of the two"
                seen.add(key)
            case "N" | "I" | "-" if found.endswith(("N", "y")):
                return match.start(), f"{found} is not a JSON value", "write null or a number"
            case character if character in "-0123456789" and number_fault(found, digits):
                return match.start(), number_fault(found, digits), "write a smaller number, or text in quotes"
            case _:
                pass
    return None


def number_fault(token: str, digits: int) -> str:
    """What is wrong with a number: too many digits, or beyond what a double holds; empty when it is fine."""
    if token.lstrip("-").isdigit():
        return f"a number of more than {digits} digits" if len(token) > digits else ""
    try:
        return "a number too large" if float(token) in (float("inf"), float("-inf")) else ""
    except ValueError:
        return ""  # not a number at all: the scanner says so itself


def of_scanner(error: json.JSONDecodeError, text: str) -> tuple[int, str, str]:
    """(offset, problem, mend) for a fault that the C scanner reported."""
    end = len(text.rstrip())
    rest = text[error.pos : end]
    if end == 0:
        return 0, "the file is empty", "write it anew"
    if (
        error.pos >= end
        or error.msg.startswith("Unterminated string")
        or (error.msg.startswith("Invalid \\u") and len(rest) < 6)
        or _CUT_SHORT.match(rest)
    ):
        return end, "the JSON ends in the middle: the file is truncated", "export or copy it again"
    if error.msg == "Extra data":
        return error.pos, "there is text after the end of the JSON value", "keep one value a file"
    return error.pos, f"not valid JSON: {error.msg[0].lower()}{error.msg[1:]}", "correct the syntax there"


def refusal(text: str, fault: tuple[int, str, str], *, file: str, first_line: int) -> InputError:
    """The fault as an error with file, line and column; `first_line` is the line on which the text starts."""
    offset, problem, mend = fault
    line, column = place(text, offset)
    return InputError(problem, file=file, line=line + first_line - 1, column=column, mend=mend)


def shown(key: str) -> str:
    """A key as it may stand in a sentence: short, and without control characters."""
    printable = "".join(character if character.isprintable() else "\ufffd" for character in key[:60])
    return printable + ("…" if len(key) > 60 else "")


def _unquoted(token: str) -> str | None:
    try:
        return str(json.loads(token))
    except ValueError:
        return None
