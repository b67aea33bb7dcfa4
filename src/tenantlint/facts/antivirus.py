"""The fact `antivirus`: what the antivirus policies of endpoint security set on Windows.

```
[{"id", "name", "assigned": bool | null, "targets": [text], "beside": [place], "readable": bool,
  "values": {setting: number | text}}]
```

`setting`: the last word of a setting's definition (`allowarchivescanning`); a choice's value is the end of the chosen
option (`1`), as a number where it is one. `beside`: places of the policies that surely reach every device that this one
does. A policy that sets nothing of the antivirus itself (exclusions, updates, what people see) is not listed; one whose
settings are not told is, with `readable` false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenantlint.facts.device_assignments import assignment_of, beside
from tenantlint.facts.interface import Fact, FactContext

_POLICIES = "device_management_configuration_policies"
_PREFIXES = ("device_vendor_msft_policy_config_defender_", "device_vendor_msft_defender_configuration_")
# Set by policies of their own: what is not scanned, and through which channel the antivirus is updated.
_NOT_SCANNING = ("excluded", "engineupdates", "platformupdates", "securityintelligenceupdates", "tamperprotection")


def compute(context: FactContext) -> list[dict[str, Any]]:
    """The fact, as the module describes it."""
    found, assignments = [], []
    for item in context.snapshot.items(_POLICIES):
        settings = item.get("settings")
        values = dict(_values(settings)) if isinstance(settings, list) else {}
        readable = isinstance(settings, list)
        if (readable and not values) or not _windows(item):
            continue
        assignment = assignment_of(item)
        assignments.append(assignment)
        found.append(
            {
                "id": str(item.get("id") or item.get("name") or ""),
                "name": str(item.get("name") or item.get("id") or ""),
                "assigned": assignment.assigned,
                "targets": assignment.words(),
                "readable": readable,
                "values": values,
            }
        )
    return [{**one, "beside": others} for one, others in zip(found, beside(assignments), strict=True)]


def _windows(item: Mapping[str, Any]) -> bool:
    """Whether the policy is for Windows; one that does not tell its platform is taken for one."""
    platforms = item.get("platforms")
    return not isinstance(platforms, str) or "windows" in platforms.lower()


def _values(settings: list[Any]) -> Iterator[tuple[str, int | str]]:
    for setting in settings:
        instance = setting.get("settingInstance") if isinstance(setting, Mapping) else None
        if not isinstance(instance, Mapping):
            continue
        definition = str(instance.get("settingDefinitionId") or "").lower()
        prefix = next((one for one in _PREFIXES if definition.startswith(one)), None)
        if prefix is None or definition.removeprefix(prefix).startswith(_NOT_SCANNING):
            continue
        value = _value(instance, definition)
        if value is not None:
            yield definition.removeprefix(prefix), value


def _value(instance: Mapping[str, Any], definition: str) -> int | str | None:
    for key in ("choiceSettingValue", "simpleSettingValue"):
        held = instance.get(key)
        given = held.get("value") if isinstance(held, Mapping) else None
        if isinstance(given, int) and not isinstance(given, bool):
            return given
        if isinstance(given, str) and given:
            end = given.lower().removeprefix(f"{definition}_")
            return int(end) if end.isascii() and end.isdigit() else end
    return None


FACTS = (Fact("antivirus", (_POLICIES,), compute),)
