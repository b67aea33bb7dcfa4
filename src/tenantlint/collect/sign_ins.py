"""Sign-ins, counted by their circumstances while they stream by: single records are never kept."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from tenantlint.collect.fetching import Context, RestartNeededError
from tenantlint.collect.paging import pages
from tenantlint.collect.source import Source
from tenantlint.model import Json, JsonObject

_BATCH = 1000
_SEEN = "sign_ins/records"
_NAMED = "namedNetwork"
_TRUSTED = "trustedNamedLocation"
Key = tuple[Any, ...]


async def fetch_sign_ins(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """One row for each combination of circumstances: how often, when first and when last.

    A record that comes twice counts once; it is a sign that records moved between pages, and that another may have
    come nowhere. Then all are read again, until two readings in a row have the same records.
    """
    context.spool.forget(_SEEN)
    counts = Counts()
    records = _Records()
    request = context.scope.bounded(source.request, context.scope.sign_in_days)
    async for page in pages(context, source, request):
        named = [str(item["id"]) for item in page.items if item.get("id")]
        fresh = set(context.spool.note(_SEEN, named))
        records.note(fresh, repeated=len(fresh) < len(named))
        for item in page.items:
            identity = item.get("id")
            if not identity or str(identity) in fresh:
                fresh.discard(str(identity))
                counts.add(item)
    context.spool.forget(_SEEN)
    batch: list[JsonObject] = []
    for row in counts.rows():
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch
    earlier = context.shared(_Earlier)
    if records.repeated and records.sum != earlier.sum:
        earlier.sum = records.sum
        raise RestartNeededError("sign-ins moved between pages")


class _Records:
    """Which records a reading had, whatever their order: the sum of their hashes."""

    def __init__(self) -> None:
        self.sum = 0
        self.repeated = False

    def note(self, ids: Iterable[str], *, repeated: bool) -> None:
        self.repeated = self.repeated or repeated
        for one in ids:
            self.sum += int.from_bytes(hashlib.sha256(one.encode("utf-8", "surrogatepass")).digest()[:16], "big")


class _Earlier:
    """What the reading before came to."""

    def __init__(self, _context: Context) -> None:
        self.sum: int | None = None


class Counts:
    """Records by their circumstances."""

    def __init__(self) -> None:
        self._found: dict[Key, list[Any]] = {}

    def add(self, record: JsonObject) -> None:
        """Count one record of Graph's (`signIn`)."""
        moment = str(record.get("createdDateTime"))
        circumstances = circumstances_of(record)
        key = tuple(sys.intern(value) if type(value) is str else value for value in circumstances.values())
        row = self._found.get(key)
        if row is None:
            self._found[key] = [1, moment, moment]
            return
        row[0] += 1
        row[1] = min(row[1], moment)
        row[2] = max(row[2], moment)

    def rows(self) -> Iterator[JsonObject]:
        """A row a combination."""
        for key, (count, first, last) in self._found.items():
            circumstances = dict(zip(CIRCUMSTANCES, (_listed(value) for value in key), strict=True))
            yield {
                **circumstances,
                "id": row_id(circumstances),
                "count": count,
                "firstSeenDateTime": first,
                "lastSeenDateTime": last,
            }


CIRCUMSTANCES = (
    "userId",
    "userPrincipalName",
    "appId",
    "appDisplayName",
    "resourceId",
    "resourceDisplayName",
    "clientAppUsed",
    "operatingSystem",
    "isCompliant",
    "isManaged",
    "trustType",
    "countryOrRegion",
    "namedLocations",
    "isTrustedLocation",
    "riskLevelDuringSignIn",
    "riskLevelAggregated",
    "authenticationProtocol",
    "originalTransferMethod",
    "errorCode",
    "conditionalAccessStatus",
)


def circumstances_of(record: JsonObject) -> dict[str, Any]:
    """What is told apart, by the names of `CIRCUMSTANCES`; every value can be part of a key."""
    device, place = _object(record, "deviceDetail"), _object(record, "location")
    networks = record.get("networkLocationDetails")
    named = [network for network in networks if isinstance(network, dict)] if isinstance(networks, list) else []
    found = {
        **{key: record.get(key) for key in CIRCUMSTANCES},
        "operatingSystem": device.get("operatingSystem"),
        "isCompliant": device.get("isCompliant"),
        "isManaged": device.get("isManaged"),
        "trustType": device.get("trustType"),
        "countryOrRegion": place.get("countryOrRegion"),
        "namedLocations": tuple(sorted({str(name) for network in named for name in network.get("networkNames") or ()})),
        "isTrustedLocation": any(network.get("networkType") == _TRUSTED for network in named),
        "errorCode": _object(record, "status").get("errorCode"),
    }
    return {key: found[key] for key in CIRCUMSTANCES}


def row_id(circumstances: JsonObject) -> str:
    """The same circumstances have the same id on every run."""
    told = json.dumps(circumstances, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _object(record: JsonObject, key: str) -> JsonObject:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _listed(value: Json) -> Json:
    return list(value) if isinstance(value, tuple) else value
