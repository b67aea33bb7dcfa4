"""Which groups a collector gives: those that matter, those inside them, and lists of two types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tenantlint.collect.group_references import GROUP_ELIGIBILITY, NAMING, Form, references

JsonObject = dict[str, Any]


def matching(objects: Mapping[str, Sequence[JsonObject]]) -> tuple[list[JsonObject], list[JsonObject]]:
    """The objects of `groups` and the lines of `group_members` that matter to a tenant with these objects.

    A group that is named and does not exist has a line with the status `missing`.
    """
    groups = {str(one["id"]): one for one in objects.get("groups", ())}
    lines = {str(line["group_id"]): line for line in objects.get("group_members", ())}
    addresses = {str(one["mail"]).lower(): identity for identity, one in groups.items() if one.get("mail")}
    wanted: set[str] = set()
    missing: set[str] = set()
    for collection in (*NAMING, GROUP_ELIGIBILITY):
        for item in objects.get(collection, ()):
            for reference in references(collection, item):
                word = addresses.get(reference.word.lower(), "") if reference.form is Form.WORD else reference.word
                if word in groups:
                    wanted.add(word)
                elif reference.form is Form.GROUP:
                    missing.add(word)
    inside = {inner for identity in wanted if identity in lines for inner in lines[identity]["nested_groups"]}
    kept = [identity for identity in groups if identity in wanted | inside]
    gone = [_missing(identity) for identity in sorted(missing)]
    return [groups[one] for one in kept], [*(lines[one] for one in kept if one in lines), *gone]


_PUBLIC_KEYS = ("createdDateTime", "displayName", "groupTypes", "id", "mail", "visibility")
_DYNAMIC_KEYS = ("displayName", "groupTypes", "id", "membershipRule", "membershipRuleProcessingState")


def by_type(objects: Mapping[str, Sequence[JsonObject]]) -> dict[str, list[JsonObject]]:
    """The objects of `public_groups` and `dynamic_groups`: of all groups, whether they matter or not."""
    groups = objects.get("groups", ())
    public = [one for one in groups if "Unified" in one["groupTypes"] and one["visibility"] == "Public"]
    dynamic = [one for one in groups if "DynamicMembership" in one["groupTypes"]]
    return {
        "public_groups": [{key: one[key] for key in _PUBLIC_KEYS} for one in public],
        "dynamic_groups": [{key: one[key] for key in _DYNAMIC_KEYS} for one in dynamic],
    }


def _missing(identity: str) -> JsonObject:
    empty: JsonObject = {key: [] for key in ("members", "nested_groups", "direct", "owners")}
    return {"group_id": identity, **empty, "status": "missing"}
