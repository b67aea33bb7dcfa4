"""The fact `trusted_locations`: the named locations by addresses, and how wide their ranges are.

```
[{"id", "name", "trusted": bool | null,
  "ranges": [{"range", "version": 4 | 6 | null, "prefix": n | null, "private": bool, "addresses": text}]}]
```

`version` null: the range cannot be read. `private`: addresses from which no sign-in over the internet comes (private
networks, those of carriers, loopback and link-local ones).
"""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from tenantlint.facts.interface import Fact, FactContext

_KIND = "ipnamedlocation"
_PRIVATE = tuple(
    ip_network(one)
    for one in (
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


def compute(context: FactContext) -> list[dict[str, Any]]:
    """The fact, as the module describes it."""
    found = []
    for item in context.snapshot.items("named_locations"):
        ranges = item.get("ipRanges")
        if not str(item.get("@odata.type") or _KIND).casefold().endswith(_KIND) or not isinstance(ranges, list):
            continue
        trusted = item.get("isTrusted")
        found.append(
            {
                "id": str(item.get("id") or item.get("displayName") or ""),
                "name": str(item.get("displayName") or item.get("id") or ""),
                "trusted": trusted if isinstance(trusted, bool) else None,
                "ranges": [_range(one) for one in ranges],
            }
        )
    return found


def _range(given: Any) -> dict[str, Any]:
    text = str(given.get("cidrAddress") or "") if isinstance(given, dict) else str(given)
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError:
        return {"range": text, "version": None, "prefix": None, "private": False, "addresses": "?"}
    return {
        "range": text,
        "version": network.version,
        "prefix": network.prefixlen,
        "private": any(
            one.version == network.version and network.overlaps(one) and network.prefixlen >= one.prefixlen
            for one in _PRIVATE
        ),
        "addresses": str(network.num_addresses),
    }


FACTS = (Fact("trusted_locations", ("named_locations",), compute),)
