"""Single sign-ins, made from the counted rows of a snapshot so that counting them gives those rows again."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

Item = Mapping[str, Any]

_KEPT = timedelta(days=30)  # what Entra ID keeps with P1 or P2
_BETA_ONLY = frozenset(
    {"authenticationProtocol", "originalTransferMethod", "networkLocationDetails", "resourceServicePrincipalId"}
)
_AT_TOP = (
    "userId",
    "userPrincipalName",
    "appId",
    "appDisplayName",
    "resourceId",
    "resourceDisplayName",
    "clientAppUsed",
    "riskLevelDuringSignIn",
    "riskLevelAggregated",
    "authenticationProtocol",
    "originalTransferMethod",
    "conditionalAccessStatus",
)
_NAMESPACE = uuid.UUID("0f5b9a52-5a0e-5a0c-9a3b-6f5f2b8f3f10")


class Records:
    """Sign-ins, newest first. Each is made when it is asked for: a row of a thousand is kept as one row."""

    def __init__(self, rows: Sequence[Item], now: datetime | None) -> None:
        self._rows = rows
        self._moments = sorted(_moments(rows), reverse=True)
        if now is not None:
            since = now - _KEPT
            self._moments = [one for one in self._moments if one[0] >= since]

    def matching(self, test: Callable[[Item], bool] | None) -> Sequence[tuple[datetime, int, int]]:
        """Which sign-ins a filter leaves."""
        if test is None:
            return self._moments
        return [one for one in self._moments if test(self._looked_at(one))]

    def record(self, which: tuple[datetime, int, int], version: str) -> Item:
        """The whole sign-in."""
        _, index, number = which
        row = self._rows[index]
        record = {
            "id": str(uuid.uuid5(_NAMESPACE, f"{row.get('id')}/{number}")),
            "createdDateTime": self._time(which),
            "correlationId": str(uuid.uuid5(_NAMESPACE, f"{row.get('id')}/{number}/correlation")),
            "isInteractive": True,
            "ipAddress": "203.0.113.10",
            **{key: row.get(key) for key in _AT_TOP},
            "status": {"errorCode": row.get("errorCode"), "failureReason": None, "additionalDetails": None},
            "deviceDetail": {
                "deviceId": "",
                "displayName": "",
                "operatingSystem": row.get("operatingSystem"),
                "browser": None,
                "isCompliant": row.get("isCompliant"),
                "isManaged": row.get("isManaged"),
                "trustType": row.get("trustType"),
            },
            "location": {"city": None, "state": None, "countryOrRegion": row.get("countryOrRegion")},
            "networkLocationDetails": _networks(row),
        }
        if version == "v1.0":
            return {key: value for key, value in record.items() if key not in _BETA_ONLY}
        return record

    def _looked_at(self, which: tuple[datetime, int, int]) -> Item:
        return {**self._rows[which[1]], "createdDateTime": self._time(which)}

    def _time(self, which: tuple[datetime, int, int]) -> str:
        """The row's own text at its ends."""
        moment, index, number = which
        row = self._rows[index]
        if number == 0:
            return str(row.get("firstSeenDateTime"))
        return str(row.get("lastSeenDateTime")) if number == int(row["count"]) - 1 else _written(moment)


def _moments(rows: Sequence[Item]) -> Iterator[tuple[datetime, int, int]]:
    """One moment a sign-in: the first, the last, and the others evenly between."""
    for index, row in enumerate(rows):
        count = int(row.get("count") or 0)
        first, last = _read(row.get("firstSeenDateTime")), _read(row.get("lastSeenDateTime"))
        step = (last - first) / max(count - 1, 1)
        for number in range(count):
            between = (first + step * number).replace(microsecond=0)
            yield (last if number == count - 1 and count > 1 else max(first, between), index, number)


def _networks(row: Item) -> list[Item]:
    """The named locations of a row, trusted or not; a trusted network may have no name."""
    names = row.get("namedLocations") or ()
    trusted = bool(row.get("isTrustedLocation"))
    kind = "trustedNamedLocation" if trusted else "namedNetwork"
    if not names and not trusted:
        return []
    return [{"networkType": kind, "networkNames": list(names)}]


def _read(text: Any) -> datetime:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
