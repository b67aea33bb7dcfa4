"""Words that several formats share: names of services, counts, who a finding affects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from tenantlint.checks.describe import SERVICES
from tenantlint.model import FindingStatus, Json, JsonObject, Outcome, Principal, Principals
from tenantlint.report.escaping import shortened
from tenantlint.report.summary import key_sorted

OUTCOME_WORDS = {
    Outcome.PASS: "passed",
    Outcome.FAIL: "failed",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.NOT_APPLICABLE: "not applicable",
    Outcome.NOT_EVALUATED: "not evaluated",
    Outcome.ERROR: "in error",
}
STATUS_WORDS = {status: status.value for status in FindingStatus} | {FindingStatus.UNKNOWN: "no longer judged"}
_KINDS = {
    "user": "user",
    "group": "group",
    "role": "role",
    "servicePrincipal": "service principal",
    "device": "device",
    "domain": "domain",
    "guestType": "guest type",
}
_NOTICES = {
    "unreadable": "not readable",
    "invalid": "not valid",
    "edited": "edited since collection",
    "imported_exception": "imported exceptions",
    "unknown_collection": "unknown collections",
    "unevaluated": "not looked at",
}
_STANDING_FOR_OTHERS = frozenset({"group", "role", "guestType"})
NAME = 60  # characters of a display name that a person is shown


def service_name(service: str) -> str:
    """`conditional_access` as a heading; the folder of a custom check in plain words."""
    return SERVICES.get(service) or service.replace("_", " ").capitalize()


def notice_title(kind: str) -> str:
    """The kind of a notice as a heading."""
    return _NOTICES.get(kind) or shortened(kind.replace("_", " "), NAME)


def day_and_time(moment: datetime) -> str:
    """`2026-08-20 06:00 UTC`; a moment without an offset is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def counted(number: int, noun: str) -> str:
    """`1 finding`, `2,000 findings`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") else f"{number:,} {noun}s"


def principal_name(principal: Principal) -> str:
    """The name, or the id where there is none, short enough for a line."""
    return shortened(principal.name or principal.id, NAME)


def evidence_pairs(evidence: JsonObject, limit: int) -> tuple[tuple[str, str], ...]:
    """What was observed, by name, each value in at most `limit` characters; long lists by their first entries."""
    return tuple((shortened(key, NAME), shortened(_observed(evidence[key], limit), limit)) for key in sorted(evidence))


def _observed(value: Json, limit: int) -> str:
    if isinstance(value, str):
        return value or '""'
    if isinstance(value, (list, tuple)):
        return _entries(value, limit - len(", and 000,000 more")) if value else "none"
    return json.dumps(key_sorted(value), ensure_ascii=False)


def _entries(values: Sequence[Json], limit: int) -> str:
    """As many entries as fit, at least one; the rest counted."""
    shown = _observed(values[0], limit)
    for number, value in enumerate(values[1:], start=1):
        entry = _observed(value, limit)
        if len(shown) + len(entry) > limit:
            return f"{shown}{',' if number > 1 else ''} and {len(values) - number:,} more"
        shown += f", {entry}"
    return shown


def who(principals: Principals) -> str:
    """How many a finding affects, in words: `14 users, and 2 disabled ones`. Empty when it affects nobody."""
    kinds = sorted({one.kind for one in principals.members})
    noun = _KINDS.get(kinds[0], "principal") if len(kinds) == 1 else "principal"
    if principals.count is None:
        unknown = ", number of accounts unknown" if _STANDING_FOR_OTHERS.intersection(kinds) else ""
        return f"{counted(len(principals.members), noun)}{unknown}"
    if not principals.count and not principals.disabled:
        return ""
    text = counted(principals.count, noun)
    if principals.disabled:
        text += f" and {principals.disabled:,} disabled"
    if principals.remaining is not None and principals.remaining != principals.count:
        text += f", {principals.remaining:,} after exceptions"
    return text
