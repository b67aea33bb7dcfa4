"""One route of Graph, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.emulator.graph import errors
from tests.emulator.graph.errors import GraphError

BOTH = ("v1.0", "beta")


class Kind(StrEnum):
    """What a route answers with."""

    LIST = "list"
    OBJECT = "object"


class Top(StrEnum):
    """What `$top` does on a route.

    Not the same everywhere: most take it for the size of a page, Conditional Access for the end of the list, some
    refuse it.
    """

    PAGE = "page"
    END = "end"
    REFUSED = "refused"


class Limit(StrEnum):
    """Routes that share a documented limit."""

    CONDITIONAL_ACCESS = "conditional_access"
    REPORTS = "reports"
    DIRECTORY = "directory"
    SCORES = "secure_scores"
    PROFILES = "secure_score_profiles"
    NONE = "none"


Denied = Callable[[tuple[str, ...]], GraphError]


@dataclass(frozen=True, slots=True)
class Route:
    """A path under the version and how it behaves.

    `collection`: of the snapshot. `entity`: the name of the type, for contexts and errors. `page`: size of a page when
    none is asked for; `maximum`: the largest; `clamp`: a larger one is cut to it, else refused with 400. `units`: base
    cost in the directory's resource units. `licence`: any of these; `unlicensed`: what is said without. `expand`:
    relationships that `$expand` takes. `filters`: properties that `$filter` takes. `demands`: properties that a
    `$filter` must name, any one group of them. `denied`: how the service refuses.
    `counts`: whether `$count=true` is heeded. `history`: the property that tells when, and how many days back a filter
    on it may ask: without P1, and with.
    """

    path: str
    collection: str
    entity: str
    kind: Kind = Kind.LIST
    versions: tuple[str, ...] = BOTH
    page: int = 100
    maximum: int = 999
    clamp: bool = False
    top: Top = Top.PAGE
    limit: Limit = Limit.DIRECTORY
    units: int = 1
    licence: tuple[str, ...] = ()
    unlicensed: Callable[[], GraphError] = errors.no_p1
    denied: Denied = lambda needed: errors.denied()
    expand: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()
    demands: tuple[tuple[str, ...], ...] = ()
    demanded: Callable[[], GraphError] = errors.no_provider
    counts: bool = False
    history: tuple[str, int, int] | None = None
