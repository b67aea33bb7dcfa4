"""Which policies' conditions a sign-in meets, one kind of condition at a time, as bit sets over the policies.

Results are kept by value, so that a stream of sign-ins costs a few look-ups each. What a sign-in does not give
is not met where a policy asks for it, and may be met.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from tenantlint.conditional_access import applications, device_filter
from tenantlint.conditional_access.device_filter import Rule, Value
from tenantlint.conditional_access.identities import Match
from tenantlint.conditional_access.policy import Policy
from tenantlint.errors import InputError

_Key = TypeVar("_Key")
Device = tuple[tuple[str, Value], ...]
_MOST = 100_000  # kept results of one kind; distinct addresses are what fills it

PLATFORM = "the device platform of the sign-in (devicePlatform)"
CLIENT = "the client app of the sign-in (clientAppType)"
DEVICE = "the device of the sign-in (deviceInfo)"
ATTRIBUTES = "the security attributes of applications (application filter)"


class Kept(Generic[_Key]):
    """A function of one value whose results are kept, up to a bound on memory.

    `reduce`: makes of a value what matters of it, so that values that no policy tells apart are one.
    """

    def __init__(self, compute: Callable[[_Key], Match], reduce: Callable[[_Key], _Key] | None = None) -> None:
        self._compute = compute
        self._reduce = reduce
        self._found: dict[_Key, Match] = {}

    def __call__(self, key: _Key) -> Match:
        if self._reduce is not None:
            key = self._reduce(key)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[key] = self._compute(key)
        return found


def chosen(
    policies: Sequence[Policy], wanted: Callable[[Policy], Callable[[str], bool] | None], missing: str
) -> Kept[str | None]:
    """The condition over words. `wanted`: the test of a policy, None where it does not constrain.

    `missing`: how an input that is not given (None) is named.
    """
    tests = [wanted(policy) for policy in policies]

    def compute(value: str | None) -> Match:
        if value is None:
            asking = {index: (missing,) for index, test in enumerate(tests) if test is not None}
            free = sum(1 << index for index, test in enumerate(tests) if test is None)
            return Match(free, free, (1 << len(tests)) - 1, asking)
        bits = sum(1 << index for index, test in enumerate(tests) if test is None or test(value))
        return Match(bits, bits, bits)

    return Kept(compute)


def levels(policies: Sequence[Policy], wanted: Callable[[Policy], frozenset[str] | None]) -> Kept[str | None]:
    """A condition that is a set of words, always given."""

    def test(policy: Policy) -> Callable[[str], bool] | None:
        words = wanted(policy)
        return None if words is None else words.__contains__

    return chosen(policies, test, "")


def clients(policies: Sequence[Policy]) -> Kept[str | None]:
    """The client app type."""

    def test(policy: Policy) -> Callable[[str], bool] | None:
        return None if policy.client_app_types is None else policy.client_app_types.__contains__

    return chosen(policies, test, CLIENT)


def platforms(policies: Sequence[Policy]) -> Kept[str | None]:
    """The device platform."""

    def test(policy: Policy) -> Callable[[str], bool] | None:
        choice = policy.platforms
        if not choice.configured:
            return None
        return lambda word: (choice.include is None or word in choice.include) and word not in choice.exclude

    return chosen(policies, test, PLATFORM)


def resources(policies: Sequence[Policy]) -> Kept[tuple[str, ...]]:
    """The applications that one token is asked for (a policy for any of them applies), or the action or context."""

    def compute(atoms: tuple[str, ...]) -> Match:
        must = may = 0
        for index, policy in enumerate(policies):
            answers = [applications.targets(policy, atom) for atom in atoms]
            must |= any(certainly for certainly, _ in answers) << index
            may |= any(perhaps for _, perhaps in answers) << index
        unsure = may & ~must
        return Match(must, must, may, {i: (ATTRIBUTES,) for i in range(len(policies)) if unsure >> i & 1})

    return Kept(compute)


def devices(policies: Sequence[Policy]) -> Kept[Device | None]:
    """The device filter. One that cannot be read may match."""
    rules: dict[int, tuple[Rule, bool]] = {}
    broken: dict[int, tuple[str, ...]] = {}
    for index, policy in enumerate(policies):
        if policy.device_filter is None:
            continue
        try:
            rules[index] = (device_filter.parse(policy.device_filter.rule), policy.device_filter.mode == "include")
        except InputError:
            broken[index] = (f"the device filter {policy.device_filter.rule}",)
    unreadable = sum(1 << index for index in broken)
    asking = sum(1 << index for index in rules)
    free = ((1 << len(policies)) - 1) & ~unreadable & ~asking

    read = {term.attribute for rule, _ in rules.values() for term in device_filter.terms(rule)}

    def reduce(device: Device | None) -> Device | None:
        return None if device is None else tuple(one for one in device if one[0] in read)

    def compute(device: Device | None) -> Match:
        if device is None:
            return Match(free, free, free | asking | unreadable, broken | dict.fromkeys(rules, (DEVICE,)))
        attributes = dict(device)
        bits = free | sum(
            1 << index for index, (rule, wanted) in rules.items() if device_filter.matches(rule, attributes) is wanted
        )
        return Match(bits, bits, bits | unreadable, broken)

    return Kept(compute, reduce)
