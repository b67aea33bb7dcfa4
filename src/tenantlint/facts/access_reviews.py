"""The fact `access_reviews`: what is reviewed regularly, and what becomes of access that nobody confirms.

```
[{"resource": {kind, id, name}, "roles": [TEMPLATE_ID], "guests": bool, "running": bool,
  "months": number | null, "applies": bool | null, "unanswered": str | null}]
```

`roles` are the directory roles whose holders are reviewed, `guests`: guests of all Microsoft 365 groups, or of some,
are. `running`: the series goes on, or is yet to begin. `months` is the time between two reviews; null for a review
that takes place once, or a recurrence that cannot be read. `applies`: decisions take effect on their own.
`unanswered` is what becomes of access on which nobody decides: `none`, `approve`, `deny` or `recommendation`.
Forms of the queries: learn.microsoft.com/graph/accessreviews-scope-concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tenantlint.directory import moment
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject
from tenantlint.snapshot import identity_of, spec_of

_REVIEWS = "access_reviews"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ROLE = re.compile(rf"roleDefinition(?:s/|Id\s+eq\s+)'?({_GUID.pattern})", re.IGNORECASE)
_GUEST = re.compile(r"usertype\s+eq\s+'guest'", re.IGNORECASE)
_ENDED = frozenset({"completed", "completing", "applied", "applying", "autoreviewed", "stopped"})
_MONTHS = {"daily": 1 / 30, "weekly": 7 / 30, "month": 1.0, "year": 12.0}


def compute(context: FactContext) -> list[dict[str, Any]]:
    """The fact, as the module describes it; in the order of the snapshot."""
    return [_review(context, item) for item in context.snapshot.items(_REVIEWS)]


def _review(context: FactContext, item: JsonObject) -> dict[str, Any]:
    queries = list(_queries(item.get("scope"))) + list(_queries(item.get("instanceEnumerationScope")))
    settings = _block(item.get("settings"))
    recurrence = _block(settings.get("recurrence"))
    applies = settings.get("autoApplyDecisionsEnabled")
    return {
        "resource": {
            "kind": spec_of(_REVIEWS).kind,
            "id": identity_of(spec_of(_REVIEWS), item),
            "name": str(item.get("displayName") or ""),
        },
        "roles": sorted({found.lower() for query in queries for found in _ROLE.findall(query)}),
        "guests": any(_GUEST.search(query) for query in queries),
        "running": _running(context, item, recurrence),
        "months": _months(_block(recurrence.get("pattern"))),
        "applies": applies if isinstance(applies, bool) else None,
        "unanswered": _unanswered(settings),
    }


def _queries(scope: object) -> Iterator[str]:
    """Every query of a scope, however deep it stands."""
    if isinstance(scope, Mapping):
        for name, value in scope.items():
            if name == "query" and isinstance(value, str):
                yield value
            else:
                yield from _queries(value)
    elif isinstance(scope, list):
        for one in scope:
            yield from _queries(one)


def _running(context: FactContext, item: JsonObject, recurrence: JsonObject) -> bool:
    if str(item.get("status")).lower() in _ENDED:
        return False
    limits = _block(recurrence.get("range"))
    end = moment(limits.get("endDate")) if str(limits.get("type")).lower() == "enddate" else None
    return end is None or end >= context.judged_at


def _months(pattern: JsonObject) -> float | None:
    """Months between two reviews; an interval that is absent or 0 is one."""
    kind = str(pattern.get("type") or "").lower()
    unit = next((months for name, months in _MONTHS.items() if kind.endswith(name) or kind.endswith(f"{name}ly")), None)
    interval = pattern.get("interval")
    if unit is None:
        return None
    times = interval if isinstance(interval, int) and not isinstance(interval, bool) and interval > 0 else 1
    return round(unit * times, 2)


def _unanswered(settings: JsonObject) -> str | None:
    """Without a default decision, access on which nobody decides stays as it is."""
    enabled = settings.get("defaultDecisionEnabled")
    if enabled is False:
        return "none"
    decision = settings.get("defaultDecision")
    return decision.lower() if enabled is True and isinstance(decision, str) else None


def _block(value: object) -> JsonObject:
    return value if isinstance(value, Mapping) else {}


FACTS = (Fact("access_reviews", (_REVIEWS,), compute),)
