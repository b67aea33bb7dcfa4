"""From the values of a scenario to sign-ins: names become ids, lists and words such as `any` become every value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from tenantlint.conditional_access import applications, device_filter
from tenantlint.conditional_access.devices import device_atoms
from tenantlint.conditional_access.locations import ALL_TRUSTED, location_atoms
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    MFA_TRUSTED_IPS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
)
from tenantlint.conditional_access.questions import LEGACY_CLIENTS
from tenantlint.conditional_access.request import parse_request
from tenantlint.conditional_access.scenarios.names import Applications, unknown_name
from tenantlint.conditional_access.scenarios.scenario_file import Row, Values
from tenantlint.conditional_access.sign_in import DEVICES as PLAIN_DEVICES
from tenantlint.conditional_access.sign_in import SignIn
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.universe import UNKNOWN_PLATFORM
from tenantlint.errors import InputError
from tenantlint.yaml_document import Path as Place
from tenantlint.yaml_document import YamlDocument

MOST_OF_ONE = 2_000
_ORDER = (
    "application",
    "user_action",
    "authentication_context",
    "client",
    "platform",
    "location",
    "ip",
    "country",
    "sign_in_risk",
    "user_risk",
    "insider_risk",
    "flow",
    "device",
)
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "client": {
        "any": CLIENT_APP_TYPES,
        "modern": tuple(one for one in CLIENT_APP_TYPES if one not in LEGACY_CLIENTS),
        "legacy": tuple(one for one in CLIENT_APP_TYPES if one in LEGACY_CLIENTS),
    },
    "platform": {"any": (*PLATFORMS, UNKNOWN_PLATFORM)},
    "sign_in_risk": {"any": RISK_LEVELS},
    "user_risk": {"any": RISK_LEVELS},
    "insider_risk": {"any": INSIDER_RISK_LEVELS},
    "flow": {"any": TRANSFER_METHODS},
}
# The plain device of each state, as the body of a request has it.
DEVICES: Mapping[str, Mapping[str, Any]] = {
    state: {name: value == "True" if name == "isCompliant" else value for name, value in plain}
    for state, plain in PLAIN_DEVICES.items()
}


@dataclass(frozen=True, slots=True)
class Case:
    """One sign-in, of nobody yet. `values`: what it is made of, for people to read."""

    sign_in: SignIn
    values: Mapping[str, str]


Choice = tuple[str, Any]  # how it is shown, and what it becomes


class SignIns:
    """Makes the sign-ins of a file's scenarios, with the names of one tenant."""

    def __init__(self, tenant: Tenant, document: YamlDocument) -> None:
        self._tenant = tenant
        self._document = document
        self._policies = [one for one in tenant.policies if one.subject == "users"]
        self._applications = Applications(tenant, document)

    def of(self, row: Row, place: Place) -> Iterator[Case]:
        """Every combination of the row's values, in their order. Raises InputError for an unknown name, and for
        more than MOST_OF_ONE sign-ins.
        """
        names = [name for name in _ORDER if name in row.values]
        choices = [list(dict(self._choices(name, row.values[name])).items()) for name in names]
        count = len(row.personas)
        for some in choices:
            count *= len(some)
        if count > MOST_OF_ONE:
            raise self._document.error(
                place,
                f"these values make {count:,} sign-ins, more than {MOST_OF_ONE:,}",
                "name fewer values, or split it into several scenarios",
            )
        for picked in product(*choices):
            chosen = dict(zip(names, picked, strict=True))
            body = _body({name: made for name, (_, made) in chosen.items()})
            yield Case(self._parsed(body, place), {name: shown for name, (shown, _) in chosen.items()})

    def _parsed(self, body: Mapping[str, Any], place: Place) -> SignIn:
        try:
            return parse_request(body)
        except InputError as error:
            raise self._document.error(place, error.problem, error.mend) from None

    def _choices(self, name: str, values: Values) -> Iterator[Choice]:
        made: Mapping[str, Callable[[Any, Place], Iterator[Choice]]] = {
            "application": self._application,
            "location": self._location,
            "device": self._device,
            "ip": self._checked,
            "authentication_context": self._checked,
        }
        for value, place in values:
            if name in made:
                yield from made[name](value, place)
            else:
                for word in _WORDS.get(name, {}).get(value, (value,)):
                    yield word, word

    def _checked(self, value: str, place: Place) -> Iterator[Choice]:
        """A value that What-If's own reader judges, so that a refusal points at it."""
        name = "authentication_context" if "authentication_context" in place else "ip"
        self._parsed(_body({"application": applications.OTHER, name: value}), place)
        yield value, value

    def _application(self, value: str, place: Place) -> Iterator[Choice]:
        if value == "any":
            yield from ((self._applications.name(one), one) for one in self._atoms if not _no_application(one))
            return
        found = self._applications.id(value, place)
        members = applications.suites().get(found)
        if members is None:
            yield value, found
            return
        # The suite stands for those of its members that no policy names; the others are told apart.
        yield value, found
        for one in sorted(members & self._named_by_policies, key=self._applications.name):
            yield self._applications.name(one), one

    @cached_property
    def _atoms(self) -> tuple[str, ...]:
        return applications.application_atoms(self._policies)

    @cached_property
    def _named_by_policies(self) -> frozenset[str]:
        return frozenset(self._atoms)

    def _location(self, value: Any, place: Place) -> Iterator[Choice]:
        locations = self._tenant.locations
        if isinstance(value, dict):
            ids = frozenset(self._location_id(one, (*place, "in", index)) for index, one in enumerate(value["in"]))
            if self._sets and ids & self._relevant not in self._sets:
                raise self._document.error(place, "no sign-in is in exactly these locations at once")
            yield self._shown(ids), sorted(ids)
        elif value == "outside":
            yield "outside", []
        elif value == "trusted":
            known = sorted(locations.trusted() - {MFA_TRUSTED_IPS}) or [ALL_TRUSTED]
            for one in known:
                yield self._shown(frozenset({one})), self._around(one)
        elif value == "any":
            if not self._sets:
                raise self._document.error(
                    place, "the named locations can overlap in too many ways to try all", "name locations"
                )
            for ids in self._sets:
                yield self._shown(ids), sorted(ids)
        else:
            yield value, self._around(self._location_id(value, place))

    @cached_property
    def _sets(self) -> tuple[frozenset[str], ...]:
        """Every set of locations that a sign-in can be in at once, as far as policies name them."""
        atoms = location_atoms(self._policies, self._tenant.locations)
        return tuple(one.ids for one in atoms or ())

    @cached_property
    def _relevant(self) -> frozenset[str]:
        return frozenset(one for ids in self._sets for one in ids)

    def _around(self, identity: str) -> list[str]:
        """The location alone, or, where it lies within others, with as few of those as there can be."""
        return sorted(next((ids for ids in self._sets if identity in ids), {identity}) | {identity})

    def _shown(self, ids: frozenset[str]) -> str:
        names = sorted(self._tenant.locations.get(one).name for one in ids)
        return " and ".join(names) if names else "outside"

    def _location_id(self, value: str, place: Place) -> str:
        locations = self._tenant.locations
        identity = value.casefold()
        if identity in locations.by_id or identity in self._relevant:
            return identity
        found = [key for key, one in locations.by_id.items() if one.name.casefold() == identity]
        if len(found) == 1:
            return found[0]
        if found:
            raise self._document.error(
                place, f"{len(found)} named locations are called `{value}`", f"write one of the ids {', '.join(found)}"
            )
        names = sorted(one.name for one in locations.by_id.values())
        raise unknown_name(self._document, place, "named location", value, [*names, "outside", "trusted", "any"])

    def _device(self, value: Any, place: Place) -> Iterator[Choice]:
        if isinstance(value, dict):
            self._parsed(_body({"application": applications.OTHER, "device": value}), place)
            yield _attributes(value), value
        elif value != "any":
            yield value, DEVICES[value]
        elif self._kinds is None:
            raise self._document.error(place, "the device filters are too many to try every device", "name devices")
        else:
            yield from self._kinds

    @cached_property
    def _kinds(self) -> list[Choice] | None:
        """Every kind of device that the filters tell apart; one for each state where there are no filters."""
        rules = {}
        for policy in self._policies:
            if policy.device_filter is not None:
                try:
                    rules[policy.device_filter.rule] = device_filter.parse(policy.device_filter.rule)
                except InputError:
                    continue
        atoms = device_atoms(list(rules.values()))
        if atoms is None:
            return None
        found: list[Choice] = []
        for atom in atoms:
            sample = {key: list(one) if isinstance(one, tuple) else one for key, one in atom.sample}
            made = {**DEVICES[atom.state], **sample}
            extra = {key: one for key, one in sample.items() if key not in DEVICES[atom.state]}
            found.append((f"{atom.state} ({_attributes(extra)})" if extra else atom.state, made))
        return found


def _body(made: Mapping[str, Any]) -> dict[str, Any]:
    """A What-If body of a person who is in nothing; the person is laid over it later."""
    if "user_action" in made:
        context: dict[str, Any] = {"userAction": made["user_action"]}
    elif "authentication_context" in made:
        context = {"authenticationContextValue": made["authentication_context"]}
    else:
        context = {"includeApplications": [made["application"]]}
    keys = {
        "client": "clientAppType",
        "platform": "devicePlatform",
        "location": "locations",
        "ip": "ipAddress",
        "country": "country",
        "sign_in_risk": "signInRiskLevel",
        "user_risk": "userRiskLevel",
        "insider_risk": "insiderRiskLevel",
        "device": "deviceInfo",
    }
    conditions = {key: made[name] for name, key in keys.items() if name in made}
    if "flow" in made:
        conditions["authenticationFlow"] = {"transferMethod": made["flow"]}
    return {"signInIdentity": {"memberOf": []}, "signInContext": context, "signInConditions": conditions}


def _no_application(atom: str) -> bool:
    return applications.is_action(atom) or applications.is_context(atom)


def _attributes(given: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {one}" for key, one in given.items())
