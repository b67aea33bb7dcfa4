"""People of the Conditional Access analysis as rules see them: counts, names, and a handle for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from tenantlint.conditional_access.people import People, PersonClass, bits_of
from tenantlint.facts.answers import marks
from tenantlint.facts.interface import FactContext
from tenantlint.facts.population import NAMES_SHOWN, as_user
from tenantlint.facts.privileged_roles import role_names
from tenantlint.model import Principal


class Crowd:
    """The people of one answer, as bit sets over its classes.

    `emergency`: the declared emergency accounts. `members`: all who have their home here, or of whom nobody knows.
    `name`: a word for the handles of these people.
    """

    def __init__(self, context: FactContext, people: People, name: str) -> None:
        self._context = context
        self._name = name
        self._told: dict[int, dict[str, Any]] = {}
        self._members: dict[int, tuple[Principal, ...]] = {}
        self._symbolic = people.everybody & ~people.listed
        self.people = people
        marked = marks(context)
        declared = {one.lower() for one in context.break_glass}
        self.emergency = people.reach(0, marked.emergency).must | sum(
            1 << index
            for index, one in enumerate(people.classes)
            if any(kind[0] == "group" and kind[1] in declared for kind in one.names)
        )
        self.members = people.everybody & ~people.reach(0, marked.external).must
        self.guests = people.reach(0, marked.guests).must

    def about(self, whom: str) -> int:
        """The classes that a question is about, without the emergency accounts."""
        found = {"everyone": self.people.everybody, "members": self.members, "guests": self.guests}[whom]
        return found & ~self.emergency

    def told(self, bits: int) -> dict[str, Any]:
        """How many accounts, a few names, words for people who are no accounts of the snapshot, and a handle."""
        if bits not in self._told:
            handle = f"coverage/{self._name}/{len(self._told)}"
            self._context.populations.later(handle, lambda: self._principals(bits))
            listed = chain.from_iterable(self.people.classes[index].ids for index in bits_of(bits))
            self._told[bits] = {
                "population": handle,
                "count": self.people.counted(bits),
                "names": sorted(self._named(one) for one in islice(listed, NAMES_SHOWN)),
                "without_account": [self.people.classes[at].label for at in bits_of(bits & self._symbolic)],
            }
        return self._told[bits]

    def of(self, ids: Iterable[str]) -> int:
        """The classes that hold somebody of these accounts, given in lower case."""
        wanted = set(ids)
        return sum(1 << index for index, one in enumerate(self.people.classes) if not wanted.isdisjoint(one.ids))

    def _named(self, identity: str) -> str:
        principal = self._context.directory.principal(identity)
        return principal.name or principal.id

    def _principals(self, bits: int) -> tuple[Principal, ...]:
        """Accounts, and those whom the snapshot has only a word for; types of guests only by themselves."""
        accounts = [one for index in bits_of(bits & ~self._symbolic) for one in self._accounts(index)]
        words = [one for at in bits_of(bits & self._symbolic) for one in self._stand_ins(self.people.classes[at])]
        return (*accounts, *(one for one in words if one.kind != "guestType" or not accounts))

    def _accounts(self, index: int) -> tuple[Principal, ...]:
        if index not in self._members:
            self._members[index] = tuple(as_user(self._context, one) for one in self.people.classes[index].ids)
        return self._members[index]

    def _stand_ins(self, person: PersonClass) -> Iterator[Principal]:
        if not person.names:
            yield Principal(id=person.label, kind="unknown", name=person.label)
        for name in sorted(person.names):
            match name[0]:
                case "guest" if len(name) == 2:
                    yield Principal(id=name[1], kind="guestType", name=name[1])
                case "group":
                    known = self._context.directory.principal(name[1])
                    yield Principal(id=known.id, kind="group", name=known.name)
                case "role":
                    yield Principal(id=name[1], kind="role", name=role_names().get(name[1], name[1]))
