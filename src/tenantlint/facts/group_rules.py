"""The fact `group_rules`: rules of dynamic groups, and which of them ask for membership in other groups.

`{"dynamic": n, "untold": [GROUP], "member_of": [GROUP with "rule", "names": [ids], "paused": bool]}`, a GROUP being
`{"id", "name"}`. `untold`: dynamic groups whose rule the snapshot does not tell. A rule asks for membership when the
attribute `memberOf` stands in it outside of quoted text (learn.microsoft.com/entra/identity/users/
groups-dynamic-rule-member-of).
"""

from __future__ import annotations

import re
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_MEMBER_OF = re.compile(r"\b(?:user|device)\s*\.\s*memberof\b", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def asks_for_membership(rule: str) -> bool:
    """Whether a rule rests on membership in other groups; a quoted text is data and asks for nothing."""
    return _MEMBER_OF.search(_QUOTED.sub("''", rule)) is not None


def compute(context: FactContext) -> dict[str, Any]:
    """The dynamic groups of the snapshot, in the order of their ids."""
    dynamic = sorted(filter(_dynamic, context.snapshot.items("groups")), key=lambda group: str(group.get("id")))
    untold, member_of = [], []
    for group in dynamic:
        rule = group.get("membershipRule")
        if not isinstance(rule, str) or not rule.strip():
            untold.append(_named(group))
        elif asks_for_membership(rule):
            paused = str(group.get("membershipRuleProcessingState")).lower() == "paused"
            member_of.append({**_named(group), "rule": rule, "names": _ID.findall(rule), "paused": paused})
    return {"dynamic": len(dynamic), "untold": untold, "member_of": member_of}


def _dynamic(group: JsonObject) -> bool:
    kinds = group.get("groupTypes")
    return isinstance(kinds, list) and "DynamicMembership" in kinds


def _named(group: JsonObject) -> dict[str, str]:
    return {"id": str(group.get("id") or ""), "name": str(group.get("displayName") or "")}


FACTS = (Fact("group_rules", ("groups",), compute),)
