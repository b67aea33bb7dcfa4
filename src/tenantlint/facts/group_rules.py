"""The fact `group_rules`: rules of dynamic groups, which of them ask for membership in other groups or for guests.

```
{"dynamic": n, "untold": [GROUP], "member_of": [RULED with "names": [ids]], "guests": [RULED with "whole": bool]}
GROUP: {"id", "name"}   RULED: GROUP with "rule", "paused": bool
```

`untold`: dynamic groups whose rule the snapshot does not tell. A rule asks for membership when the attribute `memberOf`
stands in it outside of quoted text (learn.microsoft.com/entra/identity/users/groups-dynamic-rule-member-of). `guests`:
groups whose rule asks for the user type Guest; `whole` when it asks for nothing else but that accounts are enabled.
"""

from __future__ import annotations

import re
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_MEMBER_OF = re.compile(r"\b(?:user|device)\s*\.\s*memberof\b", re.IGNORECASE)
_GUEST = re.compile(r"user\.usertype\s+-(?:eq\s+(['\"])guest\1|in\s+\[\s*(['\"])guest\2\s*\])")
_ENABLED = re.compile(r"user\.accountenabled\s+-eq\s+true")
_WHOLE = re.compile(r" *(?:g(?: -?and e)?|e -?and g) *")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def asks_for_membership(rule: str) -> bool:
    """Whether a rule rests on membership in other groups; a quoted text is data and asks for nothing."""
    return _MEMBER_OF.search(_QUOTED.sub("''", rule)) is not None


def asks_for_guests(rule: str) -> tuple[bool, bool]:
    """Whether a rule asks for the user type Guest, and whether it asks for nothing that fewer guests fulfil."""
    folded = _GUEST.sub("g", rule.lower())
    if folded == rule.lower():
        return False, False
    bare = re.sub(r"\s+", " ", re.sub(r"[()]", " ", _ENABLED.sub("e", folded)))
    return True, _WHOLE.fullmatch(bare) is not None


def compute(context: FactContext) -> dict[str, Any]:
    """The dynamic groups of the snapshot, in the order of their ids."""
    known = {
        str(group.get("id")): group
        for collection in ("groups", "dynamic_groups")
        for group in context.snapshot.items(collection)
        if _dynamic(group)
    }
    dynamic = [known[identity] for identity in sorted(known)]
    untold, member_of, guests = [], [], []
    for group in dynamic:
        rule = group.get("membershipRule")
        if not isinstance(rule, str) or not rule.strip():
            untold.append(_named(group))
            continue
        paused = str(group.get("membershipRuleProcessingState")).lower() == "paused"
        ruled = {**_named(group), "rule": rule, "paused": paused}
        if asks_for_membership(rule):
            member_of.append({**ruled, "names": _ID.findall(rule)})
        asked, whole = asks_for_guests(rule)
        if asked:
            guests.append({**ruled, "whole": whole})
    return {"dynamic": len(dynamic), "untold": untold, "member_of": member_of, "guests": guests}


def _dynamic(group: JsonObject) -> bool:
    kinds = group.get("groupTypes")
    return isinstance(kinds, list) and "DynamicMembership" in kinds


def _named(group: JsonObject) -> dict[str, str]:
    return {"id": str(group.get("id") or ""), "name": str(group.get("displayName") or "")}


FACTS = (Fact("group_rules", ("groups", "dynamic_groups"), compute),)
