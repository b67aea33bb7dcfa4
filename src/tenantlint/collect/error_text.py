"""What a service said of a failure: code and message, safe to show.

Shapes: Graph `{"error": {"code", "message"}}`; Exchange the same with the message always "Invalid Operation" and the
useful text in `error.details[].message` (`|type|text`) or `error.innererror.internalexception`; SharePoint
`{"error": {"code", "message": {"value"}}}` or `odata.error`; Teams and the sign-in service flat objects. A body may as
well be HTML, NUL bytes or nothing: then there is no code and no message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

LONGEST = 300
_LONGEST_CODE = 100
_LONGEST_BODY = 1_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
_TOKEN = re.compile(r"eyJ[\w-]{5,}(?:\.[\w-]*){0,4}")
_SECRET = re.compile(
    r"""(?ix) \b (bearer | basic)\s+ [\w.~+/=-]{8,}
      | \b (client_secret | client_assertion | password | pwd | access_token | refresh_token | sig | authorization)
        (["']?\s*[=:]\s*["']?) (?:(?:bearer|basic)\s+)? [^\s"'&,;]+""",
)
# What differs from run to run: ids of the request, and times. A sentence in a snapshot has none of them.
_VOLATILE = re.compile(
    r"""(?ix) [\s|;,.(-]* \b (?:
        (?:client[\s-]?)?request | trace | correlation | activity | operation | session | tracking ) [\s_-]* id
        (?:\s*\([^)]*\))? ["']? \s* [:=]? \s* ["']? [0-9a-f]{8}-? [0-9a-f-]{4,31} ["')]*
      | [\s|;,.(-]* \b (?:timestamp | date) ["']? \s* [:=] \s* ["']? \d{4}-\d\d-\d\d [T\s]? [\d:.]* Z? ["')]*""",
)


def code_and_message(body: bytes) -> tuple[str, str]:
    """The service's own code and message, cleaned; empty where the body has none."""
    found = _object(body)
    if found is None:
        return "", ""
    error = _get(found, "error", "odata.error")
    if isinstance(error, str):  # the sign-in service: {"error": "invalid_client", "error_description": ...}
        return _code(error), cleaned(_text(_get(found, "error_description", "message")))
    if not isinstance(error, Mapping):
        error = found
    message = _exchange_message(error) or _text(_get(error, "message", "errormessage", "error_description", "detail"))
    return _code(_text(_get(error, "code", "errorcode"))), cleaned(message)


def cleaned(text: str, secrets: tuple[str, ...] = ()) -> str:
    """One line of at most 300 characters, without control characters, secrets, ids of the request and times."""
    text = text[: 20 * LONGEST]
    for secret in secrets:
        if secret:
            text = text.replace(secret, "…")
    text = _CONTROL.sub(" ", text)
    text = _TOKEN.sub("…", text)
    text = _SECRET.sub(lambda match: f"{match[1] or match[2] + match[3]}{' ' if match[1] else ''}…", text)
    text = _VOLATILE.sub("", text)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _code(text: str) -> str:
    return cleaned(text)[:_LONGEST_CODE]


def _object(body: bytes) -> Mapping[str, Any] | None:
    if not body or len(body) > _LONGEST_BODY:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        return None
    return found if isinstance(found, dict) else None


def _get(holder: Mapping[str, Any], *names: str) -> Any:
    """The first of these keys, whatever their case."""
    lowered = {key.lower(): value for key, value in holder.items()}
    return next((lowered[name] for name in names if lowered.get(name) is not None), None)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        value = _get(value, "value", "message")
    return str(value) if isinstance(value, str | int | float) else ""


def _exchange_message(error: Mapping[str, Any]) -> str:
    details = _get(error, "details")
    listed = details if isinstance(details, list) else []
    texts = [_text(_get(each, "message")) for each in listed if isinstance(each, Mapping)]
    said = next((text for text in texts if text.strip(" |")), "")
    if said:
        return ": ".join(part.strip() for part in said.split("|") if part.strip())
    inner = _get(error, "innererror")
    exception = _get(inner, "internalexception") if isinstance(inner, Mapping) else None
    return _text(_get(exception, "message")) if isinstance(exception, Mapping) else ""
