"""Who reaches which of several rules that are tried in order, each taking the mailboxes that it names.

Exchange's protection rules are such a list: the first rule that names a recipient decides, the rest is never
asked. Group members are not known here. A group is therefore a proposition that a walk may assume either way:
what only holds under such an assumption is `possible` and says which groups it hangs on. Three presumptions keep
that from hiding the plain cases: every accepted domain has recipients, every group that a rule names has a
member that is in no other named group, and no group that is an exception anywhere holds a whole domain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from tenantlint.facts.mail_scope import Scope

_STEPS_OF_A_WALK = 2_000  # beyond these, or those of all walks, every later rule counts as possibly reached
_STEPS_OF_ALL = 200_000
_TOO_MANY = "how the members of the many named groups overlap"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A class of recipients that the rules cannot tell apart, but for their groups.

    `kind`: `domain` (everyone else in a domain; the id `*` is every domain that nothing names), `user` (one
    address) or `group` (its members).
    """

    kind: str
    id: str
    domain: str | None = None
    exists: bool = True  # False: nothing says that there is such a recipient


@dataclass(slots=True)
class Reach:
    """Who is left for one rule: certainly, and possibly, with the unknowns on which the latter hangs."""

    certain: list[Recipient] = field(default_factory=list)
    possible: list[Recipient] = field(default_factory=list)
    depends_on: set[str] = field(default_factory=set)

    @property
    def state(self) -> str:
        """`certain`, `possible` or `none`."""
        return "certain" if self.certain else "possible" if self.possible else "none"


def reach(scopes: Sequence[Scope], accepted: Sequence[str] | None, unknown_domains: str) -> list[Reach]:
    """Who reaches each rule, in order. `accepted`: the accepted domains in lower case, None when not known.

    `unknown_domains` names that gap wherever an answer hangs on it.
    """
    walker = _Walker(scopes)
    found = [Reach() for _ in scopes]
    domains = tuple(_domains(scopes, accepted))
    told_apart = any(scope.all_domains for scope in scopes)
    homes = [recipient.domain for recipient in domains] if told_apart else [None]
    for recipient in domains:
        _settle(found, walker, recipient, [recipient.domain], unknown_domains)
    for address in _sorted(scope.all_recipients for scope in scopes):
        _settle(found, walker, Recipient("user", address), [address.rpartition("@")[2]], unknown_domains)
    for group in walker.groups:
        _settle(found, walker, Recipient("group", group), homes, unknown_domains)
    return found


def _domains(scopes: Sequence[Scope], accepted: Sequence[str] | None) -> Iterator[Recipient]:
    if accepted is not None:
        yield from (Recipient("domain", domain, domain) for domain in sorted(set(accepted)))
        return
    named = _sorted(scope.all_domains for scope in scopes)
    yield from (Recipient("domain", domain, domain) for domain in named)
    yield Recipient("domain", "*", None, exists=not named)


def _sorted(sets: Iterable[Set[str]]) -> list[str]:
    return sorted(frozenset[str]().union(*sets))


def _settle(
    found: list[Reach], walker: _Walker, recipient: Recipient, homes: Sequence[str | None], unknown_domains: str
) -> None:
    """Enter the recipient where it may end. `homes`: the domains in which it may be."""
    address = recipient.id if recipient.kind == "user" else ""
    group = recipient.id if recipient.kind == "group" else ""
    alive = dict.fromkeys(walker.alive(address, home) for home in homes)  # homes that no rule tells apart are one
    ends = [walker.ends(rules, group) for rules in alive]
    for index in sorted({index for end in ends for index in end}):
        hangs_on = [end.get(index) for end in ends]
        if recipient.exists and all(unknowns is not None and not unknowns for unknowns in hangs_on):
            found[index].certain.append(recipient)
            continue
        found[index].possible.append(recipient)
        for unknowns in hangs_on:
            found[index].depends_on |= unknowns or set()
        if not recipient.exists:
            found[index].depends_on.add(unknown_domains)
        elif None in hangs_on:
            found[index].depends_on.add(f"the mail domains of the members of the group {recipient.id}")


_Path = tuple[int, int, int, frozenset[str]]  # position, groups assumed to hold it, groups assumed not to, unknowns


class _Walker:
    """Walks classes of recipients through the rules. Sets of groups are bits of integers, which copy cheaply."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self.groups = _sorted(scope.all_groups for scope in scopes)
        self._scopes = scopes
        self._bits = {group: 1 << place for place, group in enumerate(self.groups)}
        self._wanted = [None if scope.groups is None else self._mask(scope.groups) for scope in scopes]
        self._excepted = [self._mask(scope.except_groups) for scope in scopes]
        self._excepted_anywhere = self._mask(frozenset[str]().union(*(scope.except_groups for scope in scopes)))
        self._known: dict[tuple[tuple[int, ...], str], dict[int, set[str]]] = {}
        self._left = _STEPS_OF_ALL

    def alive(self, address: str, home: str | None) -> tuple[int, ...]:
        """The rules that may name the address in this domain, groups aside."""
        return tuple(index for index, scope in enumerate(self._scopes) if scope.admits(address, home))

    def ends(self, rules: tuple[int, ...], group: str) -> dict[int, set[str]]:
        """Where a member of `group` (empty: of none in particular) may end among these rules.

        Rule to the unknowns that it hangs on, none when the recipient certainly ends there.
        """
        key = (rules, group)
        if key not in self._known:
            self._known[key] = self._walk(rules, self._bits.get(group, 0))
        return self._known[key]

    def _mask(self, groups: Set[str]) -> int:
        return sum(self._bits[group] for group in groups)

    def _walk(self, rules: tuple[int, ...], own: int) -> dict[int, set[str]]:
        ends: dict[int, set[str]] = {}
        paths: list[_Path] = [(0, own, 0, frozenset())]
        budget = min(_STEPS_OF_A_WALK, self._left)
        first = True  # the path on which no group is assumed to hold the recipient is always walked to its end
        while paths:
            position, inside, outside, unknowns = paths.pop()
            while position < len(rules):
                if not first:
                    budget -= 1
                    self._left -= 1
                if budget < 0:
                    for later in rules[position:]:
                        _end(ends, later, {_TOO_MANY})
                    break
                index = rules[position]
                question = self._question(index, inside, outside)
                if question:
                    name = f"the members of the group {self.groups[question.bit_length() - 1]}"
                    paths.append((position, inside | question, outside, unknowns | {name}))
                    outside |= question
                    if not own and not question & self._excepted_anywhere:
                        unknowns |= {name}
                    continue
                if self._takes(index, inside):
                    doubt = self._scopes[index].unknown
                    _end(ends, index, unknowns | {doubt} if doubt else unknowns)
                    if not doubt:
                        break
                    unknowns |= {doubt}
                position += 1
            first = False
        return ends

    def _takes(self, index: int, inside: int) -> bool:
        wanted = self._wanted[index]
        return not inside & self._excepted[index] and (wanted is None or bool(inside & wanted))

    def _question(self, index: int, inside: int, outside: int) -> int:
        """The group on which it hangs whether the rule takes the recipient: one bit, or 0 when it hangs on none."""
        if inside & self._excepted[index]:
            return 0
        wanted = self._wanted[index]
        if wanted is not None and not inside & wanted:
            open_groups = wanted & ~(inside | outside)
        else:
            open_groups = self._excepted[index] & ~(inside | outside)
        return open_groups & -open_groups


def _end(ends: dict[int, set[str]], index: int, unknowns: Set[str]) -> None:
    """One way to end at a rule that hangs on nothing makes it certain, whatever the other ways hang on."""
    certain = not unknowns or (index in ends and not ends[index])
    ends[index] = set() if certain else ends.get(index, set()) | unknowns
