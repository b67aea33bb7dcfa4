"""The fact `synchronized_accounts`: accounts that no synchronization may bring into the cloud.

```
{"krbtgt": [{"id", "kind", "name", "enabled", "upn": str, "synchronized": bool | null}]}
```

The key of a krbtgt account signs every Kerberos ticket of its domain; krbtgt_AzureAD is the one of cloud Kerberos
trust. They are told by the beginning of their names, which the on-premises directory gives them and protects.
"""

from __future__ import annotations

from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import as_json
from tenantlint.model import JsonObject

_NAMES = ("displayName", "userPrincipalName", "onPremisesSamAccountName")


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    found = []
    for user in context.snapshot.items("users"):
        if _krbtgt(user):
            synchronized = user.get("onPremisesSyncEnabled") is True
            found.append(
                {
                    **as_json(context.directory.principal(str(user.get("id")))),
                    "upn": str(user.get("userPrincipalName") or ""),
                    "synchronized": synchronized if "onPremisesSyncEnabled" in user else None,
                }
            )
    return {"krbtgt": sorted(found, key=lambda one: str(one["id"]))}


def _krbtgt(user: JsonObject) -> bool:
    return any(str(user.get(name) or "").lower().startswith("krbtgt") for name in _NAMES)


FACTS = (Fact("synchronized_accounts", ("users",), compute),)
