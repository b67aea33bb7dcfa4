"""Write a file of scenarios from how a tenant behaves at present: a net to change policies over.

The sign-ins are put together first and run as they are; what came of them becomes the expectation, so that the file
passes on the tenant that it was made from, and every change of behaviour is a miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tenantlint.conditional_access.grants import Strength
from tenantlint.conditional_access.locations import Location
from tenantlint.conditional_access.policy import MFA_TRUSTED_IPS
from tenantlint.conditional_access.scenarios.outcomes import Group
from tenantlint.conditional_access.scenarios.run import CaseResult, ScenarioResult, Status, run
from tenantlint.conditional_access.scenarios.scenario_file import parse_scenarios
from tenantlint.conditional_access.scenarios.starter_people import MEMBERS, Person, persons
from tenantlint.conditional_access.scenarios.starter_text import Entry, SignInPlan, document
from tenantlint.conditional_access.tenant import Tenant

_FILE = "scenarios.yaml"
_NAMES = 3
_MOST_PLACES = 6
_NAME = 100  # characters of what a name says came out
_MAIL = "Office 365 Exchange Online"
_AZURE = "Windows Azure Service Management API"
_APP = "mobileAppsAndDesktopClients"
# A place in which so large a share of ordinary members is blocked is not where people sign in from.
_MOST_BLOCKED = 0.5


_Way = tuple[str, tuple[tuple[str, ...], ...]]  # outcome and requires


@dataclass(frozen=True)
class _Ways:
    """In which ways a sign-in comes out, with the users and other people of each."""

    groups: Mapping[_Way, list[Group]] = field(default_factory=dict)

    def ordered(self) -> list[tuple[_Way, list[Group]]]:
        return sorted(self.groups.items(), key=lambda one: (-_people(one[1]), one[0]))

    def blocked(self) -> float:
        """The share of people who are blocked."""
        total = sum(_people(one) for one in self.groups.values())
        return _people(self.groups.get(("blocked", ()), [])) / total if total else 1.0


def generate(tenant: Tenant, emergency: frozenset[str] | None = None) -> str:
    """The text of a file. The same tenant gives the same text."""
    return _Starter(tenant, emergency).text()


class _Starter:
    def __init__(self, tenant: Tenant, emergency: frozenset[str] | None) -> None:
        self._tenant = tenant
        self._emergency = emergency
        self._strengths: dict[str, Strength] = {
            one.grant.strength.id: one.grant.strength
            for one in tenant.policies
            if one.grant is not None and one.grant.strength is not None
        }

    def text(self) -> str:
        people, place = self._people_and_place()
        entries = list(self._entries(people, place))
        results = self._run(entries, place, people)
        usual: dict[str, Any] = {}
        for entry, result in zip(entries, results, strict=True):
            if entry.person.name == MEMBERS:
                usual[entry.sign_in.words] = self._expectation(_ways(result.cases))
        judged = [self._judged(entry, _ways(result.cases)) for entry, result in zip(entries, results, strict=True)]
        kept = [one for one in judged if one.person.whole or one.expect != usual.get(one.sign_in.words)]
        final = [_settled(one, result) for one, result in zip(kept, self._run(kept, place, people), strict=True)]
        return document(final, place, people)

    def _entries(self, people: Sequence[Person], place: str) -> Iterator[Entry]:
        """Every sign-in of every persona; those with parts in one where they come out alike."""
        whole = [Entry(person, one, one.words) for person in people for one in self._sign_ins(person, place)]
        for entry, result in zip(whole, self._run(whole, place, people), strict=True):
            ways = [_ways([case]).ordered() for case in result.cases]
            alike = all([way for way, _ in one] == [way for way, _ in ways[0]] for one in ways)
            if alike or not entry.sign_in.parts:
                yield entry
            else:
                yield from (Entry(entry.person, one, one.words) for one in entry.sign_in.parts)

    def _run(self, entries: Sequence[Entry], place: str, people: Sequence[Person]) -> list[ScenarioResult]:
        given = parse_scenarios(document(entries, place, people), file=_FILE)
        return list(run(given, self._tenant, self._emergency, hints=False).scenarios)

    def _people_and_place(self) -> tuple[list[Person], str]:
        """The personas in which there is anybody; and where ordinary sign-ins come from: outside every named location,
        or, where that is blocked, the location in which the fewest members are, untrusted ones first.
        """
        candidates = list(persons(self._tenant, emergency=bool(self._emergency)))
        base = SignInPlan("", {})
        entries = [Entry(one, base, "exists") for one in candidates]
        members = next(one for one in candidates if one.name == MEMBERS)
        places = self._places()
        entries += [Entry(members, SignInPlan("", {"location": one}), f"in {one}") for one in places]
        results = self._run(entries, "outside", candidates)
        found = [one for one, result in zip(candidates, results, strict=False) if result.cases[0].groups]
        blocked = [_ways(result.cases).blocked() for result in results[len(candidates) :]]
        if blocked[0] < _MOST_BLOCKED:
            return found, places[0]
        return found, places[min(range(len(places)), key=lambda at: (round(blocked[at], 2), at))]

    def _places(self) -> list[str]:
        locations = self._tenant.locations
        known = [locations.by_id[key] for key in self._locations_used() if key in locations.by_id]
        known.sort(key=lambda one: (one.trusted, one.name.casefold(), one.id))
        return ["outside", *map(self._place_name, known)]

    def _locations_used(self) -> frozenset[str]:
        locations = self._tenant.locations
        return frozenset(
            key
            for policy in self._tenant.enforced
            for key in locations.expand((policy.locations.include or frozenset()) | policy.locations.exclude)
        )

    def _sign_ins(self, person: Person, place: str) -> Iterator[SignInPlan]:
        yield SignInPlan(
            "A browser on any platform, unmanaged or compliant",
            {"platform": "any", "device": ["unregistered", "compliant"]},
            parts=(
                SignInPlan("A browser on an unmanaged Windows computer", {}),
                SignInPlan("A browser on a compliant Windows computer", {"device": "compliant"}),
                SignInPlan("A browser on Linux", {"platform": "linux"}),
                SignInPlan("A browser on a phone", {"platform": "iOS"}),
                SignInPlan("A browser on a platform that is not recognised", {"platform": "unknown"}),
            ),
        )
        yield SignInPlan("A mail app on a phone", {"application": _MAIL, "client": _APP, "platform": "iOS"})
        yield SignInPlan("A mail app on a Windows computer", {"application": _MAIL, "client": _APP})
        yield SignInPlan("A legacy client", {"client": "legacy"})
        yield SignInPlan("The device code flow", {"client": _APP, "flow": "deviceCodeFlow"})
        yield SignInPlan("A risky sign-in", {"sign_in_risk": "high"})
        yield SignInPlan("A risky user", {"user_risk": "high"})
        if place != "outside":
            yield SignInPlan("Outside every named location", {"location": "outside"})
        trusted = self._trusted()
        if trusted:
            yield SignInPlan(
                "In any trusted location",
                {"location": trusted},
                parts=tuple(SignInPlan(f"In {one}", {"location": one}) for one in trusted),
            )
        if person.administers or person.name == MEMBERS:
            yield SignInPlan(
                "The admin portals and Azure management", {"application": ["MicrosoftAdminPortals", _AZURE]}
            )
        yield SignInPlan("Registering security information", {"user_action": "registerSecurityInformation"})

    def _trusted(self) -> list[str]:
        """Trusted locations that policies use, as a scenario names them."""
        locations = self._tenant.locations
        trusted = locations.trusted() & self._locations_used() & locations.by_id.keys() - {MFA_TRUSTED_IPS}
        return [self._place_name(locations.by_id[key]) for key in sorted(trusted)][:_MOST_PLACES]

    def _place_name(self, location: Location) -> str:
        names = [one.name.casefold() for one in self._tenant.locations.by_id.values()]
        return location.name if names.count(location.name.casefold()) == 1 else location.id

    def _judged(self, entry: Entry, ways: _Ways) -> Entry:
        ordered = ways.ordered()
        kept = self._weakest(ways)
        words = " or ".join(dict.fromkeys(self._words(way) for way in kept))
        if len(words) > _NAME:
            words = "not the same for all"
        elif len(kept) < len(ordered):
            words += ", and more for some"
        comments = [f"{self._words(way)} for {_who(groups)}" for way, groups in ordered] if len(ordered) > 1 else []
        name = f"{entry.sign_in.words}: {words}"
        return Entry(entry.person, entry.sign_in, name, self._expectation(ways), tuple(comments))

    def _expectation(self, ways: _Ways) -> Any:
        """What came out as an expectation; one of several where it is not the same for all."""
        found = [self._one(*way) for way in self._weakest(ways)]
        distinct = [one for index, one in enumerate(found) if one not in found[:index]]
        return distinct[0] if len(distinct) == 1 else {"any_of": distinct}

    def _weakest(self, ways: _Ways) -> list[_Way]:
        """The ways without those that ask for all that another asks for, and more."""
        asked = {way: {frozenset(map(self._control, one)) for one in way[1]} for way in ways.groups}
        return [
            way
            for way, _ in ways.ordered()
            if not any(other[1] and way[1] and less < asked[way] for other, less in asked.items())
        ]

    def _one(self, outcome: str, requires: tuple[tuple[str, ...], ...]) -> Any:
        if not requires:
            return outcome
        single = list(dict.fromkeys(self._control(one[0]) for one in requires if len(one) == 1))
        several = [[self._control(control) for control in one] for one in requires if len(one) > 1]
        found: dict[str, Any] = {"requires": single} if single else {}
        if several:
            found["requires_any"] = several if len(several) > 1 else several[0]
        return found

    def _words(self, way: _Way) -> str:
        outcome, requires = way
        if not requires:
            return "granted with nothing asked" if outcome == "granted" else outcome
        clauses = [" or ".join(self._control(control) for control in one) for one in requires]
        if len(clauses) > 1:
            clauses = [f"({text})" if " or " in text else text for text in clauses]
        return f"requires {' and '.join(dict.fromkeys(clauses))}"

    def _control(self, control: str) -> str:
        """A control as a scenario expects it: a strength by what it brings."""
        kind, _, identity = control.partition(":")
        if kind != "authenticationStrength":
            return control
        strength = self._strengths.get(identity)
        if strength is None:
            return control
        if strength.forces_phishing_resistance:
            return "phishing_resistant_mfa"
        return "mfa" if strength.forces_mfa else control


def _ways(cases: Iterable[CaseResult]) -> _Ways:
    found: dict[_Way, list[Group]] = {}
    for case in cases:
        for group in case.groups:
            found.setdefault((group.outcome, group.requires), []).append(group)
    return _Ways(found)


def _people(groups: Iterable[Group]) -> int:
    return sum(one.users + len(one.others) for one in groups)


def _who(groups: Sequence[Group]) -> str:
    """People in a few words. Several sign-ins make one scenario: the largest group speaks for them."""
    largest = max(groups, key=lambda one: one.users + len(one.others))
    if not largest.users:
        more = len(largest.others) - _NAMES
        return ", ".join(largest.others[:_NAMES]) + (f" and {more} more" if more > 0 else "")
    names = ", ".join(largest.names[:_NAMES])
    more = largest.users - min(_NAMES, len(largest.names))
    users = "1 user" if largest.users == 1 else f"{largest.users:,} users"
    return f"{users} ({names}{f' and {more:,} more' if more > 0 else ''})"


def _settled(entry: Entry, result: ScenarioResult) -> Entry:
    """The entry as it passes: what hangs on something that no snapshot tells is skipped, and says so."""
    if result.status is Status.PASS:
        return entry
    why = list(dict.fromkeys(text for case in result.cases for group in case.groups for text in group.depends_on))
    reason = f"depends on {', '.join(why[:_NAMES])}" if why else "depends on what a control means"
    return Entry(entry.person, entry.sign_in, entry.name, entry.expect, entry.comments, reason)
