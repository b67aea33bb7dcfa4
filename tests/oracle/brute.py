"""Universes by enumeration: concrete values for every dimension, and the naive answer at each combination.

Also where a concrete sign-in lies among the product's atoms, and sign-ins that the atoms claim to hold.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from tests.oracle import grants, naive, rules
from tests.oracle.strategies import HOME_A, HOME_B, USERS

from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.universe import DIMENSIONS, Universe

Raw = dict[str, Any]
CLIENTS = ["browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"]
PLATFORMS = ["android", "iOS", "windows", "windowsPhone", "macOS", "linux", "unknown"]
RISKS = ["none", "low", "medium", "high"]
INSIDER = ["none", "minor", "moderate", "elevated"]
FLOWS = ["none", "deviceCodeFlow", "authenticationTransfer"]
QUESTIONS = ["mfa", "phishing_resistant_mfa", "legacy_authentication", "managed_device", "any_control", "blocked"]
INTUNE = "0000000a-0000-0000-c000-000000000000"
NEW_APP = "aaaaaaaa-0000-4000-8000-0000000000ff"
DEVICES: list[Raw | None] = [
    None,
    {"trustType": "Workplace", "isCompliant": False, "deviceOwnership": "Personal"},
    {"trustType": "Workplace", "isCompliant": False, "mdmAppId": INTUNE, "extensionAttribute1": "SAW"},
    {"trustType": "AzureAD", "isCompliant": False, "extensionAttribute1": "SAW", "operatingSystem": "Windows"},
    {"trustType": "AzureAD", "isCompliant": True, "mdmAppId": INTUNE, "deviceOwnership": "Company"},
    {"trustType": "AzureAD", "isCompliant": True, "systemLabels": ["CloudPC", "M365Managed"]},
    {"trustType": "AzureAD", "isCompliant": True, "extensionAttribute1": "saw", "model": "Surface Pro"},
    {"trustType": "ServerAD", "isCompliant": False, "extensionAttribute1": "Kiosk", "model": "Surface Hub"},
    {"trustType": "ServerAD", "isCompliant": True, "operatingSystem": "MacMDM", "mdmAppId": INTUNE},
]
PLACES = [
    ("192.0.2.1", "DE"),
    ("198.51.100.199", "FR"),
    ("198.51.100.200", None),
    ("198.51.101.10", "US"),
    ("198.51.101.11", "AQ"),
    ("203.0.113.8", "DE"),
    ("203.0.113.15", "US"),
    ("203.0.113.16", "US"),
    ("2001:db8::1", "FR"),
    ("2001:db8:1::1", None),
    ("2001:db9::", "SE"),
]
Person = str | tuple[str, str]


def persons(raw: Raw) -> list[Person]:
    """Everybody who may sign in: enabled users, and people without an account of every kind and home."""
    outside = [(kind, home) for kind in sorted(naive.ALL_GUESTS) for home in (HOME_A, HOME_B) if kind not in _HERE]
    return [*(one["id"] for one in raw["users"] if one["accountEnabled"]), *outside]


_HERE = {"internalGuest", "b2bCollaborationGuest", "b2bCollaborationMember"}


def worlds(raw: Raw, rng: random.Random, most: int = 4, also: Sequence[Raw] = ()) -> Iterator[Raw]:
    """Some of the ways in which what is not known can be. `also`: policies of another tenant."""
    policies = [*raw["policies"], *also]
    filters = [(one["conditions"]["applications"].get("applicationFilter") or {}).get("rule") for one in policies]
    unknown = {
        one
        for policy in policies
        for side in ("include", "exclude")
        for one in naive.listed(policy["conditions"]["users"], f"{side}Groups")
        if one not in raw["groups"] and one not in raw.get("missing_groups", [])
    }
    for number in range(most):
        share = [0.0, 1.0, 0.5, 0.5][number % 4]
        yield {
            "groups": {one: {user for user in USERS if rng.random() < share} for one in sorted(unknown)},
            "conditions": {one: rng.random() < share for one in sorted({naive.unmodelled(each) for each in policies})},
            "filters": {one: rng.random() < share for one in sorted(filter(None, filters))},
            "homes": {user: rng.choice([HOME_A, HOME_B]) for user in USERS},
        }


class Enumeration:
    """The naive answer everywhere: which policies each concrete value meets, combined point by point."""

    def __init__(self, raw: Raw, world: Raw, values: dict[str, list[Any]]) -> None:
        self.raw = raw
        self.world = world
        self.policies = naive.enforced(raw)
        self.values = values
        self.met = {
            name: [self._met(name, value) for value in values[name]] for name in naive.DIMENSIONS if name in values
        }
        self.people = {person: self.concerning(person) for person in persons(raw)}
        self._open: dict[tuple[str, int, str, str], bool] = {}

    def _met(self, name: str, value: Any) -> int:
        matches = naive.DIMENSIONS[name]
        return sum(1 << at for at, one in enumerate(self.policies) if matches(one, value, self.raw, self.world))

    def concerning(self, person: Person) -> int:
        """The policies that are about the person, who need not have an account."""
        return sum(
            1 << at
            for at, one in enumerate(self.policies)
            if naive.matches_person(one, person, self.raw, self.world) and naive.in_world(one, self.world)
        )

    def open(self, question: str, applied: int, client: str, flow: str) -> bool:
        """Whether a sign-in to which these policies apply is open."""
        if question == "legacy_authentication" and (client not in grants.LEGACY or flow != "none"):
            return False
        key = (question, applied, client, flow)
        if key not in self._open:
            clauses = [grants.clause(one) for at, one in enumerate(self.policies) if applied >> at & 1]
            self._open[key] = grants.is_open(question, [one for one in clauses if one], client, flow)
        return self._open[key]

    def doubtful(self, place: int) -> bool:
        """Whether it is not known that anybody can sign in from a place."""
        return naive.MFA_TRUSTED in self.values["place"][place]["inside"]

    def points(
        self, rng: random.Random, most: int, met_by: dict[str, list[int]] | None = None
    ) -> Iterator[tuple[tuple[int, ...], int]]:
        """Indexes of values and the policies that they meet: one point for every way in which policies meet points.

        Of values that the same policies meet one is taken at random, except that every client and flow is, and
        places that may not exist are kept apart from others; when there are more than `most` points, so many of
        them are drawn. `whole` says whether all were. `met_by`: the policies that values meet, where not ours alone.
        """
        given = met_by or self.met
        chosen: list[list[int]] = []
        for name, met in given.items():
            alike: dict[Any, list[int]] = {}
            for at, policies in enumerate(met):
                key = at if name in {"client", "flow"} else name == "place" and self.doubtful(at)
                alike.setdefault((policies, key), []).append(at)
            chosen.append([rng.choice(one) for one in alike.values()])
        masks = list(given.values())
        size = 1
        for one in chosen:
            size *= len(one)
        self.whole = size <= most
        picked = product(*chosen) if self.whole else (tuple(map(rng.choice, chosen)) for _ in range(most))
        for point in picked:
            applied = -1
            for mask, at in zip(masks, point, strict=True):
                applied &= mask[at]
            yield point, applied

    def sign_in(self, point: tuple[int, ...], person: Person) -> Raw:
        return {"person": person} | {name: self.values[name][at] for name, at in zip(self.met, point, strict=True)}


def values_of(raw: Raw, space: Universe) -> dict[str, list[Any]]:
    """Concrete values of each dimension: ours, and those that the product's atoms claim to hold."""
    resources = [atom if atom != "other" else NEW_APP for atom in space.applications]
    if not space.narrowed:
        resources += [naive.EXCHANGE, naive.SHAREPOINT, naive.AZURE_PORTAL, NEW_APP]
    free = sorted({one for atom in space.locations for one in atom.ids if _free(one, raw)})
    insides = [frozenset[str](), *(frozenset({one}) for one in free), frozenset(free)]
    places = [
        {"address": address, "country": country, "inside": inside}
        for address, country in PLACES
        for inside in insides[: 1 if address != PLACES[0][0] else None]
    ]
    places += [place_of(atom, raw) for atom in space.locations]
    devices = [*DEVICES, *(device_of(atom) for atom in space.devices)]
    return {
        "resource": list(dict.fromkeys(resources)),
        "client": CLIENTS,
        "platform": PLATFORMS,
        "place": places,
        "sign_in_risk": RISKS,
        "user_risk": RISKS,
        "insider_risk": INSIDER,
        "flow": FLOWS,
        "device": devices,
    }


def _free(identity: str, raw: Raw) -> bool:
    """Whether no address and no country tells who is in the location."""
    plain = identity.partition(" ")[0]
    found = next((one for one in raw["named_locations"] or [] if one["id"] == plain), {})
    return "ipRanges" not in found and (
        "countriesAndRegions" not in found or found.get("countryLookupMethod") == "authenticatorAppGps"
    )


def place_of(atom: Any, raw: Raw) -> Raw:
    """Where a sign-in of the atom comes from."""
    inside = frozenset(one for one in atom.ids if _free(one, raw))
    return {"address": atom.address or "192.0.2.1", "country": atom.country, "inside": inside}


def device_of(atom: Any) -> Raw | None:
    """A device of the atom."""
    if atom.state == "unregistered":
        return None
    made: Raw = {
        "isCompliant": "ompliant" in atom.state,
        "trustType": "ServerAD" if "ybrid" in atom.state else "AzureAD",
    }
    for name, value in atom.sample:
        made[name] = list(value) if isinstance(value, tuple) else value
    made["isCompliant"] = str(made["isCompliant"]) == "True"
    return made


def ids_of(place: Raw, space: Universe, raw: Raw, before: Raw | None = None) -> frozenset[str]:
    """The named locations, among those that matter, that the place is in.

    `before`: the tenant of which a location has another extent than in `raw`, where the two are compared.
    """
    found = set()
    for name in {one for atom in space.locations for one in atom.ids}:
        identity, _, mark = name.partition(" ")
        if naive.in_location(identity, place, before if mark == "(before)" and before else raw):
            found.add(name)
    return frozenset(found)


def state_of(device: Raw | None) -> str:
    if device is None:
        return "unregistered"
    hybrid, compliant = device.get("trustType") == "ServerAD", device.get("isCompliant") is True
    if hybrid:
        return "compliantHybridJoined" if compliant else "hybridJoined"
    return "compliant" if compliant else "registered"


def atom_indexes(space: Universe, values: dict[str, list[Any]], raw: Raw, before: Raw | None = None) -> list[list[int]]:
    """For each dimension the atom that each concrete value lies in. Fails where no atom holds a value."""
    suites = {member: suite for suite, members in naive.SUITES.items() for member in members}

    def resource(value: str) -> int:
        for name in (value, suites.get(value), "other"):
            if name in space.applications:
                return space.applications.index(name)
        raise AssertionError(f"no atom for {value}")

    places = {atom.ids: at for at, atom in enumerate(space.locations)}
    devices = {(atom.state, atom.truths): at for at, atom in enumerate(space.devices)}
    return [
        [resource(one) for one in values["resource"]],
        list(range(len(CLIENTS))),
        list(range(len(PLATFORMS))),
        [places[ids_of(one, space, raw, before)] for one in values["place"]],
        list(range(len(RISKS))),
        list(range(len(RISKS))),
        list(range(len(INSIDER))),
        list(range(len(FLOWS))),
        [devices[state_of(one), tuple(rules.true_of(rule, one) for rule in space.rules)] for one in values["device"]],
    ]


def class_of(coverage: Coverage, person: Person) -> int | None:
    """The class of people that holds the person; None for a kind of outsider that no policy names."""
    classes = coverage.people.classes
    if isinstance(person, str):
        return next((at for at, one in enumerate(classes) if person in one.ids), None)
    kind, home = person
    for label in (f"{kind} of {home}", f"{kind} of other tenants", kind):
        for at, one in enumerate(classes):
            if one.label == label:
                return at
    return None


class Answers:
    """Who the product says is open at a point of the enumeration: certainly, and perhaps."""

    def __init__(self, coverage: Coverage, indexes: list[list[int]]) -> None:
        self._indexes = indexes
        self._regions = coverage.regions
        self._holding = [
            [
                sum(1 << at for at, one in enumerate(coverage.regions) if one.masks[dimension] >> atom & 1)
                for atom in range(coverage.space.sizes[dimension])
            ]
            for dimension in range(len(DIMENSIONS))
        ]

    def at(self, point: tuple[int, ...]) -> tuple[int, int]:
        """Bit sets over the classes. Fails when two regions hold one person here."""
        holding = -1
        for dimension, at in enumerate(point):
            holding &= self._holding[dimension][self._indexes[dimension][at]]
        certain = depends = 0
        while holding:
            region = self._regions[(holding & -holding).bit_length() - 1]
            holding &= holding - 1
            assert not region.users & (certain | depends), "two regions overlap"
            if region.certain:
                certain |= region.users
            else:
                depends |= region.users
        return certain, depends
