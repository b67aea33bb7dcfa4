"""Which policies' named locations a sign-in is in: from its address and country, or from the locations it names.

Without an address or a country, a location may hold the sign-in. A sign-in is taken to be outside the trusted IPs of
per-user MFA, which no snapshot holds and most tenants leave empty; results that this could alter say so. Locations by
GPS and the compliant network are like a flow: unless `locations` names one, a sign-in that has an address or a country
is not in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tenantlint.conditional_access.conditions import Kept
from tenantlint.conditional_access.identities import Match
from tenantlint.conditional_access.locations import ALL_TRUSTED, Location, Locations, address_number
from tenantlint.conditional_access.policy import MFA_TRUSTED_IPS, Policy
from tenantlint.conditional_access.sign_in import UNKNOWN_COUNTRY

ADDRESS = "the address of the sign-in (ipAddress)"
COUNTRY = "the country of the sign-in (country)"
INSIDE = "whether the sign-in is in the location {} (locations)"

# The address as the IP locations that hold it (None: not given), the country, the exact locations.
Place = tuple[frozenset[str] | None, str | None, tuple[str, ...] | None]


class Places:
    """The location conditions of a set of policies."""

    def __init__(self, policies: Sequence[Policy], locations: Locations) -> None:
        self._locations = locations
        self._asked = [
            (
                index,
                None if one.locations.include is None else locations.expand(one.locations.include),
                locations.expand(one.locations.exclude),
            )
            for index, one in enumerate(policies)
            if one.locations.configured
        ]
        self._free = ((1 << len(policies)) - 1) & ~sum(1 << index for index, _, _ in self._asked)
        named = sorted({key for _, include, exclude in self._asked for key in (*(include or ()), *exclude)})
        self._known = [locations.get(key) for key in named]
        self._ranges = _Ranges([one for one in self._known if one.intervals and not one.free])
        self._kept: Kept[Place] = Kept(self._match)

    def match(self, address: str | None, country: str | None, exact: tuple[str, ...] | None) -> Match:
        """The policies whose location condition holds."""
        return self._kept((None if address is None else self._ranges.holding(address), country, exact))

    def _match(self, place: Place) -> Match:
        inside, unsure = self._whereabouts(place)
        possible = inside | unsure.keys()
        doubtful = possible - {MFA_TRUSTED_IPS}
        must = taken = may = self._free
        why: dict[int, tuple[str, ...]] = {}
        for index, include, exclude in self._asked:
            held = include is None or not include.isdisjoint(inside)
            surely = held and exclude.isdisjoint(possible)
            likely = held and exclude.isdisjoint(inside | doubtful)
            perhaps = (include is None or not include.isdisjoint(possible)) and exclude.isdisjoint(inside)
            must |= surely << index
            taken |= likely << index
            may |= perhaps << index
            if perhaps and not surely:
                asks = exclude if include is None else include | exclude
                why[index] = tuple(dict.fromkeys(text for key, text in unsure.items() if key in asks))
        return Match(must, taken, may, why)

    def _whereabouts(self, place: Place) -> tuple[frozenset[str], dict[str, str]]:
        """The locations that hold the sign-in, and those that may, with what it hangs on."""
        addressed, country, exact = place
        if exact is not None:
            return self._locations.expand(set(exact) - {ALL_TRUSTED}) | ({ALL_TRUSTED} & set(exact)), {}
        inside = set(addressed or ())
        unsure: dict[str, str] = {}
        for one in self._known:
            if one.free:
                if one.unknown or (addressed is None and country is None):
                    unsure[one.id] = one.unknown or INSIDE.format(one.name)
            elif one.countries is not None:
                if country is None:
                    unsure[one.id] = COUNTRY
                elif country in one.countries or (country == UNKNOWN_COUNTRY and one.unknown_countries):
                    inside.add(one.id)
            elif addressed is None and one.intervals:
                unsure[one.id] = ADDRESS
        return frozenset(inside), unsure


class _Ranges:
    """IP locations cut into intervals, so that an address costs one bisection however many ranges there are."""

    def __init__(self, found: Sequence[Location]) -> None:
        self._starts: dict[int, list[int]] = {}
        self._sets: dict[int, list[frozenset[str]]] = {}
        for version in (4, 6):
            changes: dict[int, list[tuple[str, int]]] = {0: []}
            for one in found:
                for kind, first, last in one.intervals:
                    if kind == version:
                        changes.setdefault(first, []).append((one.id, 1))
                        changes.setdefault(last + 1, []).append((one.id, -1))
            self._starts[version] = sorted(changes)
            self._sets[version] = list(_swept(changes, self._starts[version]))

    def holding(self, address: str) -> frozenset[str]:
        """The locations that hold an address; none for what is no address."""
        number = address_number(address)
        if number is None:
            return frozenset()
        version, value = number
        return self._sets[version][bisect_right(self._starts[version], value) - 1]


def _swept(changes: dict[int, list[tuple[str, int]]], starts: Sequence[int]) -> list[frozenset[str]]:
    """For each interval the locations that hold it; ranges of one location may overlap."""
    depth: dict[str, int] = {}
    known: dict[frozenset[str], frozenset[str]] = {}
    sets = []
    for start in starts:
        for identity, step in changes[start]:
            depth[identity] = depth.get(identity, 0) + step
            if not depth[identity]:
                del depth[identity]
        held = frozenset(depth)
        sets.append(known.setdefault(held, held))
    return sets
