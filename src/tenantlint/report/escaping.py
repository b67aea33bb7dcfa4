"""Everything a tenant says is hostile text: how it is made harmless, one function a medium.

`visible` comes first everywhere but in JSON: it shows what would otherwise act unseen (terminal escapes,
direction overrides, zero-width characters, line breaks, lone surrogates) and breaks the logging commands of CI
services. The functions of a medium do that themselves; never apply two of them to one text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

# Controls, format characters (direction, zero width, tags), surrogates, line and paragraph separators.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters and marks that show nothing: combining grapheme joiner, Hangul and Braille fillers, variation selectors.
_UNSEEN_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN = re.compile(r"[ -~]*")
_VARIATION = range(0xE0100, 0xE01F0)
# GitHub reads `::command` at the start of a line, GitHub and Azure read `##[command]` and `##vso[command]` anywhere.
_COLON_COMMAND = re.compile(r":{2,}(?=[A-Za-z])")
_HASH_COMMAND = re.compile(r"##(?=\[|vso\[)")

_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]|~]")
_MARKDOWN_START = re.compile(r"^(\d{0,9})([-+=.):#])")
# What GitHub and GitLab turn into mentions, references, links and emoji after Markdown is done, so that no
# Markdown escape stops it: a zero-width space between the sign and the word does.
_MARKDOWN_REFERENCE = re.compile(
    r"([@#!%^~&]|\bGH-|\b[Ww]{3}(?=\.)|:(?=//))(?=[\w\"./])|:(?=[a-z+-][\w+-]*:)",
)
_CODE_SPAN = re.compile(r"`([^`]+)`")
_LIST_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)]) +")
_BREAK = "\u200b"  # written as an entity, so that the source shows it

_FORMULA_START = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def visible(text: str) -> str:
    r"""One line, with everything that would act unseen shown as an escape such as `\u202e`."""
    if not _PLAIN.fullmatch(text):
        text = "".join(map(_shown, text))
    return _HASH_COMMAND.sub("# #", _COLON_COMMAND.sub(lambda found: " ".join(found.group()), text))


def paragraph(text: str) -> str:
    """Like `visible`, but line breaks stay: for prose of a check, such as its remediation."""
    return "\n".join(visible(line).rstrip() for line in text.strip().splitlines())


def shortened(text: str, limit: int) -> str:
    """`visible` text of at most `limit` characters, cut with an ellipsis."""
    shown = visible(text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    code = ord(character)
    unseen = unicodedata.category(character) in _UNSEEN_CATEGORIES or character in _UNSEEN_LETTERS or code in _VARIATION
    if not unseen:
        return character
    return _SHORT.get(character) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")


def html_text(text: str) -> str:
    """For HTML inside Markdown: no tag, no entity, no mention."""
    return _entities(_unlinked(visible(text))).replace('"', "&quot;").replace("'", "&#39;")


def markdown_text(text: str, *, keep_space: bool = False) -> str:
    """For running text and table cells in GitHub Flavored Markdown: renders as the text itself."""
    shown = visible(text)
    escaped = _MARKDOWN_SPECIAL.sub(r"\\\g<0>", _unlinked(shown if keep_space else shown.strip()))
    return _entities(_MARKDOWN_START.sub(r"\1\\\2", escaped))


def markdown_code(text: str) -> str:
    """A code span, in which GitHub and GitLab look for no mentions. Not for table cells."""
    shown = visible(text) or " "
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    pad = " " if "`" in (shown[0], shown[-1]) else ""
    return "`" * (longest + 1) + pad + shown + pad + "`" * (longest + 1)


def markdown_prose(prose: str) -> str:
    """The prose of a check, whose author wrote paragraphs, lists and code spans: these stay, nothing else does."""
    lines: list[str] = []
    in_list = False
    for line in paragraph(prose).split("\n"):
        item = _LIST_ITEM.match(line)
        mark = item.group() if item else ""
        if in_list and line and not item and not line.startswith(" "):
            lines.append("")
        in_list = bool(item) or (in_list and line.startswith(" "))
        lines.append(mark + markdown_sentence(line[len(mark) :]))
    return "\n".join(lines)


def markdown_sentence(text: str) -> str:
    """Like `markdown_text`, but what stands between backticks is a code span: for messages of checks."""
    parts = _CODE_SPAN.split(visible(text))
    prose = [markdown_text(part, keep_space=True) for part in parts[::2]]
    code = [*map(markdown_code, parts[1::2]), ""]
    return "".join(part for pair in zip(prose, code, strict=True) for part in pair)


def _unlinked(text: str) -> str:
    return _MARKDOWN_REFERENCE.sub(rf"\g<0>{_BREAK}", text)


def _entities(text: str) -> str:
    """HTML's own characters as entities, the break of references too; a dollar sign that starts no formula."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace(_BREAK, "&#8203;").replace("$", "<span>$</span>")


def xml_text(text: str) -> str:
    """Only characters that XML 1.0 allows; the writer escapes markup. (`visible` has removed the others.)"""
    return visible(text)


def csv_cell(text: str) -> str:
    """No spreadsheet takes it for a formula: a leading = + - @, tab or line break gets an apostrophe before it."""
    shown = visible(text)
    dangerous = text.startswith(_FORMULA_START) or shown.lstrip().startswith(_FORMULA_START)
    return f"'{shown}" if dangerous else shown


def workflow_data(text: str) -> str:
    """The message of a GitHub workflow command."""
    return visible(text).replace("%", "%25")


def workflow_property(text: str) -> str:
    """A property of a GitHub workflow command."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


def sarif_message(text: str, limit: int = 1024) -> str:
    """Plain text of a SARIF message: no embedded link, no placeholder (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    shown = visible(text[: limit + 1]).replace("](", "\\](").replace("{", "{{").replace("}", "}}")
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip("{}\\") + "…"


_JSON_UNSEEN = re.compile(r"[^ -~\n]|#(?=\[|vso\[)")


def json_text(document: Any) -> str:
    r"""Indented JSON, keys as given, that loses nothing: unseen characters and lone surrogates are `\u` escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False, default=_plain)
    return _JSON_UNSEEN.sub(lambda found: _json_shown(found.group()), text) + "\n"


@lru_cache(maxsize=4096)
def _json_shown(character: str) -> str:
    if character == "#" or _shown(character) != character:
        return json.dumps(character)[1:-1] if character != "#" else "\\u0023"
    return character


def _plain(value: Any) -> Any:
    """Mappings that are no dict, such as read-only views."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def uri_path(path: str) -> str:
    """A path with `/` as a URI path: UTF-8, percent-encoded; a lone surrogate becomes U+FFFD."""
    return quote(path.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), safe="/-._~!$&'()*+,;=@")
