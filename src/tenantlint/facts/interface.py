"""What a fact is: a value computed once from the snapshot, offered to rules under `input.facts`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from tenantlint.directory import Directory, moment
from tenantlint.model import Principal
from tenantlint.snapshot import Snapshot


class Populations(dict[str, tuple[Principal, ...]]):
    """Principals by handle. Of many sets few are asked for: those given by `later` are made when they are."""

    def __init__(self) -> None:
        super().__init__()
        self._later: dict[str, Callable[[], tuple[Principal, ...]]] = {}

    def later(self, handle: str, make: Callable[[], tuple[Principal, ...]]) -> None:
        """Make the principals of the handle when somebody asks for them."""
        self._later[handle] = make

    def __contains__(self, handle: object) -> bool:
        return super().__contains__(handle) or handle in self._later

    def __missing__(self, handle: str) -> tuple[Principal, ...]:
        made = self[handle] = self._later.pop(handle)()
        return made


# The collections that any answer about Conditional Access reads.
CONDITIONAL_ACCESS = (
    "conditional_access_policies",
    "named_locations",
    "authentication_strengths",
    "security_defaults",
    "users",
    "groups",
    "group_members",
    "role_assignments",
    "role_assignment_schedule_instances",
    "role_definitions",
)


_WITH_ENDS = (
    "role_assignment_schedule_instances",
    "role_eligibility_schedule_instances",
    "privileged_access_group_eligibility_schedule_instances",
)


@dataclass(frozen=True)
class FactContext:
    """What a fact may read. `break_glass`: ids of the declared emergency accounts (register, kind break_glass).

    `break_glass_controls`: for each of them, in lower case, the compensating controls that the register names.
    `populations`: a fact that speaks of many principals stores them here under a handle and gives the rules
    only count, sample and handle (`{"population": HANDLE, "count": N}`). `shared`: what one fact computed and
    others want, too, by a key of its module's choice.
    """

    snapshot: Snapshot
    now: datetime
    break_glass: frozenset[str] = frozenset()
    break_glass_controls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    populations: Populations = field(default_factory=Populations)
    shared: dict[Hashable, Any] = field(default_factory=dict)

    @cached_property
    def judged_at(self) -> datetime:
        """The moment at which assignments are judged: when the snapshot was taken.

        A snapshot without a date was taken before the first of its assignments ended, since the service lists no
        assignment that has.
        """
        if self.snapshot.collected_at is not None:
            return self.snapshot.collected_at
        ends = (moment(item.get("endDateTime")) for name in _WITH_ENDS for item in self.snapshot.items(name))
        return min((self.now, *(end - timedelta(seconds=1) for end in ends if end is not None)))

    @cached_property
    def directory(self) -> Directory:
        """Principals, groups and roles of the snapshot; shared by all facts."""
        return Directory(self.snapshot)


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact. `reads`: the collections it looks at (their absence must show in its value, not be hidden)."""

    name: str
    reads: tuple[str, ...]
    compute: Callable[[FactContext], Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """Computed facts: a nested tree for `input.facts`, and the populations that it refers to."""

    tree: Mapping[str, Any]
    populations: Mapping[str, tuple[Principal, ...]]
