"""Read a file of scenarios (`tenantlint.scenarios/1`): who signs in how, and what shall come of it.

Nothing of the tenant is known here: names are still text. Every value keeps its place in the file, so that whatever
is found wrong later points at it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenantlint import shipped, yaml_document
from tenantlint.conditional_access.scenarios.expectations import Expectation, read_expectation
from tenantlint.errors import InputError
from tenantlint.yaml_document import Path as Place
from tenantlint.yaml_document import YamlDocument

FORMAT = "tenantlint.scenarios/1"
_TARGETS = ("application", "user_action", "authentication_context")
_POINTS = ("location", "ip", "country")
_NOT_SIGN_IN = frozenset({"who", "members", "expect", "table", "name", "skip"})


Values = tuple[tuple[Any, Place], ...]  # of one field of a sign-in, each with its place


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """A description of people: a union of its parts, without `without`. `place`: where it stands.

    Compared by identity: personas that stand on one another would be hashed over and over.
    """

    place: Place
    users: tuple[tuple[str, Place], ...] = ()
    groups: tuple[tuple[str, Place], ...] = ()
    roles: tuple[tuple[str, Place], ...] = ()
    guests: tuple[str, ...] = ()
    everyone: bool = False
    emergency_accounts: bool = False
    personas: tuple[Persona, ...] = ()
    without: People | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """People under a name: that of the persona, or a description in words."""

    name: str
    people: People


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a scenario's table, or the scenario itself: every combination of its values is a sign-in."""

    personas: tuple[Persona, ...]
    members: str
    values: Mapping[str, Values]
    expectation: Expectation


@dataclass(frozen=True, slots=True)
class Scenario:
    """`skip`: why it is not run; it then has no rows."""

    name: str
    place: Place
    line: int
    rows: tuple[Row, ...]
    skip: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Scenarios under a heading; without a name those that stand in no section."""

    name: str
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """The sections in the order of the file; scenarios outside any section come first."""

    document: YamlDocument
    sections: tuple[Section, ...]


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of scenarios."""
    loaded: dict[str, Any] = json.loads((shipped.policies() / "schemas" / "scenarios.json").read_text("utf-8"))
    return loaded


def read_scenarios(path: Path) -> ScenarioFile:
    """Read a file. Raises InputError with file, line and one sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        raise InputError(f"the scenarios cannot be read: {problem}", file=path.as_posix()) from None
    return parse_scenarios(text, file=path.as_posix())


def parse_scenarios(text: str, *, file: str) -> ScenarioFile:
    """`read_scenarios` for text that is at hand."""
    document = yaml_document.parse(text, file=file)
    data = document.data
    if not isinstance(data, dict) or not ("scenarios" in data or "sections" in data):
        raise document.error((), "there are no scenarios", f"write `format: {FORMAT}` and a list `scenarios:`")
    document.validate(schema())
    return _Parser(document).file()


class _Parser:
    def __init__(self, document: YamlDocument) -> None:
        self._document = document
        self._given = document.data.get("personas", {})
        self._personas: dict[str, Persona] = {}
        self._reading: list[str] = []
        for name in self._given:
            self._persona(name, ("personas", name))

    def file(self) -> ScenarioFile:
        data = self._document.data
        base = _laid_over({}, data.get("defaults", {}), ("defaults",))
        sections = []
        if data.get("scenarios"):
            sections.append(Section("", self._scenarios(data["scenarios"], ("scenarios",), base)))
        for index, section in enumerate(data.get("sections", ())):
            place: Place = ("sections", index)
            own = _laid_over(base, section.get("defaults", {}), (*place, "defaults"))
            self._one_target(section.get("defaults", {}), (*place, "defaults"))
            sections.append(Section(section["name"], self._scenarios(section["scenarios"], (*place, "scenarios"), own)))
        self._one_target(data.get("defaults", {}), ("defaults",))
        self._no_name_twice(sections)
        return ScenarioFile(self._document, tuple(sections))

    def _no_name_twice(self, sections: Sequence[Section]) -> None:
        for section in sections:
            seen: dict[str, int] = {}
            for one in section.scenarios:
                if one.name in seen:
                    raise self._document.error(
                        (*one.place, "name"), f"the name `{one.name}` stands twice (also on line {seen[one.name]})"
                    )
                seen[one.name] = one.line

    def _scenarios(self, given: Sequence[Any], place: Place, base: Mapping[str, Values]) -> tuple[Scenario, ...]:
        return tuple(self._scenario(one, (*place, index), base) for index, one in enumerate(given))

    def _scenario(self, given: Mapping[str, Any], place: Place, base: Mapping[str, Values]) -> Scenario:
        line = self._document.place(place)[0]
        # A scenario that is skipped is read all the same: it must be fit to run the day the reason is gone.
        rows = tuple(self._rows(given, place, base))
        return Scenario(given["name"], place, line, () if "skip" in given else rows, given.get("skip"))

    def _rows(self, given: Mapping[str, Any], place: Place, base: Mapping[str, Values]) -> Iterator[Row]:
        self._one_target(given, place)
        own = _laid_over(base, given, place)
        if "table" not in given:
            yield self._row(given, place, own, given, place)
            return
        for index, row in enumerate(given["table"]):
            at: Place = (*place, "table", index)
            self._one_target(row, at)
            yield self._row(row, at, _laid_over(own, row, at), given, place)

    def _row(
        self,
        given: Mapping[str, Any],
        place: Place,
        values: Mapping[str, Values],
        scenario: Mapping[str, Any],
        above: Place,
    ) -> Row:
        def nearest(key: str) -> tuple[Any, Place] | None:
            if key in given:
                return given[key], (*place, key)
            return (scenario[key], (*above, key)) if key in scenario else None

        who, expect = nearest("who"), nearest("expect")
        if who is None:
            raise self._document.error(place, "nobody is named", "write `who:` with a persona, or `who: everyone`")
        if expect is None:
            raise self._document.error(place, "nothing is expected", "write `expect:`, for example `expect: blocked`")
        if not any(name in values for name in _TARGETS):
            raise self._document.error(
                place, "no application is named", "write `application:` here or in `defaults:`, for example Office365"
            )
        if "client" not in values:
            raise self._document.error(
                place, "no client is named", "write `client:` here or in `defaults:`, for example `client: modern`"
            )
        members = values["members"][0][0] if "members" in values else "all"
        return Row(
            personas=tuple(self._who(one, at) for one, at in _listed(*who)),
            members=members,
            values={name: one for name, one in values.items() if name not in _NOT_SIGN_IN},
            expectation=read_expectation(expect[0], expect[1], self._document),
        )

    def _who(self, given: Any, place: Place) -> Persona:
        if isinstance(given, dict):
            people = self._people(given, place)
            return Persona(described(people), people)
        return self._persona(given, place)

    def _persona(self, name: str, place: Place) -> Persona:
        """A persona of the file, which may stand on others, or `everyone`."""
        if name in self._personas:
            return self._personas[name]
        if name not in self._given:
            if name == "everyone":
                return Persona(name, People(place, everyone=True))
            from difflib import get_close_matches

            known = [*self._given, "everyone"]
            near = get_close_matches(name, known, n=3)
            mend = f"did you mean {' or '.join(near)}" if near else f"there are {', '.join(known)}"
            raise self._document.error(place, f"there is no persona `{name}`", mend)
        if name in self._reading:
            raise self._document.error(place, f"the persona `{name}` stands on itself")
        self._reading.append(name)
        own: Place = ("personas", name)
        self._personas[name] = Persona(name, self._people(self._given[name], own))
        self._reading.remove(name)
        return self._personas[name]

    def _people(self, given: Mapping[str, Any], place: Place) -> People:
        texts = {
            key: tuple((str(one), at) for one, at in _listed(given.get(key, ()), (*place, key)))
            for key in ("user", "group", "role", "guest")
        }
        if given.keys() == {"except"}:
            raise self._document.error(place, "only people who are not meant are named", "add `everyone: true`")
        return People(
            place=place,
            users=texts["user"],
            groups=texts["group"],
            roles=texts["role"],
            guests=tuple(one for one, _ in texts["guest"]),
            everyone="everyone" in given,
            emergency_accounts="emergency_accounts" in given,
            personas=tuple(
                self._persona(name, at) for name, at in _listed(given.get("persona", ()), (*place, "persona"))
            ),
            without=self._people(given["except"], (*place, "except")) if "except" in given else None,
        )

    def _one_target(self, given: Mapping[str, Any], place: Place) -> None:
        both = [name for name in _TARGETS if name in given]
        if len(both) < 2:
            both = [name for name in _POINTS if name in given] if "location" in given else []
        if len(both) > 1:
            raise self._document.error((*place, both[1]), f"`{both[0]}` and `{both[1]}` exclude each other")


def described(people: People) -> str:
    """People in words, for those that have no name of their own."""
    parts = ["everyone"] if people.everyone else []
    parts += ["emergency accounts"] if people.emergency_accounts else []
    parts += [one.name for one in people.personas]
    parts += [text for text, _ in people.users]
    parts += [f"group {text}" for text, _ in people.groups]
    parts += [f"role {text}" for text, _ in people.roles]
    parts += ["any guest" if text == "any" else text for text in people.guests]
    text = ", ".join(parts)
    return f"{text} except {described(people.without)}" if people.without else text


def _listed(given: Any, place: Place) -> list[tuple[Any, Place]]:
    """A value or a list of values, each with its place."""
    if isinstance(given, list):
        return [(one, (*place, index)) for index, one in enumerate(given)]
    return [] if given == () else [(given, place)]


def _laid_over(base: Mapping[str, Values], given: Mapping[str, Any], place: Place) -> dict[str, Values]:
    """The values with nearer ones in their place; a nearer target or place drops what it excludes."""
    found = dict(base)
    dropped: set[str] = set(_TARGETS if any(name in given for name in _TARGETS) else ())
    dropped |= {"location"} if "ip" in given or "country" in given else set()
    dropped |= set(_POINTS) if "location" in given else set()
    for name in dropped:
        found.pop(name, None)
    for name, one in given.items():
        if name not in {"who", "expect", "table", "name", "skip"}:
            found[name] = tuple(_listed(one, (*place, name)))
    return found
