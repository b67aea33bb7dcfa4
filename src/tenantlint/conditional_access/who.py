"""A set of people in words: by the groups, roles and guest types that policies use, else by name.

Labels are exact: a group is named only when all its people in this universe are in the set, or when the label says
how many of them are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.people import Name, People, PersonClass, bits_of

_NAMES = 3  # people who are told by name
_PARTS = 3  # groups in one label
_CANDIDATES = 8  # groups that are looked at for the one that holds most of a set
_SYMBOLS = 4  # labels of people whom the snapshot does not list


class Who:
    """Labels over the classes of one universe of people, as one side's policies name them."""

    def __init__(self, people: People, side: int, naming: Naming) -> None:
        self._people = people
        self._naming = naming
        self._concrete = people.listed
        self._symbolic = people.everybody & ~self._concrete
        # Users whom a policy names one by one are told by name anyway.
        self._sets = {
            name: bits & self._concrete
            for name, bits in sorted(people.named(side).items())
            if name[0] != "user" and len(name) == 2 and bits & self._concrete
        }
        self._labels: dict[int, str] = {}

    def label(self, users: int) -> str:
        """Who the classes of a bit set are, in a phrase without a full stop."""
        if users not in self._labels:
            parts = [self._accounts(users & self._concrete), self._unlisted(users & self._symbolic)]
            everybody = users == self._people.everybody and not self._people.known
            self._labels[users] = "everybody" if everybody else "; also ".join(one for one in parts if one)
        return self._labels[users]

    def without_crossings(self, users: int) -> int:
        """The set without people in two groups at once of which one alone is in the set, too."""
        alone = {
            name
            for index in bits_of(users & self._symbolic)
            if len(names := self._people.classes[index].names) == 1
            for name in names
        }
        return users & ~sum(1 << index for index in bits_of(users & self._symbolic) if self._crosses(index, alone))

    def _crosses(self, index: int, alone: set[Name]) -> bool:
        names = self._people.classes[index].names
        return len(names) > 1 and all(name[0] != "guest" for name in names) and not names.isdisjoint(alone)

    def _accounts(self, users: int) -> str:
        if not users:
            return ""
        count, total = self._people.counted(users), self._people.counted(self._concrete)
        if users == self._concrete and (self._people.known or count > _NAMES):
            return _counted(total, "all " if self._people.known else "all known ")
        if count <= _NAMES:
            return f"{_counted(count)}: {_listed(self._names(users))}"
        inside = self._parts(users)
        outside = self._parts(self._concrete & ~users)
        if inside is not None and (outside is None or len(inside) <= len(outside) or count * 2 <= total):
            return f"{_counted(count)}: {_listed(inside)}"
        if outside is not None:
            return f"{_counted(count)}: everybody except {_listed(outside)}"
        return f"{_counted(count)}: {self._within(users) or self._mostly(users)}"

    def _parts(self, users: int, room: int | None = None) -> list[str] | None:
        """Groups that lie in the set, the largest first, and the few others by name; None when that is no help.

        `room`: the people among whom the set lies, where that is not everybody.
        """
        left, parts = self._greedy(users, self._concrete if room is None else room)
        if self._people.counted(left) > _NAMES:
            return None
        return [*parts, *self._names(left)]

    def _greedy(self, users: int, room: int) -> tuple[int, list[str]]:
        left, total = users, self._people.counted(users)
        parts: list[str] = []
        while left and len(parts) < _PARTS:
            lying = [
                (name, bits & room) for name, bits in self._sets.items() if bits & left and not bits & room & ~users
            ]
            best = max(lying, key=lambda one: self._people.counted(one[1] & left), default=None)
            if best is None:
                break
            name, bits = best
            gained = self._people.counted(bits & left)
            if gained == 1 and self._people.counted(left) <= _NAMES:
                break
            parts.append(f"{self._naming.members(name)}{'' if gained == total else f' ({gained:,})'}")
            left &= ~bits
        return left, parts

    def _within(self, users: int) -> str | None:
        """The set as a part of the smallest group around it."""
        around = [(self._people.counted(bits), name) for name, bits in self._sets.items() if not users & ~bits]
        if not around:
            return None
        size, name = min(around)
        text = self._naming.members(name)
        if users == self._sets[name]:
            return text
        others = self._parts(self._sets[name] & ~users, self._sets[name])
        return f"{text} except {_listed(others)}" if others else f"some of the {size:,} {text}"

    def _mostly(self, users: int) -> str:
        """What most of the set is, and the number of others."""
        count, total = self._people.counted(users), self._people.counted(self._concrete)
        left, parts = self._greedy(users, self._concrete)
        others = self._people.counted(left)
        if parts and others * 2 <= count:
            return _listed([*parts, f"{others:,} others"])
        if count * 2 > total:
            outside, missing = self._greedy(self._concrete & ~users, self._concrete)
            rest = self._people.counted(outside)
            if missing and rest * 2 <= total - count:
                return f"everybody except {_listed([*missing, f'{rest:,} others'])}"
            return f"all but {total - count:,} of the {total:,}"
        return self._largest(users, count) or self._sample(users, count)

    def _largest(self, users: int, count: int) -> str | None:
        """The group that holds most of the set, though not only these people."""
        near = sorted(self._sets.items(), key=lambda one: (-(one[1] & users).bit_count(), one[0]))[:_CANDIDATES]
        held, name = max(((self._people.counted(bits & users), name) for name, bits in near), default=(0, None))
        if name is None or held * 4 < count * 3:
            return None
        size = self._people.counted(self._sets[name])
        others = self._names(users & ~self._sets[name])
        more = others if len(others) <= _NAMES else [f"{count - held:,} others"]
        return _listed([f"{held:,} of the {size:,} {self._naming.members(name)}", *more])

    def _sample(self, users: int, count: int) -> str:
        return f"{', '.join(self._names(users, _NAMES))} and {count - _NAMES:,} others"

    def _names(self, users: int, most: int | None = None) -> list[str]:
        ids = self._people.ids(users)
        return sorted((self._naming.person(one) for one in ids[:most]), key=str.casefold)

    def _unlisted(self, users: int) -> str:
        """People whom the snapshot has no account of, by what they are in."""
        if not users:
            return ""
        if users == self._symbolic:
            return "everybody" if not self._people.known else "external people without an account here"
        kept = self._labelled(users)
        missing = self._labelled(self._symbolic & ~users)
        nameless = [index for index in bits_of(users) if not self._people.classes[index].names]
        if users == sum(1 << index for index in nameless) and (self._symbolic & ~users).bit_count() > _SYMBOLS:
            return "everybody in none of the groups, roles and guest types that policies name"
        if nameless and len(missing) <= _SYMBOLS:
            return f"everybody except {_listed(missing)}"
        return _listed(kept)

    def _labelled(self, users: int) -> list[str]:
        """One phrase a kind: members of groups, holders of roles, guests, people in two groups at once, others."""
        classes = [self._people.classes[index] for index in bits_of(self.without_crossings(users))]
        single = [next(iter(one.names)) for one in classes if len(one.names) == 1]
        labels = [one.label for one in classes if not one.names]
        for kind, before in (("group", "members of "), ("role", "holders of ")):
            # Those without a name in the snapshot come last.
            found = [name for name in single if name[0] == kind]
            names = [
                text
                for _, text in sorted((text == name[1], text) for name in found for text in (self._naming.short(name),))
            ]
            labels += [f"{before}{_some(names, kind)}"] if names else []
        guests = [one for one in classes if _of_guests(one.names)]
        if guests and all(one in guests for one in self._people.classes if not one.ids and _of_guests(one.names)):
            labels.append("external people without an account here" if self._people.known else "guests of every type")
        else:
            labels += [self._guest(one) for one in guests]
        for one in classes:
            if len(one.names) > 1 and one not in guests:
                labels.append(" who are also ".join(self._naming.members(name) for name in sorted(one.names)))
        return labels

    def _guest(self, one: PersonClass) -> str:
        longest = max(one.names, key=len)
        return self._naming.short(longest) + (" of other tenants" if " of other " in one.label else "")


def _of_guests(names: Iterable[Name]) -> bool:
    found = list(names)
    return bool(found) and all(name[0] == "guest" for name in found)


def _some(names: Sequence[str], kind: str) -> str:
    """Some of them by name: whoever is in one of them is meant."""
    if len(names) <= _SYMBOLS:
        return ", ".join(names[:-1]) + (" or " if len(names) > 1 else "") + names[-1]
    return f"{', '.join(names[: _SYMBOLS - 1])} or {len(names) - _SYMBOLS + 1:,} more {kind}s"


def _counted(number: int, before: str = "") -> str:
    return f"{before}{number:,} {'user' if number == 1 else 'users'}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else "nobody"
