"""What a run came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tenantlint.collect.source import Source
from tenantlint.model import CollectionStatus, Tenant


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one collection. `resumed`: it was taken over from an earlier run."""

    source: Source
    status: CollectionStatus
    detail: str
    count: int
    left_out: int = 0
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A bug: an exception that no fetcher may raise."""

    collection: str
    error: Exception


@dataclass(frozen=True, slots=True)
class CollectReport:
    """A run that came to its end.

    `started`: when the first of the runs that made it began. `seconds`: of this one.
    """

    tenant: Tenant
    licences: frozenset[str] | None
    started: datetime
    seconds: float
    collections: Mapping[str, Ended]
    faults: tuple[Fault, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is missing that was asked for and that the tenant is licensed for."""
        fine = {CollectionStatus.OK, CollectionStatus.UNLICENSED, CollectionStatus.NOT_COLLECTED}
        return not self.faults and all(ended.status in fine for ended in self.collections.values())
