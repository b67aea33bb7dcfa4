"""The fact `privileged_roles`: the shipped list of privileged built-in roles (policies/data/privileged_roles.json)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tenantlint import shipped
from tenantlint.facts.interface import Fact, FactContext


@cache
def privileged_roles() -> dict[str, dict[str, Any]]:
    """Template id to {template_id, name, tier, microsoft, scuba}; the file says what each means."""
    text = (shipped.policies() / "data" / "privileged_roles.json").read_text(encoding="utf-8")
    return {role["template_id"]: role for role in json.loads(text)["roles"]}


def compute(_context: FactContext) -> list[dict[str, Any]]:
    """The roles in the order of the file."""
    return list(privileged_roles().values())


FACTS = (Fact("privileged_roles", (), compute),)
