"""What a run tells while it runs; the command line decides how it looks."""

from __future__ import annotations

from typing import Protocol

from tenantlint.collect.calls import Call
from tenantlint.model import CollectionStatus


class Observer(Protocol):
    """All methods are called from the one event loop, and must return at once."""

    def area_started(self, area: str, collections: int) -> None:
        """An area begins; so many collections belong to it."""

    def advanced(self, area: str, collection: str, done: int, total: int | None) -> None:
        """So many objects of the collection are here; `total` where the service told it."""

    def collection_finished(
        self, area: str, collection: str, status: CollectionStatus, count: int, detail: str
    ) -> None:
        """The collection has its status."""

    def area_finished(self, area: str) -> None:
        """Every collection of the area has its status."""

    def request_done(
        self, call: Call, *, status: int | None, seconds: float, size: int, attempt: int, waiting: float
    ) -> None:
        """One exchange ended. `status`: None when no reply came. `size`: bytes of the body. `waiting`: seconds until
        the next try, 0 when there is none.
        """


class Silent:
    """An observer that does nothing."""

    def area_started(self, area: str, collections: int) -> None: ...

    def advanced(self, area: str, collection: str, done: int, total: int | None) -> None: ...

    def collection_finished(
        self, area: str, collection: str, status: CollectionStatus, count: int, detail: str
    ) -> None: ...

    def area_finished(self, area: str) -> None: ...

    def request_done(
        self, call: Call, *, status: int | None, seconds: float, size: int, attempt: int, waiting: float
    ) -> None: ...
