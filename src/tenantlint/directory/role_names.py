"""The names of built-in roles, for snapshots that hold only their ids."""

from __future__ import annotations

import json
from functools import cache

from tenantlint import shipped


@cache
def built_in_role_names() -> dict[str, str]:
    """Template id to name: privileged roles and others that policies often name (policies/data)."""
    text = (shipped.policies() / "data" / "privileged_roles.json").read_text(encoding="utf-8")
    loaded = json.loads(text)
    return {role["template_id"]: role["name"] for role in (*loaded["roles"], *loaded["other_roles"])}
