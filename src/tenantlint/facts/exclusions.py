"""The fact `exclusions`: what each exclusion of an enabled Conditional Access policy really opens.

```
{"exact": bool, "caveats": [],
 "policies": {POLICY_ID: {"name", "opens": [
    {"question", "words", "certainty": "certain"|"depends", "depends_on": [], "users": PEOPLE, "label",
     "by": [{"kind", "id", "name", "label"}],
     "only_with": [{"policy_id", "name"}]}]}}}
```

An exclusion opens a sign-in when the policy would answer a question for it, and nothing else does. So it is the
open region of the question inside the policy's own product of conditions, for those whom the policy leaves out; it
closes when the exclusion is taken away. `by`: the excluded users, groups, roles and guest types, all of which hold
these people (with two of them, only taking away both closes it). `only_with`: policies that leave the same people
out of the same sign-ins: the exclusions open them only together. Emergency accounts are not counted. PEOPLE is
that of facts/coverage.py. An exclusion that opens nothing is not listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tenantlint.conditional_access.boxes import policy_boxes
from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.describe import Description
from tenantlint.conditional_access.people import Name, names_of
from tenantlint.conditional_access.policy import Policy, Users
from tenantlint.conditional_access.questions import Question
from tenantlint.facts.administrators import ASKED, role_answers
from tenantlint.facts.answers import QUESTIONS, Asked, answer, hangs_on
from tenantlint.facts.coverage import READS, crowd_of, description_of, unknowns
from tenantlint.facts.crowd import Crowd
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.region_words import Words

# In the order of weight: a message speaks of the first.
JUDGED = (
    "legacy_authentication",
    "mfa",
    "user_risk_high",
    "device_code_flow",
    "security_information",
    "device_registration",
    "unknown_platforms",
    "managed_device",
)
_OTHERS_NAMED = 5


@dataclass(frozen=True)
class Opening:
    """Whom one exclusion of one policy opens inside one product of its conditions."""

    policy: Policy
    masks: tuple[int, ...]
    by: tuple[Name, ...]
    users: int
    certain: bool


@dataclass
class _Judged:
    """One question with its answer; `openings` of all policies."""

    name: str
    asked: Asked
    found: Coverage
    crowd: Crowd
    about: int
    openings: list[Opening] = field(default_factory=list)


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    policies: dict[str, dict[str, Any]] = {}
    judged = list(_judged(context))
    for one in judged:
        one.openings = _together(_openings(one))
        words = Words(one.found)
        description = description_of(context, one.found)
        for opening in one.openings:
            policy = opening.policy
            told = policies.setdefault(str(policy.raw.get("id") or policy.name), {"name": policy.name, "opens": []})
            told["opens"].append(_told(context, one, opening, words, description))
    for told in policies.values():
        told["opens"].sort(key=lambda one: -one["users"]["count"])
    return {
        "exact": all(one.found.exact for one in judged),
        "caveats": sorted({caveat for one in judged for caveat in one.found.caveats}),
        "policies": policies,
    }


def _judged(context: FactContext) -> Iterator[_Judged]:
    for name in JUDGED:
        found = answer(context, name)
        crowd = crowd_of(context, found)
        asked = QUESTIONS[name]
        yield _Judged(name, asked, found, crowd, crowd.about(asked.about))
    asked = ASKED["phishing_resistant_mfa"]
    for kind, found in role_answers(context, Question.PHISHING_RESISTANT_MFA):
        yield _Judged("administrators", asked, found, kind.crowd, kind.crowd.about("everyone"))


def _openings(one: _Judged) -> Iterator[Opening]:
    found = one.found
    members = found.people.named(found.side)
    everyone_open = (found.open_users | found.depends_users) & one.about
    excluding = {policy.identity: policy for policy in found.tenant.enforced if list(names_of(policy.exclude))}
    # The same policies without exclusions: whom and what each would answer for.
    bare = found.tenant.with_policies(replace(policy, exclude=Users()) for policy in excluding.values())
    for box in policy_boxes(bare, found.side, found.people, found.space, found.question):
        policy = excluding.get(box.policy.identity)
        if policy is None or not box.certain:
            continue
        excluded = {name: members[name] for name in names_of(policy.exclude)}
        left_out = 0
        for bits in excluded.values():
            left_out |= bits
        candidates = left_out & everyone_open & box.users
        if not candidates:
            continue
        certain, depends = found.open_within(box.masks)
        for bits, sure in ((certain & candidates, True), (depends & candidates, False)):
            yield from (Opening(policy, box.masks, by, users, sure) for by, users in _parted(bits, excluded))


def _together(openings: Iterator[Opening]) -> list[Opening]:
    """One opening for all products of a policy (one for each kind of client and flow), told of the widest."""
    found: dict[tuple[str, tuple[Name, ...], bool], Opening] = {}
    for one in openings:
        key = (one.policy.identity, one.by, one.certain)
        before = found.get(key, one)
        widest = max(before, one, key=lambda each: sum(mask.bit_count() for mask in each.masks))
        found[key] = replace(widest, users=before.users | one.users)
    return list(found.values())


def _parted(bits: int, excluded: Mapping[Name, int]) -> Iterator[tuple[tuple[Name, ...], int]]:
    """The classes by which of the excluded names hold them."""
    parts: dict[tuple[Name, ...], int] = {(): bits}
    for name, members in excluded.items():
        split: dict[tuple[Name, ...], int] = {}
        for by, users in parts.items():
            if users & members:
                split[*by, name] = users & members
            if users & ~members:
                split[by] = users & ~members
        parts = split
    yield from ((by, users) for by, users in parts.items() if by and users)


def _told(
    context: FactContext, one: _Judged, opening: Opening, words: Words, description: Description
) -> dict[str, Any]:
    hanging = hangs_on(context, one.asked.question)
    certain = opening.certain and not hanging
    return {
        "question": one.name,
        "words": one.asked.words,
        "certainty": "certain" if certain else "depends",
        "depends_on": [] if certain else sorted({*hanging, *unknowns(description, opening.users)}),
        "users": one.crowd.told(opening.users),
        "label": words.label(opening.masks),
        "by": [_part(context, name, words) for name in opening.by],
        "only_with": _only_with(one, opening),
    }


def _part(context: FactContext, name: Name, words: Words) -> dict[str, Any]:
    principal = context.directory.principal(name[1])
    kind = {"guest": "guestType"}.get(name[0], name[0])
    called = principal.name if kind in ("user", "group") else words.naming.thing(name)
    return {"kind": kind, "id": principal.id, "name": called, "label": words.naming.thing(name)}


def _only_with(one: _Judged, opening: Opening) -> list[dict[str, Any]]:
    found = {
        other.policy.identity: {"policy_id": other.policy.id, "name": other.policy.name}
        for other in one.openings
        if other.policy is not opening.policy and other.users & opening.users and _holds(other.masks, opening.masks)
    }
    return sorted(found.values(), key=lambda told: (told["name"], told["policy_id"]))[:_OTHERS_NAMED]


def _holds(outer: Sequence[int], inner: Sequence[int]) -> bool:
    return all(not mask & ~wide for wide, mask in zip(outer, inner, strict=True))


FACTS = (Fact("exclusions", READS, compute),)
