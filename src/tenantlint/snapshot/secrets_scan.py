"""Strings that look like secrets are not written: services hand out none, but people put them into names and notes.

A string is judged by its form alone. The whole string is replaced by a marker, since what stands around a secret is
often part of it. A key that is nothing but a certificate's public part is no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint.model import JsonObject


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a secret. `hints`: texts one of which it always holds, in lower case; they are quick to look for."""

    kind: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Secret:
    """What was found: a kind, such as `a private key`, and the JSON pointer of the string inside its object."""

    kind: str
    pointer: str


_PLACEHOLDERS = r"(?:true|false|null|none|required|optional|yes|no|expired|reset|hidden|redacted)\b"
# Forms are those that the services document; lengths are the least that they give out.
_FORMS: tuple[_Form, ...] = (
    _Form(
        "a token (JWT)",
        ("eyj",),
        re.compile(r"\beyJ[\w-]{10,2000}\.(?:eyJ[\w-]{10,}\.|[\w-]{0,2000}\.[\w-]{8,100}\.[\w-]+\.)"),
    ),
    _Form("a private key", ("private key",), re.compile(r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----")),
    _Form("a client secret of Entra ID", ("q~",), re.compile(r"(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{30,36}(?![\w~.-])")),
    _Form("a shared access signature", ("sig=",), re.compile(r"(?:^|[?&;\s])sig=[\w%+/=-]{20,}", re.IGNORECASE)),
    _Form(
        "a connection string with its key",
        ("accountkey=", "accesskey=", "accesssignature="),
        re.compile(r"\b(?:Account|SharedAccess|Access)(?:Key|Signature)=[\w+/%= -]{20,}", re.IGNORECASE),
    ),
    _Form(
        "a password",
        ("password", "passwd", "pwd", "client_secret", "clientsecret", "api_key", "apikey", "api-key"),
        re.compile(
            r"(?<![\w-])(?:password|passwd|pwd|client_?secret|api[_-]?key)[\"']?\s*(?:=|:=)\s*[\"']?"
            rf"(?!{_PLACEHOLDERS})(?=[^\s\"';&]{{0,99}}[^\W_])[^\s\"';&<>*{{}}$%\[(][^\s\"';&<>]{{5,}}",
            re.IGNORECASE,
        ),
    ),
    _Form(
        "an authorization header",
        ("bearer ", "basic "),
        re.compile(
            r"\b(?:bearer\s+[\w.~+/-]{20,}|authorization[\"']?\s*[:=]\s*[\"']?basic\s+[\w+/-]{12,})", re.IGNORECASE
        ),
    ),
    _Form("a password in an address", ("://",), re.compile(r"\w://[^\s/:@\"']+:[^\s/:@\"']{3,}@[\w-]")),
    _Form("a key of Amazon Web Services", ("akia", "asia"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    _Form(
        "a token of GitHub",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        re.compile(r"\b(?:gh[pousr]_\w{36,}|github_pat_\w{50,})"),
    ),
    _Form("a token of Slack", ("xox",), re.compile(r"\bxox[abeprs]-[\w-]{10,}")),
    _Form("a key of Google", ("aiza",), re.compile(r"\bAIza[\w-]{35}\b")),
    _Form("a webhook's address", ("webhook",), re.compile(r"https://[\w.-]+/webhookb?2?/[\w-]+@[\w-]+/\w+/\w{20,}")),
    _Form("a webhook's address", ("hooks.slack.com",), re.compile(r"https://hooks\.slack\.com/\w+/\w+/\w+")),
)
# Properties that hold nothing but a secret, in lower case.
_SECRET_KEYS = frozenset(
    {
        "secrettext",
        "clientsecret",
        "client_secret",
        "privatekey",
        "sharedsecret",
        "presharedkey",
        "password",
        "refreshtoken",
        "accesstoken",
    }
)
_SHORTEST = 10  # characters: `pwd=` and six
_KIND_OF_KEY = "the value of a secret"
_HINTS = tuple(
    dict.fromkeys(hint.encode() for hint in (*(hint for form in _FORMS for hint in form.hints), *sorted(_SECRET_KEYS)))
)


def marker(kind: str) -> str:
    """What stands in the place of a secret."""
    return f"[not written by tenantlint: looked like {kind}]"


def kind_of(text: str) -> str:
    """What secret the string looks like; empty when it looks like none."""
    if len(text) < _SHORTEST:
        return ""
    low = text.lower()
    for form in _FORMS:
        if any(hint in low for hint in form.hints) and form.pattern.search(text):
            return form.kind
    return ""


def suspicious(line: bytes) -> bool:
    """Whether an object, as JSON on one line, may hold a secret: quick, and never wrongly False."""
    low = line.lower()
    return any(hint in low for hint in _HINTS)


def without_secrets(item: JsonObject) -> tuple[JsonObject, tuple[Secret, ...]]:
    """The object with a marker for each string that looks like a secret, and what was found; itself without any."""
    found = tuple(_find(item, ""))
    if not found:
        return item, ()
    cleaned: JsonObject = _clean(item, "")
    return cleaned, found


def sentence(kinds: Mapping[str, int]) -> str:
    """How many strings of which kinds were not written; empty for none. It tells no place and no value."""
    told = ", ".join(f"{count} x {kind}" for kind, count in sorted(kinds.items()) if count)
    return f"Not written, since they look like secrets: {told}" if told else ""


def _find(value: Any, key: str, pointer: str = "") -> Iterator[Secret]:
    if isinstance(value, str):
        kind = _judged(value, key)
        if kind:
            yield Secret(kind, pointer)
    elif isinstance(value, Mapping):
        for name, child in value.items():
            below = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if kind_of(name):
                yield Secret(kind_of(name), pointer)
            yield from _find(child, name, below)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _find(child, key, f"{pointer}/{index}")


def _clean(value: Any, key: str) -> Any:
    if isinstance(value, str):
        kind = _judged(value, key)
        return marker(kind) if kind else value
    if isinstance(value, Mapping):
        return {marker(kind_of(name)) if kind_of(name) else name: _clean(child, name) for name, child in value.items()}
    if isinstance(value, list):
        return [_clean(child, key) for child in value]
    return value


def _judged(text: str, key: str) -> str:
    if text and key.lower() in _SECRET_KEYS and not text.startswith("[not written by tenantlint"):
        return _KIND_OF_KEY
    return kind_of(text)
