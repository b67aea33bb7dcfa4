"""One concrete sign-in of a region, as What-If takes it: ordinary where the region leaves a choice.

`Evaluator(tenant).evaluate(sign_in)` confirms it. Where a location has no extent that is known here, the sign-in says
outright which named locations it is in.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from tenantlint.conditional_access.applications import OTHER, atom_of, names, suites
from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.device_filter import Value
from tenantlint.conditional_access.devices import DeviceAtom
from tenantlint.conditional_access.locations import Location, LocationAtom
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
)
from tenantlint.conditional_access.regions import Open
from tenantlint.conditional_access.sign_in import DEVICES, UNKNOWN_COUNTRY, SignIn
from tenantlint.conditional_access.universe import DIMENSIONS, UNKNOWN_PLATFORM

# What a reader knows best: Exchange Online, SharePoint Online, Azure management.
_FAMILIAR = (
    "00000002-0000-0ff1-ce00-000000000000",
    "00000003-0000-0ff1-ce00-000000000000",
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",
)
_USUAL_PLATFORMS = ("windows", "iOS", "android", "macOS", "linux", "windowsPhone", UNKNOWN_PLATFORM)
# Addresses for documentation and benchmarks (RFC 5737, 2544, 3849), tried before any other.
_ADDRESSES = ("203.0.113.1", "198.51.100.1", "192.0.2.1", "198.18.0.1", "2001:db8::1")
# Countries of every continent, tried where a sign-in must be in none that a named location has.
_COUNTRIES = ("BR", "ZA", "JP", "NZ", "CA", "IS", "KE", "VN", "PE", "ZZ")
# A home tenant that no policy names.
_OTHER_TENANT = "ffffffff-ffff-4fff-8fff-ffffffffffff"

Point = tuple[int, ...]


class Witnesses:
    """Witnesses of the regions of one answer."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self._space = coverage.space
        self._locations = coverage.tenant.locations
        self._named = coverage.people.named(coverage.side)

    def point(self, region: Open) -> Point:
        """The index of the witness's atom in each dimension."""
        choose = {
            "applications": self._application,
            "platforms": _platform,
            "locations": self._place,
        }
        return tuple(
            choose[name](mask) if name in choose else (mask & -mask).bit_length() - 1
            for name, mask in zip(DIMENSIONS, region.masks, strict=True)
        )

    def person(self, region: Open) -> int:
        """The class of the witness: the largest one of accounts, else whoever is in the least."""
        classes = self._coverage.people.classes
        return min(
            bits_of(region.users),
            key=lambda one: (-classes[one].count, len(classes[one].unknowns), len(classes[one].names), one),
        )

    def sign_in(self, region: Open) -> SignIn:
        """The witness of a region."""
        point = dict(zip(DIMENSIONS, self.point(region), strict=True))
        place = self._space.locations[point["locations"]]
        country = self._country(place)
        person = self._person(self.person(region))
        return SignIn(
            **person,
            resources=(self._resource(self._space.applications[point["applications"]]),),
            client_app_type=CLIENT_APP_TYPES[point["client_app_types"]],
            platform=(*PLATFORMS, UNKNOWN_PLATFORM)[point["platforms"]],
            device=device(self._space.devices[point["devices"]]),
            ip_address=place.address or self._elsewhere,
            country=country,
            locations=self._exactly(place),
            sign_in_risk=RISK_LEVELS[point["sign_in_risk"]],
            user_risk=RISK_LEVELS[point["user_risk"]],
            insider_risk=INSIDER_RISK_LEVELS[point["insider_risk"]],
            flow=TRANSFER_METHODS[point["authentication_flows"]],
        )

    def _application(self, mask: int) -> int:
        atoms = self._space.applications
        if not self._space.narrowed:
            for one in _FAMILIAR:
                at = atoms.index(atom_of(one, atoms))
                if mask >> at & 1:
                    return at
        # `other` stands last and for the most applications.
        return mask.bit_length() - 1

    def _resource(self, atom: str) -> str:
        """An application that the atom stands for; the word itself where none is known."""
        atoms = self._space.applications
        if self._space.narrowed or atom not in {OTHER, *suites()}:
            return atom
        candidates = [*_FAMILIAR, *sorted(names(), key=lambda one: (names()[one], one))]
        return next((one for one in candidates if one not in {OTHER, *suites()} and atom_of(one, atoms) == atom), atom)

    def _place(self, mask: int) -> int:
        """The plainest place: with an address that is known, in few locations."""
        atoms = self._space.locations

        def oddity(index: int) -> tuple[int, int, int]:
            ids = atoms[index].ids
            return sum(self._locations.get(one).free for one in ids), len(ids), index

        return min(bits_of(mask), key=oddity)

    def _exactly(self, place: LocationAtom) -> tuple[str, ...] | None:
        """The locations by id, where an address and a country do not tell them all."""
        if not any(one.free for one in self._relevant) and (place.address or not place.ids or self._has_countries):
            shown = self._locations.holding(place.address or self._elsewhere, self._country(place))
            if shown & {one.id for one in self._relevant} == place.ids and (place.address or self._elsewhere):
                return None
        back = {alias: one for one, alias in self._locations.aliases.items()}
        known = {one for one in place.ids if one in back or one in self._locations.by_id or "(" not in one}
        return tuple(sorted(back.get(one, one) for one in known))

    def _country(self, place: LocationAtom) -> str | None:
        """A country that agrees with the place; None where no named location is about countries."""
        if not self._has_countries:
            return None
        about = [one for one in self._relevant if one.countries is not None and not one.free]
        if any(one.id in place.ids for one in about):
            return place.country or UNKNOWN_COUNTRY
        named = frozenset().union(*(one.countries or () for one in about))
        return next((one for one in _COUNTRIES if one not in named), place.country or UNKNOWN_COUNTRY)

    @cached_property
    def _relevant(self) -> list[Location]:
        """The named locations that the universe tells apart."""
        return [self._locations.get(one) for one in sorted({one for atom in self._space.locations for one in atom.ids})]

    @cached_property
    def _has_countries(self) -> bool:
        return any(one.countries is not None and not one.free for one in self._relevant)

    @cached_property
    def _elsewhere(self) -> str | None:
        """An address in no named location."""
        return next((one for one in self._addresses() if not self._inside(one)), None)

    def _addresses(self) -> Iterator[str]:
        yield from _ADDRESSES
        for location in self._relevant:
            for version, _, last in location.intervals:
                if last + 1 < 1 << (32 if version == 4 else 128):
                    yield str(ipaddress.IPv4Address(last + 1) if version == 4 else ipaddress.IPv6Address(last + 1))
        yield from ("0.0.0.1", "::1")

    def _inside(self, address: str) -> bool:
        ids = {one.id for one in self._relevant if one.intervals}
        return bool(self._locations.holding(address, None) & ids)

    def _person(self, index: int) -> dict[str, Any]:
        found = self._coverage.people.classes[index]
        if found.ids:
            return {"user_id": self._own_id(found.ids[0]), "roles": self._roles(index, found.ids[0])}
        groups = tuple(sorted(name[1] for name in found.names if name[0] == "group"))
        roles = tuple(sorted(name[1] for name in found.names if name[0] == "role"))
        guest = max((name for name in found.names if name[0] == "guest"), key=len, default=None)
        tenant = None
        if guest is not None:
            named = any(len(one) == 3 and one[:2] == guest[:2] for one in self._named)
            tenant = guest[2] if len(guest) == 3 else _OTHER_TENANT if named else None
        return {
            "member_of": groups,
            "roles": roles or None,
            "external_user_type": guest[1] if guest else None,
            "external_tenant_id": tenant,
        }

    def _own_id(self, identity: str) -> str:
        directory = self._coverage.tenant.directory
        return directory.principal(identity).id if directory else identity

    def _roles(self, index: int, identity: str) -> tuple[str, ...] | None:
        """The roles of somebody who is taken to have activated some, else None: the directory tells."""
        directory = self._coverage.tenant.directory
        held = {name[1] for name, bits in self._named.items() if name[0] == "role" and bits >> index & 1}
        if directory is None or not held:
            return None
        roles = directory.roles(directory.snapshot.collected_at)
        active = {role for role in held if identity in (roles.active_holders(role) or ())}
        return tuple(sorted(held)) if held != active else None


def device(atom: DeviceAtom) -> tuple[tuple[str, Value], ...]:
    """The attributes of a device of one kind."""
    if atom.state == "unregistered":
        return ()
    found: dict[str, Value] = {**dict(DEVICES[atom.state]), **dict(atom.sample)}
    return tuple(sorted(found.items()))


def _platform(mask: int) -> int:
    words: Sequence[str] = (*PLATFORMS, UNKNOWN_PLATFORM)
    return next(at for at in map(words.index, _USUAL_PLATFORMS) if mask >> at & 1)
