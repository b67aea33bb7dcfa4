"""The device of a What-If request: Graph's `deviceInfo` as the attributes that filter rules read."""

from __future__ import annotations

from typing import Any

from tenantlint.conditional_access.device_filter import ATTRIBUTES, COLLECTIONS, Value
from tenantlint.conditional_access.devices import INTUNE
from tenantlint.conditional_access.request_faults import fault, unknown_property

_ATTRIBUTES = {**ATTRIBUTES, "ownership": "deviceOwnership"}


def parse_device(given: Any, place: str) -> tuple[tuple[str, Value], ...]:
    """Attributes as filter rules read them. Graph's `ownership` is `deviceOwnership` there, and its trust type
    `EntraID` is `AzureAD`. A registered device whose compliance is not given is not compliant (Graph's default);
    extension attributes are readable only of devices that are compliant, hybrid joined or managed by Intune.
    """
    if not isinstance(given, dict):
        raise fault(place, f"`signInConditions.deviceInfo` must be an object, not {given!r:.40}")
    found: dict[str, Value] = {}
    for key, value in given.items():
        name = _ATTRIBUTES.get(str(key).casefold())
        if name is None:
            if key != "@odata.type":
                raise unknown_property(place, "signInConditions.deviceInfo.", [key], ATTRIBUTES.values())
            continue
        if value is None:
            continue
        found[name] = _attribute(name, value, place)
    if found and "isCompliant" not in found:
        found["isCompliant"] = "False"
    trust = str(found.get("trustType") or "").casefold()
    if trust == "entraid":
        found["trustType"] = "AzureAD"
    managed = str(found.get("mdmAppId") or "").casefold() == INTUNE
    if found.get("isCompliant") != "True" and trust != "serverad" and not managed:
        found = {name: value for name, value in found.items() if not name.startswith("extensionAttribute")}
    return tuple(sorted(found.items()))


def _attribute(name: str, value: Any, place: str) -> Value:
    if name == "isCompliant":
        if isinstance(value, bool) or str(value).casefold() in {"true", "false"}:
            return "True" if str(value).casefold() == "true" else "False"
        raise fault(place, f"`deviceInfo.isCompliant` must be true or false, not {value!r:.40}")
    if name in COLLECTIONS:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise fault(place, f"`deviceInfo.{name}` must be a list of texts, not {value!r:.40}")
    if not isinstance(value, str):
        raise fault(place, f"`deviceInfo.{name}` must be a text, not {value!r:.40}")
    return value
