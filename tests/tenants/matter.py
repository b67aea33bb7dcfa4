"""Which groups a collector gives: those that matter, and those inside them."""

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


def _missing(identity: str) -> JsonObject:
    empty: JsonObject = {key: [] for key in ("members", "nested_groups", "direct", "owners")}
    return {"group_id": identity, **empty, "status": "missing"}
