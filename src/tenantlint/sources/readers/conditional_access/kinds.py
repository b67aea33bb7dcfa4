"""What one JSON object of a Conditional Access export is, told by its type annotation or its shape.

Dialects: Graph's own object, a list of them, `{"value": [...]}`, one file an object; annotated exports; the
templates of Graph's conditionalAccessTemplates; wrappers that hold the policy under one of their keys; the
PowerShell SDK's PascalCase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint.model import Json
from tenantlint.sources.policy_shape import is_policy
from tenantlint.sources.wording import lookup, pointer_token

POLICY = "conditional_access_policies"
LOCATION = "named_locations"
STRENGTH = "authentication_strengths"
CONTEXT = "authentication_contexts"
GROUP = "groups"
TABLE = "migration table"
TEMPLATE = "template"

_TYPES = {
    "conditionalaccesspolicy": POLICY,
    "conditionalaccesstemplate": TEMPLATE,
    "ipnamedlocation": LOCATION,
    "countrynamedlocation": LOCATION,
    "compliantnetworknamedlocation": LOCATION,
    "namedlocation": LOCATION,
    "authenticationstrengthpolicy": STRENGTH,
    "authenticationcontextclassreference": CONTEXT,
    "group": GROUP,
}
# Properties that only objects of one kind have.
_MARKS: tuple[tuple[str, frozenset[str]], ...] = (
    (LOCATION, frozenset({"ipranges", "countriesandregions", "compliantnetworktype"})),
    (STRENGTH, frozenset({"allowedcombinations"})),
    (GROUP, frozenset({"securityenabled", "mailenabled", "grouptypes", "membershiprule"})),
    (CONTEXT, frozenset({"isavailable"})),
)


@dataclass(frozen=True, slots=True)
class Found:
    """One object, what it is, and where. `kind`: a collection's name, TABLE, TEMPLATE or "" for an unknown one.

    `tenant_id`: as a wrapper around the object told it.
    """

    kind: str
    pointer: str
    value: Json
    tenant_id: str = ""


def objects_in(value: Json) -> Iterator[Found]:
    """The objects of one file, unwrapped. Nothing for an empty list that does not say of what."""
    if isinstance(value, list):
        for index, child in enumerate(value):
            yield _found(child, f"/{index}")
        return
    listed = lookup(value, "value") if isinstance(value, Mapping) else None
    if listed and isinstance(listed[1], list) and not is_policy(value):
        for index, child in enumerate(listed[1]):
            yield _found(child, f"/{listed[0]}/{index}")
        return
    yield _found(value, "")


def empty_list_of(value: Json) -> str:
    """The collection of an empty answer that names its kind in `@odata.context`; "" for anything else."""
    if not isinstance(value, Mapping) or value.get("value") != []:
        return ""
    context = str(value.get("@odata.context") or "").lower()
    for path, collection in (
        ("conditionalaccess/policies", POLICY),
        ("namedlocations", LOCATION),
        ("authenticationstrength", STRENGTH),
        ("#groups", GROUP),
    ):
        if path in context:
            return collection
    return ""


def _found(value: Json, pointer: str) -> Found:
    if not isinstance(value, Mapping):
        return Found("", pointer, value)
    extra = value.get("AdditionalProperties")
    if isinstance(extra, Mapping) and not is_policy(value):
        # Where the PowerShell SDK puts what only a derived type has: a location's ranges, its `@odata.type`.
        value = {**extra, **{key: child for key, child in value.items() if key != "AdditionalProperties"}}
    kind = _kind(value)
    if kind:
        return Found(kind, pointer, value)
    inner = [(key, child) for key, child in value.items() if isinstance(child, Mapping) and is_policy(child)]
    if len(inner) == 1:
        key, policy = inner[0]
        tenant = lookup(value, "SourceTenantId") or lookup(value, "TenantId")
        told = tenant[1] if tenant and isinstance(tenant[1], str) else ""
        return Found(POLICY, f"{pointer}/{pointer_token(key)}", policy, told)
    return Found("", pointer, value)


def _kind(value: Mapping[str, Any]) -> str:
    told = str(value.get("@odata.type") or "").lower().rsplit(".", 1)[-1].removeprefix("#")
    if told in _TYPES:
        return _TYPES[told]
    keys = {key.lower() for key in value}
    details = lookup(value, "details")
    if details and isinstance(details[1], Mapping) and lookup(details[1], "conditions") and "conditions" not in keys:
        return TEMPLATE
    if is_policy(value):
        return POLICY
    if {"tenantid", "objects"} <= keys:
        return TABLE
    named = bool(keys & {"id", "displayname"})
    return next((kind for kind, marks in _MARKS if named and keys & marks), "")
