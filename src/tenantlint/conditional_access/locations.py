"""The location dimension: which named locations a sign-in is in, all at once.

An atom is a set of named locations. IP locations are cut into elementary intervals, so that overlapping ranges are
exact; countries are independent of addresses (the service's table is not ours); every location whose extent is not
known here (GPS, the compliant network, one that the snapshot does not hold, the trusted IPs of per-user MFA) may
or may not contain any sign-in.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, combinations, islice, product

from tenantlint.conditional_access.policy import MFA_TRUSTED_IPS, Policy
from tenantlint.model import JsonObject

ALL_TRUSTED = "alltrusted"
# Locations of which it is not known whether there is any such place. A named location that the snapshot lacks is
# taken to be somewhere.
DOUBTFUL = frozenset({ALL_TRUSTED, MFA_TRUSTED_IPS})
_LIMIT = 4096

Interval = tuple[int, int, int]  # IP version, first, last


@dataclass(frozen=True)
class Location:
    """One named location. `intervals` for IP ranges, `countries` for countries by address; `free` when its extent
    is not known here. `unknown` names what a result depends on when it hangs on this location.
    """

    id: str
    name: str
    trusted: bool = False
    intervals: tuple[Interval, ...] = ()
    countries: frozenset[str] | None = None
    unknown_countries: bool = False
    free: bool = False
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class LocationAtom:
    """`ids`: the named locations that hold it. `address` and `country` of one such sign-in, for a witness.

    `crowd`: it stands for all sign-ins that have no atom of their own, in any of these locations.
    """

    ids: frozenset[str]
    address: str | None = None
    country: str | None = None
    unknowns: tuple[str, ...] = ()
    crowd: bool = False


@dataclass(frozen=True)
class Locations:
    """The named locations of a tenant, by id in lower case. `known`: whether the list is whole.

    `aliases`: other names for ids, where two tenants that are compared define one id differently.
    """

    by_id: Mapping[str, Location] = field(default_factory=dict)
    known: bool = True
    aliases: Mapping[str, str] = field(default_factory=dict)

    def get(self, identity: str) -> Location:
        """The location; one that is not in the snapshot has an unknown extent."""
        found = self.by_id.get(identity)
        if found is not None:
            return found
        if identity == ALL_TRUSTED:
            return Location(
                identity, "trusted locations", trusted=True, free=True, unknown="which locations are trusted"
            )
        if identity == MFA_TRUSTED_IPS:
            return Location(
                identity, "MFA trusted IPs", trusted=True, free=True, unknown="the trusted IPs of per-user MFA"
            )
        return Location(
            identity, identity, free=True, unknown=f"the named location {identity}, which is not in the snapshot"
        )

    def trusted(self) -> frozenset[str]:
        """Every trusted location, and the trusted IPs of per-user MFA, which no list holds.

        Where the list is not known, one location of unknown extent stands for them.
        """
        if not self.known:
            return frozenset({ALL_TRUSTED})
        return frozenset(key for key, one in self.by_id.items() if one.trusted) | {MFA_TRUSTED_IPS}

    def expand(self, named: Iterable[str]) -> frozenset[str]:
        """Ids with AllTrusted replaced by the locations that it stands for."""
        found: set[str] = set()
        for one in named:
            found |= self.trusted() if one == ALL_TRUSTED else {self.aliases.get(one, one)}
        return frozenset(found)

    def aliased(self, ids: Iterable[str], mark: str) -> Locations:
        """The same locations, these ones under names of their own."""
        names = {one: f"{one}{mark}" for one in ids if one in self.by_id}
        renamed = {names.get(key, key): replace(one, id=names.get(key, key)) for key, one in self.by_id.items()}
        return Locations(renamed, self.known, names)

    def holding(self, address: str | None, country: str | None) -> frozenset[str]:
        """The locations with a known extent that hold this address and country (None: not known)."""
        found = set()
        number = address_number(address)
        for key, one in self.by_id.items():
            if one.free:
                continue
            if number and any(v == number[0] and first <= number[1] <= last for v, first, last in one.intervals):
                found.add(key)
            if one.countries is not None and (country.upper() in one.countries if country else one.unknown_countries):
                found.add(key)
        return frozenset(found)


def parse_locations(items: Sequence[JsonObject], *, known: bool = True) -> Locations:
    """The named locations of a snapshot's collection; `known`: whether the collection is whole."""
    found = {}
    for item in items:
        one = _location(item)
        found[one.id] = one
    return Locations(found, known)


def location_atoms(policies: Iterable[Policy], locations: Locations) -> tuple[LocationAtom, ...] | None:
    """All sets of named locations that a sign-in can be in at once, as far as the policies name them.

    None when there are more than can be walked.
    """
    by_address, by_country, free = _divided(_named(policies, locations))
    if len(by_address) * len(by_country) << len(free) > _LIMIT:
        return None
    insides = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
    return _atoms(product(by_address.items(), by_country.items(), insides))


def simple_atoms(policies: Iterable[Policy], locations: Locations) -> tuple[LocationAtom, ...]:
    """As many of these sets as can be walked, the plainest first: for where `location_atoms` has too many.

    Those with few locations of unknown extent come first, then those by address or by country alone.
    """
    by_address, by_country, free = _divided(_named(policies, locations))
    nowhere = (frozenset[str](), None)
    plain = chain(
        ((place, nowhere, ()) for place in by_address.items()),
        ((nowhere, place, ()) for place in list(by_country.items())[1:]),
    )
    for size in (2, 1, 0):
        insides = list(chain.from_iterable(combinations(free, few) for few in range(size + 1)))
        if len(by_address) * len(by_country) * len(insides) <= _LIMIT:
            return _atoms(product(by_address.items(), by_country.items(), insides))
    return _atoms(islice(plain, _LIMIT))


def crowd_atom(policies: Iterable[Policy], locations: Locations) -> LocationAtom:
    """What `simple_atoms` leaves out, as one atom: in which locations it is is not known."""
    ids = frozenset(one.id for one in _named(policies, locations))
    return LocationAtom(ids, unknowns=("in which of the named locations a sign-in is at once",), crowd=True)


def _divided(
    relevant: Sequence[Location],
) -> tuple[dict[frozenset[str], str | None], dict[frozenset[str], str | None], list[Location]]:
    by_address = _addresses([one for one in relevant if one.intervals and not one.free])
    by_country = _countries([one for one in relevant if one.countries is not None and not one.free])
    return by_address, by_country, [one for one in relevant if one.free]


_Cell = tuple[frozenset[str], str | None]


def _atoms(cells: Iterable[tuple[_Cell, _Cell, Sequence[Location]]]) -> tuple[LocationAtom, ...]:
    found = [
        LocationAtom(
            addresses | countries | {one.id for one in inside},
            address,
            country,
            tuple(one.unknown for one in inside if one.unknown),
        )
        for (addresses, address), (countries, country), inside in cells
    ]
    return tuple(sorted(found, key=lambda one: (len(one.ids), sorted(one.ids))))


def _named(policies: Iterable[Policy], locations: Locations) -> list[Location]:
    named: set[str] = set()
    for policy in policies:
        named |= locations.expand((policy.locations.include or frozenset()) | policy.locations.exclude)
    return [locations.get(one) for one in sorted(named)]


def _addresses(found: Sequence[Location]) -> dict[frozenset[str], str | None]:
    """Sets of IP locations that some address is in, with one such address; first the empty set.

    A sweep over the ends of all ranges: a tenant may have hundreds of thousands.
    """
    cells: dict[frozenset[str], str | None] = {frozenset(): None}
    for version, bits in ((4, 32), (6, 128)):
        steps: dict[int, Counter[str]] = {}
        for one in found:
            for kind, first, last in one.intervals:
                if kind == version:
                    steps.setdefault(first, Counter())[one.id] += 1
                    steps.setdefault(last + 1, Counter())[one.id] -= 1
        inside: Counter[str] = Counter()
        for start in sorted(steps):
            for identity, step in steps[start].items():
                inside[identity] += step
                if not inside[identity]:
                    del inside[identity]
            ids = frozenset(inside)
            if ids and ids not in cells and start < 1 << bits:
                cells[ids] = str(ipaddress.ip_address(start) if version == 4 else ipaddress.IPv6Address(start))
    return dict(sorted(cells.items(), key=lambda one: (len(one[0]), sorted(one[0]))))


def _countries(found: Sequence[Location]) -> dict[frozenset[str], str | None]:
    cells: dict[frozenset[str], str | None] = {}
    for country in sorted({name for one in found for name in one.countries or ()}):
        ids = frozenset(one.id for one in found if country in (one.countries or ()))
        cells.setdefault(ids, country)
    cells.setdefault(frozenset(one.id for one in found if one.unknown_countries), None)
    cells.setdefault(frozenset(), "ZZ" if found else None)
    return dict(sorted(cells.items(), key=lambda one: (len(one[0]), sorted(one[0]))))


def _location(item: JsonObject) -> Location:
    identity = str(item.get("id") or item.get("displayName") or "").casefold()
    name = str(item.get("displayName") or identity)
    kind = str(item.get("@odata.type") or "").casefold()
    trusted = item.get("isTrusted") is True
    if "compliantnetwork" in kind:
        return Location(identity, name, True, free=True, unknown="")
    if "country" in kind or "countriesAndRegions" in item:
        countries = frozenset(str(one).upper() for one in item.get("countriesAndRegions") or ())
        if str(item.get("countryLookupMethod") or "").casefold() == "authenticatorappgps":
            return Location(identity, name, trusted, free=True, unknown="")
        return Location(identity, name, trusted, (), countries, item.get("includeUnknownCountriesAndRegions") is True)
    intervals, unread = _intervals(item.get("ipRanges") or ())
    if unread:
        return Location(
            identity, name, trusted, free=True, unknown=f"the IP range {unread} of {name}, which is not understood"
        )
    return Location(identity, name, trusted, intervals)


def _intervals(ranges: Iterable[JsonObject]) -> tuple[tuple[Interval, ...], str | None]:
    found: list[Interval] = []
    for one in ranges:
        try:
            if one.get("cidrAddress"):
                network = ipaddress.ip_network(str(one["cidrAddress"]), strict=False)
                found.append((network.version, int(network.network_address), int(network.broadcast_address)))
            else:
                first = ipaddress.ip_address(str(one.get("lowerAddress")))
                last = ipaddress.ip_address(str(one.get("upperAddress")))
                found.append((first.version, int(first), int(last)))
        except ValueError:
            return (), str(dict(one))
    return tuple(found), None


@lru_cache(maxsize=65_536)
def address_number(address: str | None) -> tuple[int, int] | None:
    """The version and number of an IP address; one of IPv4 that is written as IPv6 is of IPv4. None: it is none."""
    if not address:
        return None
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (4, int(mapped)) if mapped else (parsed.version, int(parsed))
