"""The space of sign-ins that a question is asked over: the atoms of every dimension, and each policy's part of it.

An atom is a set of values that no policy of any side tells apart. A policy is a product of sets of atoms, once with
what it certainly matches and once with what it may match; the two differ only by named unknowns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from tenantlint.conditional_access import applications as resources
from tenantlint.conditional_access import device_filter
from tenantlint.conditional_access.devices import DeviceAtom, device_atoms, divisible
from tenantlint.conditional_access.locations import (
    DOUBTFUL,
    LocationAtom,
    Locations,
    crowd_atom,
    location_atoms,
    simple_atoms,
)
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
    Choice,
    Policy,
    application_id,
)
from tenantlint.errors import InputError

DIMENSIONS = (
    "applications",
    "client_app_types",
    "platforms",
    "locations",
    "sign_in_risk",
    "user_risk",
    "insider_risk",
    "authentication_flows",
    "devices",
)
UNKNOWN_PLATFORM = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """A policy's part of one dimension, as bit sets over its atoms; `unknowns` says why the two differ."""

    must: int
    may: int
    unknowns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Universe:
    """The atoms of every dimension, in the order of DIMENSIONS. `caveats`: where the atoms are not exact.

    `narrowed`: only some applications were asked for.
    """

    applications: tuple[str, ...]
    locations: tuple[LocationAtom, ...]
    devices: tuple[DeviceAtom, ...]
    rules: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    narrowed: bool = False
    _broken: frozenset[str] = frozenset()
    _named: dict[str, Locations] = field(default_factory=dict)

    @property
    def sizes(self) -> tuple[int, ...]:
        return (
            len(self.applications),
            len(CLIENT_APP_TYPES),
            len(PLATFORMS) + 1,
            len(self.locations),
            len(RISK_LEVELS),
            len(RISK_LEVELS),
            len(INSIDER_RISK_LEVELS),
            len(TRANSFER_METHODS),
            len(self.devices),
        )

    @property
    def placed(self) -> tuple[int, ...]:
        """The sign-ins from places that certainly exist: what is open only inside the trusted IPs of per-user MFA is
        not certain, since there may be none.
        """
        masks = [(1 << size) - 1 for size in self.sizes]
        masks[DIMENSIONS.index("locations")] = sum(
            1 << index for index, one in enumerate(self.locations) if not one.ids & DOUBTFUL
        )
        return tuple(masks)

    def parts(self, policy: Policy, locations: Locations) -> tuple[Part, ...]:
        """The policy's part of each dimension, in the order of DIMENSIONS."""
        return (
            self._applications(policy),
            _values(CLIENT_APP_TYPES, policy.client_app_types),
            _chosen((*PLATFORMS, UNKNOWN_PLATFORM), policy.platforms),
            self._locations(policy, locations),
            _values(RISK_LEVELS, policy.sign_in_risk),
            _values(RISK_LEVELS, policy.user_risk),
            _values(INSIDER_RISK_LEVELS, policy.insider_risk),
            _values(TRANSFER_METHODS, policy.flows),
            self._devices(policy),
        )

    def _applications(self, policy: Policy) -> Part:
        must = may = 0
        for index, atom in enumerate(self.applications):
            certainly, perhaps = resources.targets(policy, atom)
            must |= certainly << index
            may |= perhaps << index
        if must == may:
            return Part(must, may)
        return Part(must, may, ("the security attributes of applications (application filter)",))

    def _locations(self, policy: Policy, locations: Locations) -> Part:
        if not policy.locations.configured:
            return _full(len(self.locations))
        include = None if policy.locations.include is None else locations.expand(policy.locations.include)
        exclude = locations.expand(policy.locations.exclude)
        must = may = 0
        for index, atom in enumerate(self.locations):
            if atom.crowd:
                may |= 1 << index
                must |= (include is None and not exclude) << index
            elif (include is None or atom.ids & include) and not atom.ids & exclude:
                may |= 1 << index
                must |= 1 << index
        return Part(must, may, self.locations[-1].unknowns if must != may else ())

    def _devices(self, policy: Policy) -> Part:
        everything = _full(len(self.devices))
        if policy.device_filter is None:
            return everything
        rule = policy.device_filter.rule
        if rule in self._broken or rule not in self.rules:
            return Part(0, everything.may, (f"the device filter {rule}",))
        at = self.rules.index(rule)
        wanted = policy.device_filter.mode == "include"
        bits = sum(1 << index for index, atom in enumerate(self.devices) if atom.truths[at] is wanted)
        return Part(bits, bits)


def universe(
    sides: Sequence[tuple[Sequence[Policy], Locations]], only_applications: Sequence[str] | None = None
) -> Universe:
    """The common universe of several policy sets, each with its named locations.

    `only_applications`: application ids, suites, user actions or authentication contexts to narrow it to.
    """
    policies = [policy for side, _ in sides for policy in side if policy.subject == "users"]
    caveats: list[str] = []
    rules, broken = _rules(policies, caveats)
    devices = device_atoms(list(rules.values()))
    if devices is None:
        told_apart = divisible(rules)
        caveats.append(
            f"The device filters are too many to tell devices apart exactly: {len(rules) - len(told_apart)} of "
            f"{len(rules)} are taken as unknown."
        )
        rules, devices = told_apart, device_atoms(list(told_apart.values()))
    merged = Locations(
        {key: one for _, locations in sides for key, one in locations.by_id.items()},
        all(locations.known for _, locations in sides),
    )
    # Each side has its own names for locations, and its own trusted ones.
    placing = [_placing(one, locations) for side, locations in sides for one in side if one.subject == "users"]
    places = location_atoms(placing, merged)
    if places is None:
        caveats.append(
            "The named locations can overlap in too many ways to look at all: what is open only in the others is "
            "given as not certain."
        )
        places = (*simple_atoms(placing, merged), crowd_atom(placing, merged))
    atoms = resources.application_atoms(policies)
    if only_applications is not None:
        atoms = tuple(dict.fromkeys(application_id(one) for one in only_applications))
    narrowed = only_applications is not None
    return Universe(atoms, places, devices or (), tuple(rules), tuple(caveats), narrowed, frozenset(broken))


def _placing(policy: Policy, locations: Locations) -> Policy:
    """The policy with the locations by the ids that its side knows them by."""
    include, exclude = policy.locations.include, policy.locations.exclude
    named = Choice(None if include is None else locations.expand(include), locations.expand(exclude))
    return replace(policy, locations=named)


def _rules(policies: Iterable[Policy], caveats: list[str]) -> tuple[dict[str, device_filter.Rule], set[str]]:
    rules: dict[str, device_filter.Rule] = {}
    broken: set[str] = set()
    for policy in policies:
        if policy.device_filter is None or policy.device_filter.rule in rules:
            continue
        try:
            rules[policy.device_filter.rule] = device_filter.parse(policy.device_filter.rule)
        except InputError as error:
            broken.add(policy.device_filter.rule)
            caveats.append(
                f"The device filter of {policy.name} cannot be read (column {error.column}: {error.problem})."
            )
    return rules, broken


def _full(size: int) -> Part:
    bits = (1 << size) - 1
    return Part(bits, bits)


def _values(words: Sequence[str], wanted: frozenset[str] | None) -> Part:
    return _filtered(words, lambda word: wanted is None or word in wanted)


def _chosen(words: Sequence[str], choice: Choice) -> Part:
    return _filtered(
        words, lambda word: (choice.include is None or word in choice.include) and word not in choice.exclude
    )


def _filtered(words: Sequence[str], holds: Callable[[str], bool]) -> Part:
    bits = sum(1 << index for index, word in enumerate(words) if holds(word))
    return Part(bits, bits)
