"""The fact `device_compliance`: what Intune's compliance policies ask, of whom, and who leans on their verdict.

```
{"policies": [{"id", "name", "type", "platform", "assigned": bool | null, "targets": [text], "beside": [place],
               "asks": {QUESTION: {"state": "asked" | "not_asked" | "unknown", "seen": {property: value}}},
               "threat": "secured" | "low" | "medium" | "high" | "none" | "unknown" | null, "threat_seen": {..},
               "grace": {"state": "told" | "never" | "unknown", "hours": n | null}}],
 "leaning": [{"id", "name", "platforms": [text]}]}
```

`type`: the policy's type without its prefix (`windows10`); `platform` as Conditional Access calls it, "" for a type
that is not known. `beside`: places in `policies` of those of the same type that surely reach every device that this
one does, so that they ask of it too. QUESTION: `encryption`, `version`, `rooted`, `antivirus`; one that a type cannot
ask is not there, and `threat` is null for a type without a threat level. `grace`: the hours until a device that fails
is marked as such. `leaning`: enabled Conditional Access policies with the grant control compliantDevice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.conditional_access.policy import State
from tenantlint.facts.answers import tenant
from tenantlint.facts.device_assignments import Assignment, assignment_of, beside
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject

_POLICIES = "device_compliance_policies"
_SUFFIX = "compliancepolicy"
_PLATFORMS = {
    "windows10": "windows",
    "windows81": "windows",
    "macos": "macOS",
    "ios": "iOS",
    "android": "android",
    "androidworkprofile": "android",
    "androiddeviceowner": "android",
    "aospdeviceowner": "android",
    "androidforwork": "android",
}
# The properties that ask something, of which one is enough, by question and type. iOS encrypts once there is a
# passcode (learn.microsoft.com/intune/intune-service/protect/compliance-policy-create-ios).
_ANDROID = ("android", "androidforwork", "androidworkprofile", "androiddeviceowner", "aospdeviceowner")
_VERSION = ("osMinimumVersion",)
_ROOTED = ("securityBlockJailbrokenDevices",)
_INTEGRITY = ("securityRequireSafetyNetAttestationBasicIntegrity", "securityRequireSafetyNetAttestationCertifiedDevice")
_ASKING: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "encryption": {
        "windows10": ("storageRequireEncryption", "bitLockerEnabled"),
        "windows81": ("storageRequireEncryption",),
        "macos": ("storageRequireEncryption",),
        "ios": ("passcodeRequired",),
        **dict.fromkeys(_ANDROID, ("storageRequireEncryption",)),
    },
    "version": {
        "windows10": (*_VERSION, "validOperatingSystemBuildRanges"),
        "windows81": _VERSION,
        "macos": (*_VERSION, "osMinimumBuildVersion"),
        "ios": (*_VERSION, "osMinimumBuildVersion"),
        **dict.fromkeys(_ANDROID, (*_VERSION, "minAndroidSecurityPatchLevel")),
    },
    "rooted": {
        "ios": _ROOTED,
        **dict.fromkeys(_ANDROID, (*_ROOTED, *_INTEGRITY)),
        "androiddeviceowner": _INTEGRITY,
        "aospdeviceowner": _ROOTED,
    },
    "antivirus": {"windows10": ("antivirusRequired", "defenderEnabled")},
}
_THREAT = ("deviceThreatProtectionRequiredSecurityLevel", "advancedThreatProtectionRequiredSecurityLevel")
_LEVELS = ("secured", "low", "medium", "high")
_NO_LEVEL = ("unavailable", "notset")
_WITHOUT_THREAT = ("windows81", "aospdeviceowner")
_NAMED = ("android", "iOS", "windows", "macOS", "linux", "windowsPhone")


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    items = context.snapshot.items(_POLICIES)
    told = [_policy(item, assignment_of(item)) for item in items]
    places: dict[str, list[int]] = {}
    for place, one in enumerate(told):
        places.setdefault(one["type"], []).append(place)
    for own in places.values():
        for place, others in zip(own, beside([assignment_of(items[one]) for one in own]), strict=True):
            told[place]["beside"] = [own[other] for other in others]
    return {"policies": told, "leaning": _leaning(context)}


def _policy(item: JsonObject, assignment: Assignment) -> dict[str, Any]:
    kind = str(item.get("@odata.type") or "").rpartition(".")[2]
    kind = kind[: -len(_SUFFIX)] if kind.lower().endswith(_SUFFIX) else kind
    known = kind.lower()
    threat, seen = _threat(item) if known in _PLATFORMS and known not in _WITHOUT_THREAT else (None, {})
    return {
        "id": str(item.get("id") or item.get("displayName") or ""),
        "name": str(item.get("displayName") or item.get("id") or ""),
        "type": kind,
        "platform": _PLATFORMS.get(known, ""),
        "assigned": assignment.assigned,
        "targets": assignment.words(),
        "beside": [],
        "asks": {question: _asks(item, asking[known]) for question, asking in _ASKING.items() if known in asking},
        "threat": threat,
        "threat_seen": seen,
        "grace": _grace(item),
    }


def _asks(item: JsonObject, properties: tuple[str, ...]) -> dict[str, Any]:
    """A null or an empty text asks nothing; a property that is not there is not told."""
    seen = {name: item[name] for name in properties if name in item}
    if any(value is True or (isinstance(value, str | list) and value) for value in seen.values()):
        state = "asked"
    else:
        readable = all(value in (None, False, "", []) for value in seen.values())
        state = "not_asked" if readable and len(seen) == len(properties) else "unknown"
    return {"state": state, "seen": seen}


def _threat(item: JsonObject) -> tuple[str, dict[str, Any]]:
    """The strictest threat level that the policy still calls compliant, whichever product tells it."""
    seen = {name: item[name] for name in (*_THREAT, "deviceThreatProtectionEnabled") if name in item}
    levels = [str(item.get(name) or "").lower() for name in _THREAT if name in item]
    ranks = [_LEVELS.index(level) for level in levels if level in _LEVELS]
    if ranks:
        return _LEVELS[min(ranks)], seen
    return ("none" if levels and all(one in ("", *_NO_LEVEL) for one in levels) else "unknown"), seen


def _grace(item: JsonObject) -> dict[str, Any]:
    """The shortest time after which a device is marked; a policy without that action never marks one."""
    rules = item.get("scheduledActionsForRule")
    if not isinstance(rules, list):
        return {"state": "unknown", "hours": None}
    hours: list[int] = []
    readable = True
    for rule in rules:
        actions = rule.get("scheduledActionConfigurations") if isinstance(rule, Mapping) else None
        if not isinstance(actions, list):
            readable = False
            continue
        for action in actions:
            kind = str(action.get("actionType") or "").lower() if isinstance(action, Mapping) else ""
            period = action.get("gracePeriodHours") if isinstance(action, Mapping) else None
            if kind == "block" and isinstance(period, int) and not isinstance(period, bool):
                hours.append(period)
            elif kind in ("", "block"):
                readable = False
    if hours:
        return {"state": "told", "hours": min(hours)}
    return {"state": "never" if readable else "unknown", "hours": None}


def _leaning(context: FactContext) -> list[dict[str, Any]]:
    found = []
    for policy in tenant(context).policies:
        grant = policy.raw.get("grantControls")
        controls = grant.get("builtInControls") if isinstance(grant, Mapping) else None
        asked = {str(one).lower() for one in controls} if isinstance(controls, list) else set()
        if policy.state is not State.ENABLED or "compliantdevice" not in asked:
            continue
        include, exclude = policy.platforms.include, policy.platforms.exclude
        found.append(
            {
                "id": policy.id or policy.name,
                "name": policy.name,
                "platforms": [
                    one
                    for one in _NAMED
                    if (include is None or {"all", one.lower()} & {name.lower() for name in include})
                    and one.lower() not in {name.lower() for name in exclude}
                ],
            }
        )
    return found


FACTS = (Fact("device_compliance", (_POLICIES, "conditional_access_policies"), compute),)
