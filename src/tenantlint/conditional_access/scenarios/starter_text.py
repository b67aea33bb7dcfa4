"""The text of a generated file of scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tenantlint.conditional_access.scenarios.scenario_file import FORMAT
from tenantlint.conditional_access.scenarios.starter_people import Person
from tenantlint.conditional_access.scenarios.writing import comment, field, scalar

_BASE = {"application": "other", "client": "browser", "platform": "windows", "device": "unregistered"}


@dataclass(frozen=True)
class SignInPlan:
    """A sign-in by name. `parts`: what it is made of, written one by one where they do not all come out alike."""

    words: str
    values: Mapping[str, Any]
    parts: tuple[SignInPlan, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A scenario to be written."""

    person: Person
    sign_in: SignInPlan
    name: str
    expect: Any = "granted"
    comments: tuple[str, ...] = ()
    skip: str = ""


def document(entries: Sequence[Entry], place: str, people: Sequence[Person]) -> str:
    """The text. A persona without scenarios stays: those after it are without its people."""
    lines = [
        comment("Sign-ins and what comes of them at present, written by `tenantlint scenarios --generate`."),
        comment("A miss says that the tenant no longer behaves so. Read what is expected: not all of it may be meant."),
        f"format: {FORMAT}",
        "",
        "personas:",
    ]
    for index, person in enumerate(people):
        before = [one.name for one in people[:index]]
        lines += [comment(one, 2) for one in person.about]
        given = {**person.people, "except": {"persona": before}} if before else person.people
        lines += field(scalar(person.name), given, 2)
    lines += ["", comment("For every scenario that does not say otherwise."), "defaults:"]
    for key, value in {**_BASE, "location": place}.items():
        lines += field(key, value, 2)
    lines += ["", "sections:"]
    for person in people:
        own = [entry for entry in entries if entry.person.name == person.name]
        lines += [f"  - name: {scalar(_capital(person.name))}", "    scenarios:"] if own else []
        for entry in own:
            lines += _scenario(entry)
    return "\n".join(lines) + "\n"


def _scenario(entry: Entry) -> Iterator[str]:
    yield f"      - name: {scalar(entry.name)}"
    yield from (comment(one, 8) for one in entry.comments)
    yield f"        who: {scalar(entry.person.name)}"
    for key, value in entry.sign_in.values.items():
        yield from field(key, value, 8)
    yield from field("expect", entry.expect, 8)
    if entry.skip:
        yield from field("skip", entry.skip, 8)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
