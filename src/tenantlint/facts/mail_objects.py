"""What Exchange's policy and rule objects say of themselves: default, built-in, preset, order, names."""

from __future__ import annotations

from collections.abc import Sequence

from tenantlint.model import JsonObject

PRESETS = ("strict", "standard")
"""The preset security policies, in their order of precedence."""

_DEFAULT_NAMES = ("default", "office365 antiphish default")


def preset_of(rule: JsonObject) -> str:
    """`strict` or `standard`: from the name that Microsoft gives the rule, else from its fixed priority."""
    name = _text(rule, "Identity") or _text(rule, "Name")
    named = next((layer for layer in PRESETS if name.startswith(layer)), "")
    return named or ("strict" if rule.get("Priority") == 0 else "standard")


def find_policy(policies: Sequence[JsonObject], name: str) -> JsonObject | None:
    """The policy that a rule names, whichever of its names the rule uses, in any case."""
    if not name:
        return None
    keys = ("Identity", "Name", "Id", "Guid")
    return next((policy for policy in policies if any(_text(policy, key) == name.lower() for key in keys)), None)


def is_default(policy: JsonObject) -> bool:
    """Whether it is the tenant's default policy, which applies where no rule does."""
    default = policy.get("IsDefault")
    return default is True or (default is None and _text(policy, "Identity") in _DEFAULT_NAMES)


def is_built_in(policy: JsonObject) -> bool:
    """Whether it is Microsoft's built-in protection (Safe Links and Safe Attachments)."""
    return policy.get("IsBuiltInProtection") is True or _text(policy, "Identity") == "built-in protection policy"


def type_of(policy: JsonObject) -> str:
    """`strict` or `standard` for a preset's own policy, else something else or nothing."""
    named = next((layer for layer in PRESETS if _text(policy, "Identity").startswith(f"{layer} preset")), "")
    return _text(policy, "RecommendedPolicyType") or named


def by_priority(rule: JsonObject) -> tuple[float, str]:
    """Sorts by Priority, lowest number first; a rule without one comes last."""
    value = rule.get("Priority")
    name = _text(rule, "Name") or _text(rule, "Identity")
    return (value if isinstance(value, int) else float("inf"), name)


def written(item: JsonObject, key: str) -> str:
    """A text as it stands; nothing for every other value."""
    value = item.get(key)
    return value.strip() if isinstance(value, str) else ""


def _text(item: JsonObject, key: str) -> str:
    return written(item, key).lower()
