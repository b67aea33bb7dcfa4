"""Security & Compliance answers on a host of the tenant's region, which its front door names in a redirect.

A GET of the module's path is answered with a 302. Its target is the region's own front end
(`eur03b.admin.protection.outlook.com:446`), of which only the first label is used: the host that gets the token is
put together from that label and the cloud's pinned suffix. The transport refuses every other host once more.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote, urlsplit

from tenantlint.collect.calls import Call, CallError, Reason, Service
from tenantlint.collect.cmdlets import anchor
from tenantlint.collect.fetching import Context
from tenantlint.collect.hosts import CLOUDS, Cloud
from tenantlint.collect.source import Source

_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class _Region:
    """The origin of one run: looked for once, whichever collection comes first. A failure is not kept."""

    def __init__(self, _context: Context) -> None:
        self.lock = asyncio.Lock()
        self.origin: str | None = None


async def region(context: Context, source: Source) -> str:
    """The origin that the tenant's cmdlets are sent to; "" for the front door itself. Raises CallError."""
    found = context.shared(_Region)
    async with found.lock:
        if found.origin is None:
            found.origin = await _discovered(context, source)
        return found.origin


async def _discovered(context: Context, source: Source) -> str:
    call = Call(
        service=Service.COMPLIANCE,
        url=f"/AdminApi/v1.0/{quote(context.tenant.id, safe='')}/EXOModuleFile",
        rate=source.rate,
        area=source.area,
        collection=source.collection,
        headers={"X-AnchorMailbox": anchor(context.tenant, Service.COMPLIANCE)},
    )
    target = await context.sender.location(call)
    if target.startswith("/") and not target.startswith("//"):
        return ""
    origin = _origin(target, Cloud(context.tenant.cloud or Cloud.GLOBAL))
    if origin is None:
        raise CallError(
            call,
            Reason.FOREIGN_LINK,
            message="the redirect to the tenant's region leads to a host that is not Security & Compliance",
        )
    return origin


def _origin(target: str, cloud: Cloud) -> str | None:
    """The region's origin behind a redirect's target; None where the target is no region.

    A stand-in on this machine names itself: it comes back as it is, and the transport alone knows whether it is ours.
    """
    try:
        parts = urlsplit(target)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if "@" in parts.netloc or parts.scheme not in {"http", "https"}:
        return None
    if host in _LOOPBACK:
        name = f"[{host}]" if ":" in host else host
        return f"{parts.scheme}://{name}" + (f":{port}" if port else "")
    return _regional(host, cloud) if parts.scheme == "https" else None


def _regional(host: str, cloud: Cloud) -> str | None:
    names = CLOUDS[cloud]
    if host == names.compliance:
        return ""
    resource = names.compliance_resource
    for suffix in (resource, resource.replace("ps.compliance.", "admin.", 1)):
        prefix = host.removesuffix(f".{suffix}")
        if prefix != host and _PREFIX.fullmatch(prefix):
            return f"https://{prefix}.{resource}"
    return None
