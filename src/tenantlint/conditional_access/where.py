"""A product of atoms in words: which applications, from where, on what. Whole dimensions are left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tenantlint.conditional_access.applications import OTHER, suites
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    MFA_TRUSTED_IPS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
)
from tenantlint.conditional_access.universe import DIMENSIONS, UNKNOWN_PLATFORM, Universe

_MOST = 6  # names in one list
_CLAUSES = 2
_ROUTES = {
    ("browser", "mobileAppsAndDesktopClients"): "browsers and modern apps",
    ("exchangeActiveSync", "other"): "legacy clients",
    CLIENT_APP_TYPES: "any client",
}
_CLIENTS = {
    "browser": "browsers",
    "mobileAppsAndDesktopClients": "mobile apps and desktop clients",
    "exchangeActiveSync": "Exchange ActiveSync",
    "other": "other legacy clients",
}
_FLOWS = {
    "none": "not by device code flow or authentication transfer",
    "deviceCodeFlow": "by device code flow",
    "authenticationTransfer": "by authentication transfer",
}
_STATES = {
    "unregistered": "unregistered",
    "registered": "registered but neither compliant nor joined",
    "compliant": "compliant",
    "hybridJoined": "hybrid joined, not compliant",
    "compliantHybridJoined": "compliant and hybrid joined",
}
_KINDS = {
    frozenset({"unregistered", "registered"}): "unmanaged devices",
    frozenset({"unregistered"}): "unregistered devices",
    frozenset({"compliant", "compliantHybridJoined"}): "compliant devices",
    frozenset({"hybridJoined", "compliantHybridJoined"}): "hybrid joined devices",
    frozenset({"compliant", "hybridJoined", "compliantHybridJoined"}): "managed devices",
    frozenset({"unregistered", "registered", "hybridJoined"}): "devices that are not compliant",
    frozenset({"unregistered", "registered", "compliant"}): "devices that are not hybrid joined",
    frozenset({"registered", "compliant", "hybridJoined", "compliantHybridJoined"}): "registered devices",
}


class Where:
    """Words over the atoms of one universe. `asked`: the part of it that is asked about."""

    def __init__(self, space: Universe, naming: Naming, asked: Sequence[int] | None = None) -> None:
        self._space = space
        self._asked = [(1 << size) - 1 for size in space.sizes] if asked is None else asked
        named = {one for atom in space.locations for one in atom.ids}
        # Trusted IPs of per-user MFA are in the universe where a policy is about all trusted locations.
        self._trusted = naming.trusted() & named if MFA_TRUSTED_IPS in named else set()
        self._naming = naming
        self._words: dict[str, Callable[[int], str]] = {
            "applications": self._applications,
            "client_app_types": lambda mask: _clients(_chosen(CLIENT_APP_TYPES, mask)),
            "platforms": self._platforms,
            "locations": self._locations,
            "sign_in_risk": lambda mask: _risk("sign-in", RISK_LEVELS, mask),
            "user_risk": lambda mask: _risk("user", RISK_LEVELS, mask),
            "insider_risk": lambda mask: _risk("insider", INSIDER_RISK_LEVELS, mask),
            "authentication_flows": lambda mask: _flows(_chosen(TRANSFER_METHODS, mask)),
            "devices": self._devices,
        }

    def phrases(self, masks: Sequence[int]) -> list[str]:
        """One phrase a dimension that is not whole, in the order of DIMENSIONS."""
        return [
            self.phrase(name, mask)
            for name, mask, whole in zip(DIMENSIONS, masks, self._wholes(), strict=True)
            if mask != whole
        ]

    def phrase(self, dimension: str, mask: int) -> str:
        """A part of one dimension."""
        return self._words[dimension](mask)

    def limit(self, dimension: str, mask: int) -> str:
        """What a policy is limited to: `platforms android and iOS`."""
        if dimension == "platforms":
            return f"the platforms {self._platforms(mask)}" if mask.bit_count() > 1 else self._platforms(mask)
        if dimension == "locations":
            return f"sign-ins {self._locations(mask)}"
        if dimension == "devices":
            return f"sign-ins {self._devices(mask)}"
        return self.phrase(dimension, mask).removeprefix("by ")

    def except_for(self, dimension: str, mask: int) -> str:
        """What a policy leaves out: `to Payroll`, `inside Headquarters`."""
        before = {"applications": "to ", "platforms": "to "}
        return before.get(dimension, "") + self.phrase(dimension, mask)

    def _wholes(self) -> list[int]:
        """What is whole in each dimension; narrowed applications are always told."""
        wholes = list(self._asked)
        if self._space.narrowed:
            wholes[0] = -1
        return wholes

    def _applications(self, mask: int) -> str:
        atoms = self._space.applications
        if OTHER in _chosen(atoms, mask) and not self._space.narrowed:
            missing = [one for one in atoms if one not in _chosen(atoms, mask)]
            return f"all applications except {_listed(self._called(missing))}" if missing else "all applications"
        return _listed(self._called(_chosen(atoms, mask)))

    def _called(self, atoms: Sequence[str]) -> list[str]:
        """Names. A suite with all of its members that policies name is told as one thing."""
        told = set(atoms)
        names = []
        for suite, members in suites().items():
            if suite in told:
                apart = members & set(self._space.applications)
                name = self._naming.application(suite)
                names.append(name if apart <= told else f"the rest of {name}")
                told -= {suite, *(members if apart <= told else ())}
        return sorted((*names, *(self._naming.application(one) for one in told)), key=str.casefold)

    def _platforms(self, mask: int) -> str:
        words = (*PLATFORMS, UNKNOWN_PLATFORM)
        inside, outside = _chosen(words, mask), _chosen(words, ~mask)
        shown = {"unknown": "platforms that are not recognised"}
        if len(outside) < len(inside):
            return f"any platform except {_listed([shown.get(one, one) for one in outside])}"
        return _listed([shown.get(one, one) for one in inside])

    def _locations(self, mask: int) -> str:
        """`inside A or B and also inside C`, `outside D`, or both, where that is exact; else each place."""
        atoms = self._space.locations
        held = [atom.ids for index, atom in enumerate(atoms) if mask >> index & 1]
        others = [atom.ids for index, atom in enumerate(atoms) if not mask >> index & 1]
        every = sorted({one for atom in atoms for one in atom.ids})
        some = frozenset().union(*held) if held else frozenset()
        outside = [one for one in every if one not in some]
        # Among the places outside those, the ones that are not in the region, as far out as they go: in at least one
        # of the locations that each of them lacks every place of the region must be.
        missing = [ids for ids in others if not ids & set(outside)]
        outermost = [ids for ids in missing if not any(ids < one for one in missing)]
        clauses = sorted([one for one in every if one in some - ids] for ids in outermost)
        if len(clauses) <= _CLAUSES and all(ids & set(clause) for clause in clauses for ids in held):
            needed = _needed(outside, [ids for ids in others if all(ids & set(clause) for clause in clauses)])
            if not clauses:
                whole = needed == every and len(every) > 2
                return "outside every named location" if whole else f"outside {self._places(needed)}"
            inside = " and also inside ".join(self._places(_needed(clause, held)) for clause in clauses)
            return f"inside {inside}" + (f", but outside {self._places(needed)}" if needed else "")
        shown = [self._exactly(ids) for ids in held[: _MOST - 2]]
        more = [f"{len(held) - len(shown)} more combinations of places"] if len(held) > len(shown) else []
        return "either " + _either([*shown, *more])

    def _places(self, ids: Sequence[str]) -> str:
        return _either(self._location_names(ids))

    def _exactly(self, ids: frozenset[str]) -> str:
        if not ids:
            return "outside every named location"
        names = self._location_names(sorted(ids))
        return f"inside {_listed(names)} at once" if len(names) > 1 else f"inside {names[0]} alone"

    def _location_names(self, ids: Sequence[str]) -> list[str]:
        """Names; all trusted locations together are told as such."""
        trusted = [one for one in ids if one in self._trusted]
        together = len(trusted) > 1 and set(trusted) == self._trusted
        names = [self._naming.location(one) for one in ids if not (together and one in trusted)]
        return sorted(names, key=str.casefold) + (["a trusted location"] if together else [])

    def _devices(self, mask: int) -> str:
        """By state, by what filters say, or by both, where that is exact."""
        atoms = self._space.devices
        chosen = [atom for index, atom in enumerate(atoms) if mask >> index & 1]
        states = list(dict.fromkeys(atom.state for atom in chosen))
        of_states = [atom for atom in atoms if atom.state in states]
        if len(of_states) == len(chosen):
            return _on(states)
        for start, among in (("on devices", list(atoms)), (_on(states), of_states)):
            kept, rules = among, []
            for at, rule in enumerate(self._space.rules):
                truths = {atom.truths[at] for atom in chosen}
                if len(truths) == 1 and {atom.truths[at] for atom in kept} != truths:
                    wanted = truths.pop()
                    kept = [atom for atom in kept if atom.truths[at] is wanted]
                    rules.append(f"{'that match' if wanted else 'that do not match'} {rule}")
            if len(kept) == len(chosen):
                return f"{start} {' and '.join(rules)}"
        return f"on {len(chosen)} of the {len(atoms)} kinds of devices that filters tell apart ({_on(states)})"


def _chosen(words: Sequence[str], mask: int) -> tuple[str, ...]:
    return tuple(word for index, word in enumerate(words) if mask >> index & 1)


def _clients(chosen: tuple[str, ...]) -> str:
    return _ROUTES.get(chosen) or _listed([_CLIENTS[one] for one in chosen])


def _flows(chosen: tuple[str, ...]) -> str:
    if "none" in chosen and len(chosen) > 1:
        (missing,) = (one for one in TRANSFER_METHODS if one not in chosen)
        return _FLOWS[missing].replace("by ", "not by ", 1)
    return _either([_FLOWS[one] for one in chosen])


def _risk(kind: str, levels: Sequence[str], mask: int) -> str:
    chosen = _chosen(levels, mask)
    if chosen == ("none",):
        return f"no {kind} risk"
    if len(chosen) < len(levels) and chosen == tuple(levels[: len(chosen)]):
        return f"{kind} risk below {levels[len(chosen)]}"
    return f"{kind} risk {_either(chosen)}"


def _on(states: Sequence[str]) -> str:
    known = _KINDS.get(frozenset(states))
    if known:
        return f"on {known}"
    return f"on devices that are {_either([_STATES[one] for one in states])}"


def _needed(names: Sequence[str], sets: Sequence[frozenset[str]]) -> list[str]:
    """As few of the names as still meet every set, found greedily in their order."""
    kept = list(names)
    for one in names:
        rest = set(kept) - {one}
        if all(ids & rest for ids in sets):
            kept.remove(one)
    return kept


def _listed(words: Sequence[str], joint: str = "and") -> str:
    shown = list(words) if len(words) <= _MOST else [*words[: _MOST - 1], f"{len(words) - _MOST + 1} more"]
    return ", ".join(shown[:-1]) + (f" {joint} " if len(shown) > 1 else "") + shown[-1] if shown else "nothing"


def _either(words: Sequence[str]) -> str:
    return _listed(words, "or")
