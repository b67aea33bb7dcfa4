"""The fact `application_assignment`: who may sign in to applications that others publish.

```
{"foreign": [{"id", "name", "app_id", "enabled": bool | null, "origin": "foreign", "required": bool | null}],
 "microsoft": {APP_ID: {"id", "name", "enabled": bool | null, "required": bool | null}}}
```

`required`: only people (and applications) that were assigned get a token for it (appRoleAssignmentRequired).
"""

from __future__ import annotations

from typing import Any

from tenantlint.facts.application_power import MICROSOFT_TENANTS
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    own = context.snapshot.tenant.id.lower()
    foreign: list[dict[str, Any]] = []
    microsoft: dict[str, dict[str, Any]] = {}
    for item in context.snapshot.items("service_principals"):
        owner = str(item.get("appOwnerOrganizationId") or "").lower()
        app = str(item.get("appId") or "").lower()
        if owner in MICROSOFT_TENANTS:
            microsoft[app] = _about(item)
        elif owner and owner != own:
            foreign.append({**_about(item), "app_id": app, "origin": "foreign"})
    return {
        "foreign": sorted(foreign, key=lambda row: (row["name"].casefold(), row["id"])),
        "microsoft": {app: microsoft[app] for app in sorted(microsoft)},
    }


def _about(item: JsonObject) -> dict[str, Any]:
    return {
        "id": str(item.get("id") or ""),
        "name": str(item.get("displayName") or ""),
        "enabled": _switch(item.get("accountEnabled")),
        "required": _switch(item.get("appRoleAssignmentRequired")),
    }


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


FACTS = (Fact("application_assignment", ("service_principals",), compute),)
