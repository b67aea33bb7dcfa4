"""Which policies differ between two sets, and which of the differences are cosmetic."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from tenantlint.conditional_access.policy import Policy
from tenantlint.model import Json, JsonObject

# What the service writes by itself, and what says nothing about sign-ins.
_NOISE = frozenset({"createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId"})
# The conditions that members of Policy hold, whole or but for the rest of these parts.
_REPRESENTED = frozenset(
    {
        "users",
        "clientAppTypes",
        "platforms",
        "locations",
        "authenticationFlows",
        "signInRiskLevels",
        "userRiskLevels",
        "insiderRiskLevels",
    }
)
_REPRESENTED_PARTS = {
    "devices": frozenset({"deviceFilter"}),
    "applications": frozenset(
        {
            "includeApplications",
            "excludeApplications",
            "includeUserActions",
            "includeAuthenticationContextClassReferences",
            "applicationFilter",
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One policy that is not the same. `kind`: added, removed, changed or cosmetic; `parts`: what differs."""

    kind: str
    before: Policy | None
    after: Policy | None
    parts: tuple[str, ...] = ()

    @property
    def policy(self) -> Policy:
        """The policy as it is now, or was last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has one of the two
        return found


def changes(before: Sequence[Policy], after: Sequence[Policy]) -> tuple[Change, ...]:
    """Every policy that is not the same in both sets, matched by id and then by name, in a fixed order."""
    pairs = _matched(before, after)
    found = []
    for old, new in pairs:
        if old is None or new is None:
            found.append(Change("removed" if new is None else "added", old, new))
            continue
        parts = tuple(
            field.name for field in fields(Policy) if field.name not in _NAMING and _differ(old, new, field.name)
        )
        parts += tuple(key for key, value in _rest(old).items() if value != _rest(new)[key])
        if parts:
            found.append(Change("changed", old, new, parts))
        elif _plain(old.raw) != _plain(new.raw):
            found.append(Change("cosmetic", old, new, _spelled(old, new)))
    return tuple(sorted(found, key=lambda one: (one.policy.name, one.policy.identity)))


_NAMING = frozenset({"identity", "id", "name", "raw"})


def _matched(before: Sequence[Policy], after: Sequence[Policy]) -> list[tuple[Policy | None, Policy | None]]:
    pairs: list[tuple[Policy | None, Policy | None]] = []
    left = list(after)
    rest = []
    for old in before:
        new = next((one for one in left if old.id and one.id == old.id), None)
        if new is None:
            rest.append(old)
        else:
            left.remove(new)
            pairs.append((old, new))
    for old in rest:
        # An object without an id, or one that was made anew: the name is what people know it by.
        new = next((one for one in left if one.name == old.name), None)
        if new is not None:
            left.remove(new)
        pairs.append((old, new))
    return [*pairs, *((None, one) for one in left)]


def _differ(old: Policy, new: Policy, part: str) -> bool:
    if part == "grant" and old.grant and new.grant:
        return _clause(old) != _clause(new)
    return bool(getattr(old, part) != getattr(new, part))


def _clause(policy: Policy) -> object:
    """The grant with what does not matter left out: the order of controls, and how one control alone is joined."""
    grant = policy.grant
    if grant is None:
        return None
    operator = grant.operator if len(grant.controls) > 1 else "OR"
    return replace(grant, operator=operator, controls=tuple(sorted(grant.controls)))


def unmodelled(policy: Policy) -> str:
    """What of a policy its other members do not hold, in one spelling: conditions that are not modelled."""
    return json.dumps({key: value for key, value in _rest(policy).items() if key != "sessionControls"}, sort_keys=True)


def _rest(policy: Policy) -> dict[str, Json]:
    raw = policy.raw
    conditions: Any = raw.get("conditions") or {}
    left = {key: value for key, value in conditions.items() if key not in _REPRESENTED}
    left |= {
        part: {key: value for key, value in (conditions.get(part) or {}).items() if key not in known}
        for part, known in _REPRESENTED_PARTS.items()
    }
    kept = {key: raw.get(key) for key in ("sessionControls", "partialEnablementStrategy")}
    return {"conditions": _canonical(left)} | {key: _canonical(value) for key, value in kept.items()}


def _canonical(value: Any) -> Json:
    """Null, false, empty, and what is switched off are one; lists are sets."""
    if isinstance(value, dict):
        if value.get("isEnabled") is False:
            return None
        found = {key: one for key, inner in value.items() if "@" not in key and (one := _canonical(inner)) is not None}
        return found or None
    if isinstance(value, list):
        return sorted((one for each in value if (one := _canonical(each)) is not None), key=json.dumps) or None
    return None if value in (None, False, "", "none") else value


def _spelled(old: Policy, new: Policy) -> tuple[str, ...]:
    """The top-level properties whose text differs though they mean the same."""
    one, other = _plain(old.raw), _plain(new.raw)
    return tuple(key for key in sorted({*one, *other}) if one.get(key) != other.get(key))


def _plain(raw: JsonObject) -> dict[str, Json]:
    return {key: value for key, value in raw.items() if key not in _NOISE and "@odata" not in key}
