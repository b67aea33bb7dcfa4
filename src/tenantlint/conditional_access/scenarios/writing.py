"""YAML as people write it: plain words where they are safe, quotes where they are not, short things in one line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

_PLAIN = re.compile(r"[^\W\d][\w .()/@+-]*(?<! )")
_WIDTH = 110


def scalar(value: Any) -> str:
    """One text, number or truth value. What a reader of YAML could take for anything else is quoted."""
    if not isinstance(value, str):
        return json.dumps(value)
    return _text(value)


@lru_cache(maxsize=10_000)
def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.isprintable() and yaml.safe_load(value) == value:
        return value
    return "".join(map(_shown, json.dumps(value, ensure_ascii=False)))


def _shown(character: str) -> str:
    """A character inside quotes; JSON's own escapes end at U+FFFF, YAML's do not."""
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def field(key: str, value: Any, indent: int) -> list[str]:
    """`key: value`, an object or list over several lines where it is too long for one."""
    pad = " " * indent
    line = f"{pad}{key}: {flow(value)}"
    if len(line) <= _WIDTH or not isinstance(value, Mapping | list | tuple):
        return [line]
    if isinstance(value, Mapping):
        return [f"{pad}{key}:", *(text for name, one in value.items() for text in field(name, one, indent + 2))]
    if any(isinstance(one, Mapping | list | tuple) for one in value):
        return [f"{pad}{key}:", *(f"{pad}  - {flow(one)}" for one in value)]
    return [f"{pad}{key}:", *_folded([flow(one) for one in value], f"{pad}  ")]


def _folded(texts: list[str], pad: str) -> list[str]:
    """A list of plain values over as many lines as it needs."""
    lines = [f"{pad}[{texts[0]}"]
    for text in texts[1:]:
        if len(lines[-1]) + len(text) + 3 > _WIDTH:
            lines[-1] += ","
            lines.append(f"{pad} {text}")
        else:
            lines[-1] += f", {text}"
    lines[-1] += "]"
    return lines


def comment(text: str, indent: int = 0) -> str:
    """A comment line; what a tenant says cannot end it."""
    shown = "".join(one if one.isprintable() else "?" for one in text)
    return f"{' ' * indent}# {shown}"
