"""Small changes of a sign-in, one dimension at a time, in a fixed order: what `whatif --explain` tries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tenantlint.conditional_access import applications, device_filter
from tenantlint.conditional_access.devices import DeviceAtom, device_atoms
from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.locations import location_atoms, simple_atoms
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.people import Name
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
    Policy,
)
from tenantlint.conditional_access.sign_in import DEVICES, SignIn
from tenantlint.conditional_access.universe import UNKNOWN_PLATFORM
from tenantlint.errors import InputError

_MOST_LOCATIONS = 64


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `text` says it as an imperative clause, `fields` are those of SignIn that it sets."""

    text: str
    fields: Mapping[str, Any]

    def of(self, sign_in: SignIn) -> SignIn:
        return replace(sign_in, **self.fields)


def edits(evaluator: Evaluator, sign_in: SignIn) -> tuple[tuple[Edit, ...], ...]:
    """All edits, by dimension: who the person is, then how and from where they sign in, then what to."""
    policies = [one for one in evaluator.policies if one.subject == "users"]
    found: list[Iterable[Edit]] = []
    if sign_in.service_principal_id is None:
        found += [_groups(evaluator, sign_in), _roles(evaluator, sign_in)]
        found += [
            _words("client_app_type", "sign in with the client {}", CLIENT_APP_TYPES),
            _words("platform", "sign in from the platform {}", (*PLATFORMS, UNKNOWN_PLATFORM)),
            _devices(policies),
        ]
    found.append(_locations(evaluator))
    found += [
        _words("sign_in_risk", "have the sign-in risk {}", RISK_LEVELS),
        _words("user_risk", "have the user risk {}", RISK_LEVELS),
        _words("insider_risk", "have the insider risk {}", INSIDER_RISK_LEVELS),
        _words("flow", "use the authentication flow {}", TRANSFER_METHODS),
        _applications(evaluator, policies, sign_in),
    ]
    return tuple(tuple(one for one in some if one.of(sign_in) != sign_in) for some in found)


def _words(field: str, text: str, words: Sequence[str]) -> Iterator[Edit]:
    return (Edit(text.format(word), {field: word}) for word in words)


def _groups(evaluator: Evaluator, sign_in: SignIn) -> Iterator[Edit]:
    held = {name: is_in for name, is_in in evaluator.persons.held(sign_in).items() if name[0] == "group"}
    if None in held.values():
        # Which groups the person is in is not known, so that there is nothing to start from.
        return
    mine = {name[1] for name, is_in in held.items() if is_in}
    for group in sorted(mine):
        # Whoever is in a group is in those that hold it: leaving it means leaving the ways into it.
        left = {one for one in mine if one != group and group not in evaluator.persons.above(one)}
        yield Edit(f"leave the group {evaluator.persons.label(('group', group))}", {"member_of": tuple(sorted(left))})
    for name, is_in in held.items():
        if not is_in:
            joined = tuple(sorted({*mine, name[1]}))
            yield Edit(f"join the group {evaluator.persons.label(name)}", {"member_of": joined})


def _roles(evaluator: Evaluator, sign_in: SignIn) -> Iterator[Edit]:
    held: dict[Name, bool | None] = {
        name: is_in for name, is_in in evaluator.persons.held(sign_in).items() if name[0] == "role"
    }
    if None in held.values():
        return
    mine = {name[1] for name, is_in in held.items() if is_in}
    for name, is_in in held.items():
        label = evaluator.persons.label(name)
        if is_in:
            yield Edit(f"give up the role {label}", {"roles": tuple(sorted(mine - {name[1]}))})
        else:
            yield Edit(f"hold the role {label}", {"roles": tuple(sorted({*mine, name[1]}))})


def _devices(policies: Sequence[Policy]) -> Iterator[Edit]:
    for state, attributes in DEVICES.items():
        yield Edit(f"use a device that is {_STATES[state]}", {"device": attributes})
    rules = []
    for policy in policies:
        if policy.device_filter is not None:
            try:
                rules.append(device_filter.parse(policy.device_filter.rule))
            except InputError:
                continue
    for atom in device_atoms(rules) or () if rules else ():
        device = _of_atom(atom)
        if device not in DEVICES.values():
            extra = ", ".join(f"{key} {value}" for key, value in device if (key, value) not in DEVICES[atom.state])
            yield Edit(
                f"use a device that is {_STATES[atom.state]}{f' with {extra}' if extra else ''}", {"device": device}
            )


_STATES = {
    "unregistered": "not registered",
    "registered": "registered only",
    "compliant": "compliant",
    "hybridJoined": "hybrid joined",
    "compliantHybridJoined": "compliant and hybrid joined",
}


def _of_atom(atom: DeviceAtom) -> tuple[tuple[str, Any], ...]:
    if atom.state == "unregistered":
        return ()
    return tuple(sorted({**dict(DEVICES[atom.state]), **dict(atom.sample)}.items()))


def _locations(evaluator: Evaluator) -> Iterator[Edit]:
    locations = evaluator.tenant.locations
    atoms = location_atoms(evaluator.policies, locations)
    if atoms is None:
        atoms = simple_atoms(evaluator.policies, locations)
    for atom in atoms[:_MOST_LOCATIONS]:
        names = " and ".join(sorted(locations.get(one).name for one in atom.ids))
        text = f"sign in from {names}" if names else "sign in from outside every named location"
        yield Edit(text, {"locations": tuple(sorted(atom.ids))})


def _applications(evaluator: Evaluator, policies: Sequence[Policy], sign_in: SignIn) -> Iterator[Edit]:
    if any(applications.is_action(one) or applications.is_context(one) for one in sign_in.resources):
        return
    naming = Naming(evaluator.tenant)
    for atom in applications.application_atoms(policies):
        if not applications.is_action(atom) and not applications.is_context(atom):
            yield Edit(f"sign in to {naming.application(atom)}", {"resources": (atom,)})
