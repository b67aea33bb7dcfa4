"""The user dimension: classes of people whom no policy tells apart, and who of them each policy is about.

With a directory, people are the enabled users and the classes come from group membership, active roles and guest
types. Where the directory is not known they are symbolic: a person for every name that a policy uses, and one for
everybody else. Several sides (two policy sets, two directories) share one universe, so that they can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tenantlint.conditional_access.classes import Classes
from tenantlint.conditional_access.policy import Policy, Users
from tenantlint.directory import GUEST_TYPES, Directory
from tenantlint.directory.role_names import built_in_role_names

# External people who have no account in this directory.
_OUTSIDE = ("b2bDirectConnectUser", "otherExternalUser", "serviceProvider")

_WIDE = 512  # bits from which on another way to list them is quicker

Name = tuple[str, ...]  # ("user", id) | ("group", id) | ("role", id) | ("guest", type) | ("guest", type, tenant)


@dataclass(frozen=True, slots=True)
class Side:
    """One policy set with the directory that it is judged in.

    `activated`: eligible roles count as active; all of them, or these (template ids).
    """

    policies: tuple[Policy, ...]
    directory: Directory | None
    activated: bool | frozenset[str] = False


@dataclass(frozen=True, slots=True)
class PersonClass:
    """People whom no policy of any side tells apart.

    `ids`: users, sorted. A symbolic class has none, and a `label`; `names` are those that it stands for, `unknowns`
    says what its existence hangs on.
    """

    ids: tuple[str, ...]
    label: str = ""
    unknowns: tuple[str, ...] = ()
    names: frozenset[Name] = frozenset()

    @property
    def count(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a policy is about, as bit sets over the classes: certainly, and perhaps; with what decides."""

    must: int
    may: int
    unknowns: tuple[str, ...] = ()


class People:
    """The universe of people for several sides.

    `only`: user ids in lower case to which the universe is narrowed. `crossings`: sets of names for which a
    symbolic person shall be in all at once (two unknown groups that are excluded from different policies).
    `suppose`: names each of which gets a person who is in nothing else, as if somebody surely were (a role that
    somebody might hold).
    """

    def __init__(
        self,
        sides: Sequence[Side],
        only: frozenset[str] | None = None,
        crossings: Iterable[frozenset[Name]] = (),
        suppose: Iterable[Name] = (),
    ) -> None:
        self._sides = sides
        directories = [side.directory for side in sides]
        self.known = all(one is not None and one.users_known for one in directories)
        persons = _Persons(sides, self.known, only, crossings, suppose)
        self.classes = persons.classes()
        self._must, self._may, self._why = persons.bit_sets()
        self._present = persons.presence()
        # The classes whose size has a bit set, for each bit: counting is then a few operations on whole bit sets.
        sized: dict[int, list[int]] = {}
        for index, one in enumerate(self.classes):
            for bit in bits_of(one.count):
                sized.setdefault(bit, []).append(index)
        self._sizes = [(bit, _set(indexes)) for bit, indexes in sized.items()]

    @property
    def everybody(self) -> int:
        return (1 << len(self.classes)) - 1

    @cached_property
    def listed(self) -> int:
        """The classes of accounts; the others are people whom the snapshot does not list."""
        return _set(index for index, one in enumerate(self.classes) if one.ids)

    @cached_property
    def unsure(self) -> int:
        """The classes of which it is not known whether anybody is in them."""
        return _set(index for index, one in enumerate(self.classes) if one.unknowns)

    def present(self, side: int) -> int:
        """The classes whose people exist, enabled, in this side's directory; symbolic ones exist everywhere."""
        return self._present[side]

    def reach(self, side: int, policy: Policy) -> Reach:
        """Whom the policy of this side is about."""
        if policy.subject != "users":
            return Reach(0, 0)
        include_must, include_may, why = self._part(side, policy.include)
        exclude_must, exclude_may, why_not = self._part(side, policy.exclude)
        return Reach(include_must & ~exclude_may, include_may & ~exclude_must, (*why, *why_not))

    def named(self, side: int) -> dict[Name, int]:
        """For every name that the policies of this side use: the classes that are certainly in it."""
        return {name: bits for (at, name), bits in self._must.items() if at == side}

    def perhaps(self, side: int, name: Name) -> int:
        """The classes that are, or may be, in what a policy of this side names."""
        return self._may.get((side, name), 0)

    def alike(self, policy: Policy) -> int:
        """The classes of which both sides know the same about everything that the policy names."""
        found = self.everybody
        for name in (*names_of(policy.include), *names_of(policy.exclude)):
            for known in (self._must, self._may):
                found &= ~(known.get((0, name), 0) ^ known.get((1, name), 0))
        return found

    def _part(self, side: int, users: Users) -> tuple[int, int, tuple[str, ...]]:
        if users.all:
            return self.everybody, self.everybody, ()
        must = may = 0
        why = []
        for name in names_of(users):
            must |= self._must[side, name]
            may |= self._may[side, name]
            if self._must[side, name] != self._may[side, name]:
                why.append(self._why[side, name])
        return must, may, tuple(why)

    def counted(self, bits: int) -> int:
        """How many users the classes of a bit set hold; symbolic classes hold none that could be counted."""
        return sum((bits & having).bit_count() << bit for bit, having in self._sizes)

    def ids(self, bits: int) -> list[str]:
        """The users of the classes of a bit set, sorted."""
        return sorted(identity for index in bits_of(bits) for identity in self.classes[index].ids)


def names_of(users: Users) -> Iterator[Name]:
    """Every name that one side of a policy's user part uses, in a fixed order."""
    yield from (("user", one) for one in sorted(users.ids))
    yield from (("group", one) for one in sorted(users.groups))
    yield from (("role", one) for one in sorted(users.roles))
    for guests in users.guests:
        for kind in sorted(guests.types):
            if guests.tenants is None:
                yield ("guest", kind)
            else:
                yield from (("guest", kind, tenant) for tenant in sorted(guests.tenants))


def _set(indexes: Iterable[int]) -> int:
    """The bit set of these indexes."""
    found = bytearray()
    for index in indexes:
        if index >> 3 >= len(found):
            found.extend(bytes((index >> 3) + 1 - len(found)))
        found[index >> 3] |= 1 << (index & 7)
    return int.from_bytes(found, "little")


def bits_of(bits: int) -> Iterator[int]:
    """The indexes of the bits that are set, lowest first."""
    if bits.bit_length() > _WIDE:  # taking the bits off one by one would copy the whole number each time
        digits = bin(bits)[:1:-1]
        at = digits.find("1")
        while at >= 0:
            yield at
            at = digits.find("1", at + 1)
        return
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


class _Persons:
    """The people of a universe while it is made: concrete ones by index, then symbolic ones."""

    def __init__(
        self,
        sides: Sequence[Side],
        known: bool,
        only: frozenset[str] | None,
        crossings: Iterable[frozenset[Name]],
        suppose: Iterable[Name],
    ) -> None:
        self._sides = sides
        self._known = known
        self._names = [_used(side) for side in sides]
        self._members = [
            {name: members_of(side, name) for name in names} for side, names in zip(sides, self._names, strict=True)
        ]
        self._exist = self._enabled()
        self._ids = self._concrete(only)
        supposed = (_Symbol(self._label(name), frozenset({name})) for name in suppose)
        self._symbols = (*(self._symbolic(crossings) if only is None else ()), *supposed)
        self._concretes = Classes(
            self._ids,
            (
                one
                for members, present in zip(self._members, self._exist, strict=True)
                for certain, perhaps in ((present or frozenset(), None), *members.values())
                for one in (certain, perhaps or frozenset())
            ),
        )
        self._classes = (
            *(PersonClass(ids) for ids in self._concretes.members),
            *(PersonClass((), one.label, one.unknowns, one.names) for one in self._symbols),
        )

    def classes(self) -> tuple[PersonClass, ...]:
        return self._classes

    def bit_sets(self) -> tuple[dict[tuple[int, Name], int], dict[tuple[int, Name], int], dict[tuple[int, Name], str]]:
        """For each side and name: the classes that are certainly in it, those that may be, and why they differ."""
        must: dict[tuple[int, Name], int] = {}
        may: dict[tuple[int, Name], int] = {}
        why: dict[tuple[int, Name], str] = {}
        concrete = (1 << (len(self._classes) - len(self._symbols))) - 1
        for side, names in enumerate(self._names):
            for name in names:
                certain, perhaps = self._members[side][name]
                key = (side, name)
                symbols = sum(
                    1 << (len(self._classes) - len(self._symbols) + at)
                    for at, one in enumerate(self._symbols)
                    if one.is_in(name)
                )
                must[key] = self._concretes.bits(certain) | symbols
                may[key] = must[key] | (concrete if perhaps is None else self._concretes.bits(perhaps))
                why[key] = describe(self._sides[side], name)
        return must, may, why

    def presence(self) -> list[int]:
        """For each side the classes whose people exist there."""
        symbols = (1 << len(self._classes)) - (1 << (len(self._classes) - len(self._symbols)))
        everybody = (1 << len(self._classes)) - 1
        return [
            self._concretes.bits(present) | symbols if present is not None else everybody for present in self._exist
        ]

    def _enabled(self) -> Sequence[frozenset[str] | None]:
        """The enabled users of each side, where two sides have different ones; else nothing to tell apart."""
        if not self._known:
            return [None] * len(self._sides)
        found = [side.directory.user_ids - side.directory.disabled_ids for side in self._sides if side.directory]
        return found if any(one != found[0] for one in found) else [None] * len(self._sides)

    def _concrete(self, only: frozenset[str] | None) -> list[str]:
        """Enabled users of any side; where the users are not known, whoever is known to be in something named."""
        found: set[str] = set()
        for side, members in zip(self._sides, self._members, strict=True):
            if self._known and side.directory is not None:
                directory = side.directory
                found |= directory.user_ids - directory.disabled_ids
            else:
                for name, (certain, perhaps) in members.items():
                    if name[0] != "guest":
                        found |= certain | (perhaps or frozenset())
        if not self._known:
            found -= {
                identity for side in self._sides if side.directory for identity in _no_users(side.directory, found)
            }
        if only is None:
            return sorted(found)
        # Where the users are not known, whoever is asked for may exist, and may be in anything that is not known.
        return sorted(found & only if self._known else only)

    def _symbolic(self, crossings: Iterable[frozenset[Name]]) -> Iterator[_Symbol]:
        named = sorted({name for names in self._names for name in names})
        guests = [name for name in named if name[0] == "guest"]
        if not self._known:
            yield _Symbol("every other user", frozenset())
            for name in named:
                if name[0] in {"guest", "user"}:
                    continue
                if all(
                    self._members[side].get(name, (None, frozenset()))[1] is not None
                    for side in range(len(self._sides))
                ):
                    continue
                yield _Symbol(self._label(name), frozenset({name}), self._hangs_on(name))
            for names in crossings:
                label = " who are also ".join(self._label(name) for name in sorted(names))
                unknowns = tuple(one for name in sorted(names) for one in self._hangs_on(name))
                yield _Symbol(label, names, unknowns)
        kinds = _OUTSIDE if self._known else GUEST_TYPES
        if guests:
            tenants = sorted({name[2] for name in guests if len(name) == 3})
            for kind in kinds:
                yield _Symbol(kind + (" of other tenants" if tenants else ""), frozenset({("guest", kind)}))
                yield from (
                    _Symbol(f"{kind} of {one}", frozenset({("guest", kind), ("guest", kind, one)})) for one in tenants
                )

    def _label(self, name: Name) -> str:
        side = next((one for one in self._sides if one.directory is not None), None)
        text = label_of(side, name) if side else name[1]
        return {"group": f"members of {text}", "role": f"holders of {text}"}.get(name[0], text)

    def _hangs_on(self, name: Name) -> tuple[str, ...]:
        return () if name[0] in {"user", "guest"} else (describe(self._sides[0], name),)


@dataclass(frozen=True, slots=True)
class _Symbol:
    """A person whom the snapshot does not list, in nothing but `names`."""

    label: str
    names: frozenset[Name]
    unknowns: tuple[str, ...] = ()

    def is_in(self, name: Name) -> bool:
        return name in self.names


def _used(side: Side) -> tuple[Name, ...]:
    found = {
        name
        for policy in side.policies
        if policy.subject == "users"
        for name in (*names_of(policy.include), *names_of(policy.exclude))
    }
    return tuple(sorted(found))


def members_of(side: Side, name: Name) -> tuple[frozenset[str], frozenset[str] | None]:  # noqa: PLR0911 - a kind each
    """Users who are certainly in it, and those who also may be: None for anybody."""
    kind, identity = name[0], name[1]
    directory = side.directory
    if kind == "user":
        return frozenset({identity}), frozenset()
    if directory is None:
        return frozenset(), None
    if kind == "group":
        membership = directory.members(identity)
        if membership.known or membership.missing:
            return membership.ids, frozenset()
        return frozenset(), None
    if kind == "role":
        holders = _holders(side, directory, identity)
        return (frozenset(), None) if holders is None else (holders, frozenset())
    of_type = frozenset(directory.guests(identity))
    if not directory.users_known:
        return frozenset(), None
    return (of_type, frozenset()) if len(name) == 2 else (frozenset(), of_type)


def _holders(side: Side, directory: Directory, role: str) -> frozenset[str] | None:
    """Who holds the role as Conditional Access matches it; with `activated` also whoever may activate it."""
    roles = directory.roles(directory.snapshot.collected_at)
    active = roles.active_holders(role)
    activated = side.activated if isinstance(side.activated, bool) else role in side.activated
    if active is None or not activated:
        return active
    eligible = (
        one for one in roles.assignments if one.role_template_id == role and one.kind == "eligible" and one.tenant_wide
    )
    return active | {holding.principal.id.lower() for one in eligible for holding in roles.holders(one)}


def _no_users(directory: Directory, ids: Iterable[str]) -> set[str]:
    return {one for one in ids if directory.principal(one).kind in {"servicePrincipal", "device", "group"}}


def label_of(side: Side, name: Name) -> str:
    """The bare name of a user, group, role or guest type, else its id."""
    directory = side.directory
    if directory is None or name[0] == "guest":
        return (built_in_role_names().get(name[1]) if name[0] == "role" else None) or name[1]
    if name[0] == "role":
        listed = directory.roles(directory.snapshot.collected_at).names.get(name[1])
        return listed or built_in_role_names().get(name[1]) or name[1]
    return directory.principal(name[1]).name or name[1]


def describe(side: Side, name: Name) -> str:
    """What a result depends on where it is not known who is in a name, as a phrase."""
    text = label_of(side, name)
    match name[0]:
        case "group":
            return f"who is in the group {text}"
        case "role":
            return f"who holds the role {text}"
        case "guest":
            return f"which tenant a {text} comes from" if len(name) == 3 else f"who is a {text}"
        case _:
            return text
