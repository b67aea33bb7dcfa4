"""Policies that would close a region if one thing about them were different, and what that thing is.

Judged at one point of the region (its witness), for all of its people at once. First come the policies that leave
people out or that hang on an unknown, then those that ask for something else, then those that are not enforced, then
those that are limited to something; at most MOST.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.applications import is_action, is_context
from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.naming import Naming, unknowns_in_words
from tenantlint.conditional_access.people import Name, Reach, Side, bits_of, members_of, names_of
from tenantlint.conditional_access.policy import CLIENT_APP_TYPES, TRANSFER_METHODS, Policy, State
from tenantlint.conditional_access.questions import Question, answers, clause
from tenantlint.conditional_access.universe import DIMENSIONS, Part
from tenantlint.conditional_access.where import Where

MOST = 5
_CLIENT = DIMENSIONS.index("client_app_types")
_FLOW = DIMENSIONS.index("authentication_flows")
# The order of reasons.
_LEAVES_OUT, _HANGS, _EXCEPT, _ASKS_LESS, _REPORT_ONLY, _LIMITED, _DISABLED, _AT_RISK, _OTHERS = range(9)
_CONTROLS = {
    "mfa": "MFA",
    "compliantDevice": "a compliant device",
    "domainJoinedDevice": "a hybrid joined device",
    "approvedApplication": "an approved app",
    "compliantApplication": "an app protection policy",
    "passwordChange": "a password change",
    "riskRemediation": "risk remediation",
}


@dataclass(frozen=True, slots=True)
class NearMiss:
    """`because`: a clause whose subject is the policy."""

    policy: Policy
    because: str
    rank: int
    count: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """One policy over the universe: whom it is certainly and perhaps about, and its part of each dimension."""

    policy: Policy
    must: int
    may: int
    unknowns: tuple[str, ...]
    parts: tuple[Part, ...]


class NearMisses:
    """Near misses of the regions of one answer."""

    def __init__(self, coverage: Coverage, naming: Naming, where: Where) -> None:
        self._coverage = coverage
        self._naming = naming
        self._where = where
        tenant, people = coverage.tenant, coverage.people
        self._named = people.named(coverage.side)
        self._side = Side((), tenant.directory)
        self._answered: dict[tuple[str, int, int], bool | None] = {}
        self._policies: list[_Seen] = []
        idle = [one for one in tenant.policies if one.subject == "users" and not one.enforced]
        for policy in (*tenant.enforced, *idle):
            if policy.grant is None:
                continue
            reach = people.reach(coverage.side, policy) if policy.enforced else self._reach_of_idle(policy)
            parts = coverage.space.parts(policy, tenant.locations)
            self._policies.append(_Seen(policy, reach.must, reach.may, reach.unknowns, parts))

    def of(self, point: Sequence[int], users: int, most: int = MOST) -> list[NearMiss]:
        """The near misses of a region. `point`: the index of its witness's atom in each dimension."""
        found = [miss for seen in self._policies for miss in self._one(seen, point, users)]
        found = telling(found)
        kept: dict[tuple[str, str], NearMiss] = {}
        for one in found:
            kept.setdefault((one.policy.identity, one.because), one)
        return list(kept.values())[:most]

    def _reach_of_idle(self, policy: Policy) -> Reach:
        """Whom a policy would certainly be about that is not enforced: it may divide the classes further."""
        include = self._coverage.people.everybody if policy.include.all else self._whole(names_of(policy.include))
        exclude = self._touched(names_of(policy.exclude))
        return Reach(include & ~exclude, include & ~exclude)

    def _whole(self, found: Iterable[Name]) -> int:
        """The classes that lie in one of these with all their people."""
        bits = 0
        for name in found:
            if name in self._named:
                bits |= self._named[name]
                continue
            members, _ = members_of(self._side, name)
            for index, one in enumerate(self._coverage.people.classes):
                if one.ids and one.ids[0] in members and members.issuperset(one.ids):
                    bits |= 1 << index
        return bits

    def _touched(self, found: Iterable[Name]) -> int:
        """The classes with somebody who is, or may be, in one of these."""
        people, bits = self._coverage.people, 0
        for name in found:
            if name in self._named:
                bits |= people.perhaps(self._coverage.side, name)
                continue
            members, perhaps = members_of(self._side, name)
            if perhaps is None:
                return people.everybody
            for index, one in enumerate(people.classes):
                if not members.isdisjoint(one.ids) or not perhaps.isdisjoint(one.ids):
                    bits |= 1 << index
        return bits

    def _one(self, seen: _Seen, point: Sequence[int], users: int) -> Iterator[NearMiss]:
        policy = seen.policy
        missed = -1
        for at, part in enumerate(seen.parts):
            if not part.may >> point[at] & 1:
                if missed >= 0:
                    return
                missed = at
        inside, outside = users & seen.may, users & ~seen.may
        answered = self._answers(policy, point)
        if not policy.enforced:
            if missed < 0 and inside & seen.must and answered:
                yield self._idle(policy, users, inside & seen.must)
        elif missed >= 0:
            if inside and answered is not False:
                yield from self._limited(seen, missed, users, inside)
        elif answered is False:
            if inside & seen.must:
                yield from self._asks_less(policy, point, users, inside & seen.must)
        else:
            if inside and answered:
                yield from self._hangs(seen, point, users, inside)
            if outside:
                yield from self._leaves_out(seen, users, outside)

    def _answers(self, policy: Policy, point: Sequence[int]) -> bool | None:
        key = (policy.identity, point[_CLIENT], point[_FLOW])
        if key not in self._answered:
            client, flow = CLIENT_APP_TYPES[point[_CLIENT]], TRANSFER_METHODS[point[_FLOW]]
            self._answered[key] = answers(self._coverage.question, policy.grant, client, flow)
        return self._answered[key]

    def _leaves_out(self, seen: _Seen, users: int, outside: int) -> Iterator[NearMiss]:
        """Policies that would apply but for the people: excluded ones by what excludes them, then the others."""
        policy, left = seen.policy, outside
        included = self._reaches(policy, outside)
        # Users that are named one by one, and people whom the snapshot does not list, are told in one clause.
        together: list[Name] = []
        together_held = 0
        for name in names_of(policy.exclude):
            held = self._named.get(name, 0) & left & included
            left &= ~held
            if held and (name[0] == "user" or not self._coverage.people.counted(held)):
                together.append(name)
                together_held |= held
            elif held:
                yield self._miss(policy, f"excludes {self._through(name, held)}", _LEAVES_OUT, users, held)
        if together:
            yield self._miss(policy, f"excludes {self._things(together)}", _LEAVES_OUT, users, together_held)
        left &= ~included
        if left:
            because = f"is only for {self._things(list(names_of(policy.include))) or 'nobody'}"
            yield self._miss(policy, because, _OTHERS, users, left)

    def _things(self, found: Sequence[Name]) -> str:
        shown = [self._naming.thing(name) for name in found[:3]]
        return ", ".join(shown) + (f" and {len(found) - 3} more" if len(found) > 3 else "")

    def _reaches(self, policy: Policy, users: int) -> int:
        """Who of the users the policy includes, exclusions aside."""
        if policy.include.all:
            return users
        found = 0
        for name in names_of(policy.include):
            found |= self._named.get(name, 0)
        return found & users

    def _through(self, name: Name, users: int) -> str:
        """What excludes the users, and through which nested group, where all of them are in it through one."""
        text = self._naming.thing(name)
        directory = self._coverage.tenant.directory
        if name[0] != "group" or directory is None or not 0 < self._coverage.people.counted(users) <= 50:
            return text
        ids = self._coverage.people.ids(users)
        paths = {directory.path(one, name[1]) for one in ids}
        if len(paths) == 1 and len(path := paths.pop()) > 1:
            steps = " in ".join(self._naming.short(("group", one)) for one in reversed(path[1:]))
            return f"{text}, in which {'the user is' if len(ids) == 1 else 'they are'} through {steps}"
        return text

    def _hangs(self, seen: _Seen, point: Sequence[int], users: int, inside: int) -> Iterator[NearMiss]:
        """Policies that may apply: what that hangs on."""
        must = all(part.must >> point[at] & 1 for at, part in enumerate(seen.parts))
        unsure = inside if not must or seen.policy.unknowns else inside & ~seen.must
        if not unsure:
            return
        why = [*seen.policy.unknowns]
        why += [one for at, part in enumerate(seen.parts) if not part.must >> point[at] & 1 for one in part.unknowns]
        why += seen.unknowns if unsure & ~seen.must else ()
        shown = unknowns_in_words(why)
        text = "; ".join(shown[:2]) + (f"; and {len(shown) - 2} more" if len(shown) > 2 else "")
        yield self._miss(seen.policy, f"may cover this: it hangs on {text}", _HANGS, users, unsure)

    def _asks_less(self, policy: Policy, point: Sequence[int], users: int, inside: int) -> Iterator[NearMiss]:
        grant = policy.grant
        if grant is None or self._coverage.question is Question.BLOCKED:
            return
        asked = clause(grant, CLIENT_APP_TYPES[point[_CLIENT]], TRANSFER_METHODS[point[_FLOW]]) or ()
        alternatives = [" or ".join(self._control(one, policy) for one in options) for options in asked]
        yield self._miss(policy, f"applies, but asks only for {' and '.join(alternatives)}", _ASKS_LESS, users, inside)

    def _control(self, control: str, policy: Policy) -> str:
        kind, _, identity = control.partition(":")
        if kind == "authenticationStrength":
            strength = policy.grant.strength if policy.grant else None
            return f"the authentication strength {strength.name if strength else identity}"
        known = {"termsOfUse": "terms of use", "customAuthenticationFactor": "a custom control"}
        return _CONTROLS.get(control) or known.get(kind) or control

    def _idle(self, policy: Policy, users: int, inside: int) -> NearMiss:
        report_only = policy.state is State.REPORT_ONLY
        because = "is report-only" if report_only else "is disabled"
        return self._miss(policy, because, _REPORT_ONLY if report_only else _DISABLED, users, inside)

    def _limited(self, seen: _Seen, at: int, users: int, inside: int) -> Iterator[NearMiss]:
        """A policy that would apply but for one condition.

        Not one that is about none of the universe, and not a block of something special: nobody widens that.
        """
        name = DIMENSIONS[at]
        policy, whole = seen.policy, (1 << self._coverage.space.sizes[at]) - 1
        part = seen.parts[at].may
        excluded = self._excludes(policy, name)
        special = not excluded or name != "applications"
        if not part or (special and policy.grant is not None and policy.grant.blocks):
            return
        if name == "applications" and not any(map(_is_application, self._atoms(part))):
            return
        if excluded:
            because = f"does not apply {self._where.except_for(name, whole & ~part)}"
        else:
            because = f"is limited to {self._where.limit(name, part)}"
        limited = _AT_RISK if name.endswith("_risk") else _LIMITED
        yield self._miss(policy, because, _EXCEPT if excluded else limited, users, inside & seen.must or inside)

    def _atoms(self, part: int) -> list[str]:
        return [self._coverage.space.applications[index] for index in bits_of(part)]

    def _excludes(self, policy: Policy, dimension: str) -> bool:
        """Whether an exclusion, rather than what is included, keeps the policy away."""
        match dimension:
            case "applications":
                return policy.applications.all
            case "platforms":
                return policy.platforms.include is None
            case "locations":
                return policy.locations.include is None
            case "devices":
                return policy.device_filter is not None and policy.device_filter.mode == "exclude"
            case _:
                return False

    def _miss(self, policy: Policy, because: str, rank: int, users: int, held: int) -> NearMiss:
        """`held`: the people of the region whom it concerns; told when that is not all of them."""
        people = self._coverage.people
        count, total = people.counted(held), people.counted(users)
        if held != users and count < total:
            because += f" (for {count:,} of {total:,})" if count else " (for some of them)"
        return NearMiss(policy, because, rank, len(list(bits_of(held))) if not total else count)


def telling(found: Iterable[NearMiss]) -> list[NearMiss]:
    """The misses in the order of their reasons. That a policy is for others, or for risky sign-ins, says little where
    something else tells more, and is left out there.
    """
    ordered = sorted(found, key=lambda one: (one.rank, -one.count, one.policy.name, one.policy.identity, one.because))
    if ordered and ordered[0].rank < _AT_RISK:
        return [one for one in ordered if one.rank < _AT_RISK]
    return ordered


def _is_application(atom: str) -> bool:
    """A policy about a user action or an authentication context is none about applications."""
    return not is_action(atom) and not is_context(atom)
