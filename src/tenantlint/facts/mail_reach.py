"""Who reaches which of several rules that are tried in order, each taking the mailboxes that it names.

Exchange's protection rules are such a list: the first rule that names a recipient decides, the rest is never
asked. Within one rule, conditions of different types must all hold, the values of one type are alternatives,
and every exception takes away (learn.microsoft.com/defender-office-365/preset-security-policies). A domain
stands for its subdomains too, unless they are excepted.

Group members are not known here. A group is therefore a proposition that a walk may assume either way: what
only holds under such an assumption is `possible` and says which groups it hangs on. Three presumptions keep
that from hiding the plain cases: every accepted domain has recipients, every group that a rule names has a
member that is in no other named group, and no group that is an exception holds a whole domain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from tenantlint.model import JsonObject

_BUDGET = 2_000  # steps of one walk; beyond it every later rule counts as possibly reached
_TOO_MANY = "how the members of the many excepted groups overlap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whom one rule names; lower case throughout. None: there is no condition of that type.

    `unknown`: what is not known about the rule itself (its state, its scope); it then takes possibly.
    """

    recipients: frozenset[str] | None = None
    groups: frozenset[str] | None = None
    domains: frozenset[str] | None = None
    except_recipients: frozenset[str] = frozenset()
    except_groups: frozenset[str] = frozenset()
    except_domains: frozenset[str] = frozenset()
    unknown: str = ""

    @property
    def all_groups(self) -> frozenset[str]:
        return (self.groups or frozenset()) | self.except_groups

    @property
    def all_domains(self) -> frozenset[str]:
        return (self.domains or frozenset()) | self.except_domains

    @property
    def all_recipients(self) -> frozenset[str]:
        return (self.recipients or frozenset()) | self.except_recipients

    def covers(self, domains: Sequence[str] | None) -> bool:
        """Whether every recipient is named, whatever the groups hold. `domains`: the accepted ones, if known."""
        if self.unknown or self.except_recipients or self.except_groups or self.except_domains:
            return False
        if self.recipients is not None or self.groups is not None:
            return False
        if self.domains is None:
            return True
        return domains is not None and all(_inside(domain, self.domains) for domain in domains)


def scope_of(rule: JsonObject, conditions: tuple[str, str, str], name: str) -> Scope | None:
    """Whom a rule object names; None for a rule that is off.

    `conditions`: its fields for addresses, groups and domains; the exceptions are the same with `ExceptIf`.
    A missing State and a condition of unknown form leave the rule possible, never certain.
    """
    state = rule.get("State")
    if state is not None and str(state).lower() not in ("enabled", "true"):
        return None
    unknown = f"the state of the rule {name}" if state is None else ""
    told: dict[str, frozenset[str]] = {}
    for part in (*conditions, *(f"ExceptIf{condition}" for condition in conditions)):
        values = _values(rule.get(part))
        if values is None:
            unknown = unknown or f"{part} of the rule {name}"
        told[part] = frozenset(values or ())
    recipients, groups, domains = conditions
    return Scope(
        recipients=told[recipients] or None,
        groups=told[groups] or None,
        domains=told[domains] or None,
        except_recipients=told[f"ExceptIf{recipients}"],
        except_groups=told[f"ExceptIf{groups}"],
        except_domains=told[f"ExceptIf{domains}"],
        unknown=unknown,
    )


def _values(value: object) -> list[str] | None:
    """A condition's values in lower case: a list, one string, or nothing. None when it is of no known form."""
    listed = [] if value is None else [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        return None
    return [one.strip().lower() for one in listed if one.strip()]


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
    found = [Reach() for _ in scopes]
    domains = tuple(_domains(scopes, accepted))
    for recipient in domains:
        _settle(found, scopes, recipient, [recipient.domain], unknown_domains)
    for address in sorted(frozenset[str]().union(*(scope.all_recipients for scope in scopes))):
        _settle(found, scopes, Recipient("user", address), [address.rpartition("@")[2]], unknown_domains)
    told_apart = any(scope.all_domains for scope in scopes)
    homes = [recipient.domain for recipient in domains] if told_apart else [None]
    for group in sorted(frozenset[str]().union(*(scope.all_groups for scope in scopes))):
        _settle(found, scopes, Recipient("group", group), homes, unknown_domains)
    return found


def _domains(scopes: Sequence[Scope], accepted: Sequence[str] | None) -> Iterator[Recipient]:
    if accepted is not None:
        yield from (Recipient("domain", domain, domain) for domain in sorted(set(accepted)))
        return
    named = sorted(frozenset[str]().union(*(scope.all_domains for scope in scopes)))
    yield from (Recipient("domain", domain, domain) for domain in named)
    yield Recipient("domain", "*", None, exists=not named)


def _settle(
    found: list[Reach],
    scopes: Sequence[Scope],
    recipient: Recipient,
    homes: Sequence[str | None],
    unknown_domains: str,
) -> None:
    """Enter the recipient where it may end. `homes`: the domains in which it may be."""
    ends = [_walk(scopes, recipient, home) for home in homes]
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
            found[index].depends_on.add(_domain_of_members(recipient.id))


def _walk(scopes: Sequence[Scope], recipient: Recipient, home: str | None) -> dict[int, set[str]]:
    """Where the recipient may end: rule to the unknowns that it hangs on, none when it certainly ends there."""
    ends: dict[int, set[str]] = {}
    own = {recipient.id: True} if recipient.kind == "group" else {}
    paths: list[tuple[int, dict[str, bool], frozenset[str]]] = [(0, own, frozenset())]
    steps = 0
    while paths:
        index, assumed, unknowns = paths.pop()
        steps += 1
        if steps > _BUDGET:
            for later in range(index, len(scopes)):
                _end(ends, later, {_TOO_MANY})
            continue
        if index == len(scopes):
            continue
        scope = scopes[index]
        verdict = _takes(scope, recipient, home, assumed)
        if isinstance(verdict, str):
            question = membership(verdict)
            plain = recipient.kind == "group" or verdict in scope.except_groups
            paths.append((index, {**assumed, verdict: True}, unknowns | {question}))
            paths.append((index, {**assumed, verdict: False}, unknowns if plain else unknowns | {question}))
            continue
        if verdict and not scope.unknown:
            _end(ends, index, unknowns)
            continue
        if verdict:
            unknowns |= {scope.unknown}
            _end(ends, index, unknowns)
        paths.append((index + 1, assumed, unknowns))
    return ends


def _end(ends: dict[int, set[str]], index: int, unknowns: Set[str]) -> None:
    """One way to end at a rule that hangs on nothing makes it certain, whatever the other ways hang on."""
    certain = not unknowns or (index in ends and not ends[index])
    ends[index] = set() if certain else ends.get(index, set()) | unknowns


def _takes(scope: Scope, recipient: Recipient, home: str | None, assumed: Mapping[str, bool]) -> bool | str:
    """Whether the rule names the recipient; a group's name when that hangs on a group not yet assumed."""
    address = recipient.id if recipient.kind == "user" else ""
    if scope.recipients is not None and address not in scope.recipients:
        return False
    if scope.domains is not None and not _inside(home, scope.domains):
        return False
    if address in scope.except_recipients or _inside(home, scope.except_domains):
        return False
    if any(assumed.get(group) for group in scope.except_groups):
        return False
    if scope.groups is not None and not any(assumed.get(group) for group in scope.groups):
        open_groups = sorted(group for group in scope.groups if group not in assumed)
        return open_groups[0] if open_groups else False
    open_groups = sorted(group for group in scope.except_groups if group not in assumed)
    return open_groups[0] if open_groups else True


def _inside(domain: str | None, parents: frozenset[str]) -> bool:
    """Whether the domain is one of the parents or a subdomain of one."""
    rest = domain or ""
    while rest:
        if rest in parents:
            return True
        rest = rest.partition(".")[2]
    return False


def membership(group: str) -> str:
    """The name of the unknown: who is in this group."""
    return f"the members of the group {group}"


def _domain_of_members(group: str) -> str:
    return f"the mail domains of the members of the group {group}"
