"""The device filter language once more, naively: a rule is turned into nested lists and evaluated on a plain dict.

Written from the documented semantics (reference, 1.4); shares no code with the product.
"""

import re
from typing import Any

_TOKEN = re.compile(r"""\s*("[^"]*"|'[^']*'|\[|\]|\(|\)|,|[^\s\[\](),"']+)""")


def true_of(rule: str, device: dict[str, Any] | None) -> bool:
    """Whether the rule holds; `device` None is an unregistered device."""
    tokens = _TOKEN.findall(rule)
    value, rest = _either(tokens, device or {})
    assert not rest, f"left over in {rule}: {rest}"
    return value


def _either(tokens: list[str], device: dict[str, Any]) -> tuple[bool, list[str]]:
    value, tokens = _both(tokens, device)
    while tokens and tokens[0].lower() == "-or":
        other, tokens = _both(tokens[1:], device)
        value = value or other
    return value, tokens


def _both(tokens: list[str], device: dict[str, Any]) -> tuple[bool, list[str]]:
    value, tokens = _one(tokens, device)
    while tokens and tokens[0].lower() == "-and":
        other, tokens = _one(tokens[1:], device)
        value = value and other
    return value, tokens


def _one(tokens: list[str], device: dict[str, Any]) -> tuple[bool, list[str]]:
    if tokens[0].lower() == "-not":
        value, tokens = _one(tokens[1:], device)
        return not value, tokens
    if tokens[0] == "(":
        value, tokens = _either(tokens[1:], device)
        assert tokens[0] == ")"
        return value, tokens[1:]
    attribute, operator, tokens = tokens[0], tokens[1].lower().lstrip("-"), tokens[2:]
    if tokens[0] == "[":
        end = tokens.index("]")
        wanted = [one.strip("\"'") for one in tokens[1:end] if one != ","]
        tokens = tokens[end + 1 :]
    else:
        wanted, tokens = [tokens[0].strip("\"'")], tokens[1:]
    return compare(_attribute(device, attribute.split(".", 1)[1]), operator, wanted), tokens


def _attribute(device: dict[str, Any], name: str) -> Any:
    """Null where the device has none; extension attributes only where the service can read them."""
    found = {key.lower(): value for key, value in device.items()}
    if name.lower().startswith("extensionattribute") and not (
        found.get("iscompliant") is True
        or found.get("trusttype") == "ServerAD"
        or found.get("mdmappid") == "0000000a-0000-0000-c000-000000000000"
    ):
        return None
    return found.get(name.lower())


def compare(value: Any, operator: str, wanted: list[str]) -> bool:
    """One comparison; null matches every negative operator and no positive one."""
    if operator in {"ne", "notequals", "notstartswith", "notendswith", "notcontains", "notin"}:
        return not compare(value, {"ne": "eq", "notequals": "eq"}.get(operator, operator.removeprefix("not")), wanted)
    if value is None or value == []:
        return False
    if isinstance(value, list):
        return any(element.lower() == one.lower() for element in value for one in wanted)
    text = str(value).lower()
    for one in (each.lower() for each in wanted):
        if operator in {"eq", "equals", "in"} and text == one:
            return True
        if operator == "startswith" and text.startswith(one):
            return True
        if operator == "endswith" and text.endswith(one):
            return True
        if operator == "contains" and one in text:
            return True
    return False
