"""The facts `coverage.administrators.mfa`, `….phishing_resistant_mfa` and `….managed_device`: each privileged role.

```
{"known": bool, "exact": bool, "caveats": [],
 "roles": [{"template_id", "name", "tier", "holders": n, "depends_on": [],
            "open": PEOPLE, "depends": PEOPLE, "emergency": PEOPLE,
            "supposed": "open" | "depends" | "covered",       # for somebody who were given it and is in nothing else
            "unknown_groups": [{"id", "kind", "name", ...}],  # with the role, of unknown members
            "regions": [...]}]}
```

Holders are users who have the role for the whole tenant, active or eligible; an eligible one is judged as with this
role activated. PEOPLE and regions are those of facts/coverage.py. Roles that policies do not tell apart are
answered together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.people import People, Side
from tenantlint.conditional_access.questions import Question
from tenantlint.facts.answers import Asked, answer_for, mark, marks, tenant
from tenantlint.facts.coverage import READS as COVERAGE_READS
from tenantlint.facts.coverage import described
from tenantlint.facts.crowd import Crowd
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.population import as_json
from tenantlint.facts.privileged_access import named_holders, role_tiers

READS = (
    *COVERAGE_READS,
    "role_eligibility_schedule_instances",
    "privileged_access_group_eligibility_schedule_instances",
)
ASKED = {
    "mfa": Asked(Question.MFA, "sign in without MFA"),
    "phishing_resistant_mfa": Asked(Question.PHISHING_RESISTANT_MFA, "sign in without phishing-resistant MFA"),
    "managed_device": Asked(Question.MANAGED_DEVICE, "sign in from a device that is not managed"),
}


@dataclass
class Holders:
    """Who holds a role: users by id in lower case, and groups with the role whose members are not known."""

    users: set[str] = field(default_factory=set)
    unknown_groups: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """Roles that no policy tells apart, and the people of them all, each role supposed to have a holder."""

    roles: tuple[str, ...]
    crowd: Crowd


def compute(name: str, context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    asked = ASKED[name]
    return told_by_role(context, asked, role_answers(context, asked.question))


def told_by_role(context: FactContext, asked: Asked, answers: Sequence[tuple[Kind, Coverage]]) -> dict[str, Any]:
    """Answers to one question for all kinds of roles, as rules see them; they must be kept in `context.shared`."""
    found = [_role(context, asked, kind, answer, role) for kind, answer in answers for role in kind.roles]
    return {
        "known": context.directory.roles(context.judged_at).sources.active is not None,
        "exact": all(answer.exact for _, answer in answers),
        "caveats": sorted({caveat for _, answer in answers for caveat in answer.caveats}),
        "roles": sorted(found, key=lambda one: (one["name"], one["template_id"])),
    }


def role_answers(context: FactContext, question: Question) -> Sequence[tuple[Kind, Coverage]]:
    """The answer for each kind of roles."""
    key = (__name__, question)
    if key not in context.shared:
        context.shared[key] = [(kind, answer_for(context, question, kind.crowd.people)) for kind in role_kinds(context)]
    found: Sequence[tuple[Kind, Coverage]] = context.shared[key]
    return found


def role_kinds(context: FactContext) -> Sequence[Kind]:
    """The privileged roles, those together that the same policies include and exclude."""
    key = (__name__, "kinds")
    if key not in context.shared:
        enforced = tenant(context).enforced
        together: dict[tuple[tuple[bool, bool], ...], list[str]] = {}
        for role in sorted(role_tiers(context)):
            named = tuple((role in one.include.roles, role in one.exclude.roles) for one in enforced)
            together.setdefault(named, []).append(role)
        context.shared[key] = [
            Kind(tuple(roles), Crowd(context, _people(context, roles), f"administrators/{number}"))
            for number, roles in enumerate(together.values())
        ]
    found: Sequence[Kind] = context.shared[key]
    return found


def _people(context: FactContext, roles: Sequence[str]) -> People:
    """The holders of these roles with all of them activated, told apart by role; one supposed holder each."""
    own = tenant(context)
    held = holders(context)
    users = frozenset().union(*(held[role].users for role in roles))
    ours = (*marks(context).all, *(mark(includeUsers=sorted(held[role].users)) for role in roles))
    side = Side((*own.enforced, *ours), own.directory, activated=frozenset(roles))
    return People([side], users, suppose=[("role", role) for role in roles])


def holders(context: FactContext) -> Mapping[str, Holders]:
    """For each privileged role who holds it for the whole tenant, active or eligible."""
    key = (__name__, "holders")
    if key not in context.shared:
        context.shared[key] = _holders(context)
    found: Mapping[str, Holders] = context.shared[key]
    return found


def _holders(context: FactContext) -> dict[str, Holders]:
    roles = context.directory.roles(context.judged_at)
    tiers = role_tiers(context)
    found = {role: Holders() for role in tiers}
    for item in roles.assignments:
        if item.role_template_id not in tiers or not item.tenant_wide:
            continue
        held = found[item.role_template_id]
        if item.principal.kind == "group":
            membership = context.directory.members(item.principal.id)
            if not (membership.known or membership.missing):
                held.unknown_groups.append(as_json(item.principal))
        for holding in roles.holders(item):
            if holding.principal.kind in ("user", "unknown"):
                held.users.add(holding.principal.id.lower())
    by_name = {name: role for role, (name, _) in tiers.items()}
    for name, principals in named_holders(context).items():
        if name in by_name:
            found[by_name[name]].users.update(one.id.lower() for one in principals)
    return found


def _role(context: FactContext, asked: Asked, kind: Kind, answer: Coverage, role: str) -> dict[str, Any]:
    crowd = kind.crowd
    held = holders(context)[role]
    name, tier = role_tiers(context)[role]
    every = crowd.of(held.users)
    own = every & ~crowd.emergency
    supposed = sum(
        1 << at for at, one in enumerate(crowd.people.classes) if one.names == {("role", role)} and not one.ids
    )
    told = described(context, asked, answer, crowd, own)
    perhaps = described(context, asked, answer, crowd, supposed)
    return {
        "template_id": role,
        "name": name,
        "tier": tier,
        "holders": crowd.people.counted(own),
        "open": told["open"],
        "depends": told["depends"],
        "emergency": crowd.told((answer.open_users | answer.depends_users) & crowd.emergency & every),
        "depends_on": sorted({*told["depends_on"], *perhaps["depends_on"]}),
        "supposed": _word(perhaps),
        "unknown_groups": held.unknown_groups,
        "regions": told["regions"] or perhaps["regions"],
    }


def _word(told: Mapping[str, Any]) -> str:
    if told["open"]["without_account"]:
        return "open"
    return "depends" if told["depends"]["without_account"] else "covered"


def _fact(name: str) -> Fact:
    made: Callable[[FactContext], Mapping[str, Any]] = partial(compute, name)
    return Fact(f"coverage.administrators.{name}", READS, made)


FACTS = tuple(_fact(name) for name in ASKED)
