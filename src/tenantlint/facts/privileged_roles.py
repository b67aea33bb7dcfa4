"""The fact `privileged_roles`: the shipped list of privileged built-in roles (policies/data/privileged_roles.json)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tenantlint import shipped
from tenantlint.facts.interface import Fact, FactContext


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    text = (shipped.policies() / "data" / "privileged_roles.json").read_text(encoding="utf-8")
    loaded: dict[str, list[dict[str, Any]]] = json.loads(text)
    return loaded


@cache
def privileged_roles() -> dict[str, dict[str, Any]]:
    """Template id to {template_id, name, tier, microsoft, scuba}; the file says what each means."""
    return {role["template_id"]: role for role in _data()["roles"]}


@cache
def role_names() -> dict[str, str]:
    """Template id to name, also of roles that are not privileged and that policies often name."""
    return {role["template_id"]: role["name"] for role in (*_data()["roles"], *_data()["other_roles"])}


def compute(_context: FactContext) -> list[dict[str, Any]]:
    """The roles in the order of the file."""
    return list(privileged_roles().values())


FACTS = (Fact("privileged_roles", (), compute),)
