"""What one call to the directory costs, in the resource units that Graph's throttling counts.

Source: Microsoft Graph service-specific throttling limits, identity and access: a base cost by path, one less with
`$select`, one less with `$top` below 20, one more with `$expand`, never below 1.
"""

from __future__ import annotations

import re

_BASE = (
    (re.compile(r"^/groups/[^/]+/transitiveMembers$"), 5),
    (re.compile(r"^/groups/[^/]+/members$"), 3),
    (re.compile(r"^/subscribedSkus$"), 3),
    (re.compile(r"^/users(/[^/]+)?$"), 2),
)
_TOP = re.compile(r"(?:^|&)\$top=(\d+)")
_FEW = 20


def resource_units(request: str) -> int:
    """Units of a GET. `request`: the path under the API version, with its query (`/users?$select=id&$top=999`)."""
    path, _, query = request.partition("?")
    units = next((base for pattern, base in _BASE if pattern.match(path)), 1)
    options = {part.partition("=")[0] for part in query.split("&")}
    top = _TOP.search(query)
    units -= "$select" in options
    units -= bool(top and int(top[1]) < _FEW)
    units += "$expand" in options
    return max(units, 1)
