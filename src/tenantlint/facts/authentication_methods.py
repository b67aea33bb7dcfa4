"""The fact `authentication_methods`: which methods reach whom, by the authentication methods policy.

```
{"told": bool,                                  # whether the policy lists its methods
 "methods": {"sms": {                           # by the method's id in lower case
     "id", "state": "enabled" | "disabled" | "unknown", "pointer",
     "reach": PEOPLE, "members": PEOPLE,        # who may use it; of these, who is no guest
     "lacking": PEOPLE,                         # members who may not
     "targets_told": bool,
     # one by one, the excluded ones taken out of each; none of a method that is off
     "targets": [{"id", "kind", "name", "status": "ok" | "missing" | "unknown", "pointer", "sign_in": bool,
                  "reach": PEOPLE, "members": PEOPLE}],
     "features": {"numberMatchingRequiredState": FEATURE, ...}}},     # of Microsoft Authenticator, {} for others
 "report_suspicious_activity": FEATURE,
 "named": [{"id", "kind", "name", "exists": bool | None, "places": [POINTER]}]}   # what the policy names
```

FEATURE is {"state": "enabled" | "disabled" | "unknown", "told": what the policy says, "managed": bool, "pointer",
"without": PEOPLE}: people who may use the method and whom the feature does not serve. A feature left to Microsoft
(`default`) is what Microsoft documents for it at present, and then `managed` is true. PEOPLE: authentication_reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenantlint.facts.authentication_reach import ALL_USERS, NOBODY, Reach, Targets, kind_of
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject

_POLICY = "authentication_methods_policy"
_METHODS = "authenticationMethodConfigurations"
# What `default` means, learn.microsoft.com/entra/identity/authentication/concept-authentication-default-enablement;
# number matching is in force for every push since May 2023, whatever stands there.
_MANAGED = {
    "numberMatchingRequiredState": "enabled",
    "displayAppInformationRequiredState": "disabled",
    "displayLocationInformationRequiredState": "disabled",
    "companionAppAllowedState": "enabled",
}
_AUTHENTICATOR = "microsoftauthenticator"
_REPORTING = "reportSuspiciousActivitySettings"
# Where a feature does not stand in the policy, Microsoft decides; v1.0 of Graph has no number matching.
_MAY_BE_ABSENT = ("numberMatchingRequiredState",)


def compute(context: FactContext) -> dict[str, Any]:
    """The methods of the policy, each with the people whom it reaches."""
    policy = context.snapshot.singleton(_POLICY) or {}
    targets = Targets(context)
    listed = policy.get(_METHODS)
    methods: dict[str, Any] = {}
    for index, method in enumerate(_objects(listed)):
        key = str(method.get("id") or "").lower()
        if key and key not in methods:
            methods[key] = _method(method, f"/{_METHODS}/{index}", targets)
    everybody = Reach(targets.everybody)
    return {
        "told": isinstance(listed, list),
        "methods": methods,
        "report_suspicious_activity": _feature(
            policy.get(_REPORTING), f"/{_REPORTING}", "disabled", everybody, targets, optional=False
        ),
        "named": _named(policy, targets),
    }


def _method(method: JsonObject, pointer: str, targets: Targets) -> dict[str, Any]:
    state = str(method.get("state")).lower()
    include = method.get("includeTargets")
    told = isinstance(include, list)
    # The targets of a method that is off reach nobody; they are not looked at one by one.
    included = [] if state == "disabled" else _objects(include)
    exclude = _objects(method.get("excludeTargets"))
    reach = targets.all(included, exclude)
    if not told and state != "disabled":
        reach = Reach(targets.everybody).perhaps("includeTargets of the method")
    if state not in ("enabled", "disabled"):
        reach = reach.perhaps("state of the method")
    settings = method.get("featureSettings")
    features = settings if isinstance(settings, Mapping) else {}
    return {
        "id": method.get("id"),
        "state": state if state in ("enabled", "disabled") else "unknown",
        "pointer": pointer,
        "reach": targets.told(reach),
        "members": targets.told(reach.without(targets.guests)),
        "lacking": targets.told(targets.members - reach),
        "targets_told": told,
        "targets": [
            _target(target, f"{pointer}/includeTargets/{at}", exclude, targets) for at, target in enumerate(included)
        ],
        "features": {
            name: _feature(
                features.get(name),
                f"{pointer}/featureSettings/{name}",
                default,
                reach,
                targets,
                optional=name in _MAY_BE_ABSENT,
            )
            for name, default in (_MANAGED.items() if str(method.get("id")).lower() == _AUTHENTICATOR else ())
        },
    }


def _target(target: JsonObject, pointer: str, exclude: Sequence[JsonObject], targets: Targets) -> dict[str, Any]:
    reach = targets.all([target], exclude)
    return {
        "id": str(target.get("id") or ""),
        "kind": kind_of(target),
        "name": "all users" if str(target.get("id")).lower() == ALL_USERS else targets.name(target),
        "status": targets.status(target),
        "pointer": pointer,
        "sign_in": target.get("isUsableForSignIn"),
        "reach": targets.told(reach),
        "members": targets.told(reach.without(targets.guests)),
    }


def _feature(
    told: Any, pointer: str, managed: str, users: Reach, targets: Targets, *, optional: bool
) -> dict[str, Any]:
    """A feature for those who may use the method; `managed`: what it is when Microsoft decides."""
    feature = told if isinstance(told, Mapping) else {}
    said = str(feature.get("state") or ("default" if optional else "")).lower()
    state = managed if said == "default" else said if said in ("enabled", "disabled") else "unknown"
    if state == "enabled":
        without = users - _served(feature, said, targets)
    elif state == "disabled":
        without = users
    else:
        without = users.perhaps(f"{pointer.rpartition('/')[2]}.state")
    return {
        "state": state,
        "told": feature.get("state"),
        "managed": said == "default",
        "pointer": pointer,
        "without": targets.told(without),
    }


def _served(feature: Mapping[str, Any], said: str, targets: Targets) -> Reach:
    include = feature.get("includeTarget")
    if not isinstance(include, Mapping):
        everybody = Reach(targets.everybody)
        return everybody if said == "default" else everybody.perhaps("includeTarget of the feature")
    exclude = feature.get("excludeTarget")
    return targets.all([include], [exclude] if isinstance(exclude, Mapping) else [])


def _named(policy: JsonObject, targets: Targets) -> list[dict[str, Any]]:
    """Groups and users that stand anywhere in the policy, each once, with the places."""
    found: dict[str, dict[str, Any]] = {}
    for pointer, target in _walk(policy, ""):
        identity = str(target["id"])
        entry = found.setdefault(
            identity.lower(),
            {
                "id": identity,
                "kind": kind_of(target),
                "name": targets.name(target),
                "exists": targets.exists(target),
                "places": [],
            },
        )
        entry["places"].append(pointer)
    return [found[key] for key in sorted(found)]


def _walk(value: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        identity = value.get("id")
        if isinstance(identity, str) and "targetType" in value and identity.lower() not in ("", ALL_USERS, NOBODY):
            yield pointer, value
        for name, inner in value.items():
            yield from _walk(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, f"{pointer}/{index}")


def _objects(value: Any) -> list[JsonObject]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


FACTS = (Fact("authentication_methods", (_POLICY, "users", "groups", "group_members"), compute),)
