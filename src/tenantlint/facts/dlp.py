"""What data loss prevention really does: rules in force, what they find, and the places they watch.

A rule works when it is on and its policy is on and enforced (Mode Enable; the modes whose names begin with Test only
watch). Its sensitive information types stand in ContentContainsSensitiveInformation, or for an advanced rule in the
JSON text AdvancedRule (learn.microsoft.com/powershell/module/exchangepowershell/new-dlpcompliancerule).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject
from tenantlint.snapshot import identity_of, name_of, spec_of

_POLICIES = "dlp_compliance_policies"
_RULES = "dlp_compliance_rules"
_MODES = {
    "enable": "on",
    "disable": "off",
    "testwithnotifications": "test",
    "testwithoutnotifications": "test",
    "pendingdeletion": "off",
}
_PLACES = {
    "Exchange": "ExchangeLocation",
    "SharePoint": "SharePointLocation",
    "OneDrive": "OneDriveLocation",
    "Teams": "TeamsLocation",
    "Devices": "EndpointDlpLocation",
}
_NARROWING = {
    "Exchange": ("ExchangeSender", "ExchangeSenderMemberOf", "ExchangeAdaptiveScopes"),
    "SharePoint": ("SharePointAdaptiveScopes",),
    "OneDrive": ("OneDriveAdaptiveScopes", "OneDriveSharedByMemberOf"),
    "Teams": ("TeamsAdaptiveScopes",),
    "Devices": ("EndpointDlpAdaptiveScopes",),
}
_NOTHING: tuple[Any, ...] = (None, "", [], {}, [""])


def dlp(context: FactContext) -> dict[str, Any]:
    """Rules with their effect, and policies with their places.

    `{"rules": [{name, resource, policy, state, types, types_known, blocks, notifies}], "policies": [{name, resource,
    state, mode, places, exceptions}]}`. `state`: on, test, off or unknown, a rule's together with its policy's.
    `types` in lower case. `blocks`: everyone, some, no or unknown; `notifies`: true, false or null. `places` by
    workload (Exchange, SharePoint, OneDrive, Teams, Devices): all, some, none or unknown.
    """
    snapshot = context.snapshot
    policies = [_policy(item) for item in snapshot.items(_POLICIES)]
    states = {policy["name"].lower(): policy["state"] for policy in policies}
    rules = [_rule(item, states) for item in snapshot.items(_RULES)]
    return {"rules": rules, "policies": policies}


def _policy(item: JsonObject) -> dict[str, Any]:
    mode = _text(item.get("Mode")).lower()
    state = _MODES.get(mode, "unknown")
    if item.get("Enabled") is False:
        state = "off"
    elif item.get("Enabled") is not True:
        state = "off" if state == "off" else "unknown"
    return {
        "name": name_of(spec_of(_POLICIES), item),
        "resource": _resource(_POLICIES, item),
        "state": state,
        "mode": item.get("Mode"),
        "places": {place: _place(item, place) for place in _PLACES},
        "exceptions": sorted(
            name
            for name, value in item.items()
            if name.endswith("Exception")
            and name.startswith(("Exchange", "SharePoint", "OneDrive", "Teams", "Endpoint"))
            if value not in _NOTHING
        ),
    }


def _place(item: JsonObject, place: str) -> str:
    """How much of a workload the policy watches. Locations are names, or objects that hold one."""
    location = item.get(_PLACES[place])
    if location is None:
        return "unknown"
    entries = location if isinstance(location, list) else [location]
    names = {_text(one.get("Name") if isinstance(one, Mapping) else one).strip() for one in entries} - {""}
    if not names:
        return "none"
    whole = any(name.lower() == "all" for name in names)
    narrowed = any(item.get(name) not in _NOTHING for name in _NARROWING[place])
    return "all" if whole and not narrowed else "some"


def _rule(item: JsonObject, states: Mapping[str, str]) -> dict[str, Any]:
    parent = _text(item.get("ParentPolicyName"))
    state = states.get(parent.lower(), "unknown")
    if item.get("Disabled") is True:
        state = "off"
    elif item.get("Disabled") is not False:
        state = "off" if state == "off" else "unknown"
    types = _types_of(item)
    return {
        "name": name_of(spec_of(_RULES), item),
        "resource": _resource(_RULES, item),
        "policy": parent,
        "state": state,
        "types": sorted(types or ()),
        "types_known": types is not None,
        "blocks": _blocks(item),
        "notifies": item["NotifyUser"] not in _NOTHING if "NotifyUser" in item else None,
    }


def _blocks(item: JsonObject) -> str:
    if item.get("BlockAccess") is False:
        return "no"
    if item.get("BlockAccess") is not True:
        return "unknown"
    scope = _text(item.get("BlockAccessScope")).lower()
    return {"all": "everyone", "none": "no", "": "unknown"}.get(scope, "some")


def _types_of(item: JsonObject) -> set[str] | None:
    """The sensitive information types that alone make the rule act; None where they cannot be read."""
    plain = item.get("ContentContainsSensitiveInformation")
    advanced = item.get("AdvancedRule")
    if plain in _NOTHING and isinstance(advanced, str) and advanced:
        try:
            return set(_condition_types(json.loads(advanced)))
        except (ValueError, RecursionError):
            return None
    return set(_types(plain))


def _condition_types(node: Any) -> Iterator[str]:
    """Types in the tree of conditions of an advanced rule; what a Not excludes does not count."""
    if isinstance(node, list):
        for one in node:
            yield from _condition_types(one)
    elif isinstance(node, Mapping):
        given = {str(name).lower(): value for name, value in node.items()}
        if _text(given.get("operator")).lower() == "not":
            return
        if _text(given.get("conditionname")).lower() == "contentcontainssensitiveinformation":
            yield from _types(given.get("value"))
        for name in ("condition", "subconditions"):
            yield from _condition_types(given.get(name))


def _types(node: Any) -> Iterator[str]:
    """Names of types in a list of them, or in groups: of several joined by And none acts alone."""
    for one in node if isinstance(node, list) else [node]:
        if not isinstance(one, Mapping):
            continue
        given = {str(name).lower(): value for name, value in one.items()}
        inner = given.get("groups", given.get("sensitivetypes"))
        if inner is None:
            if name := _text(given.get("name")).strip():
                yield name.lower()
        elif not (isinstance(inner, list) and len(inner) > 1 and _text(given.get("operator")).lower() == "and"):
            yield from _types(inner)


def _resource(collection: str, item: JsonObject) -> dict[str, str]:
    spec = spec_of(collection)
    return {"kind": spec.kind, "id": identity_of(spec, item), "name": name_of(spec, item)}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


FACTS: tuple[Fact, ...] = (Fact(name="dlp", reads=(_POLICIES, _RULES), compute=dlp),)
