"""Policies as boxes: for which sign-ins of whom a policy answers a question, for certain and perhaps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tenantlint.conditional_access.applications import OTHER
from tenantlint.conditional_access.people import People, Reach
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
    Policy,
)
from tenantlint.conditional_access.questions import LEGACY_CLIENTS, Question, answers
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.universe import DIMENSIONS, UNKNOWN_PLATFORM, Part, Universe

_CLIENT = DIMENSIONS.index("client_app_types")
_FLOW = DIMENSIONS.index("authentication_flows")


@dataclass(frozen=True, slots=True)
class PolicyBox:
    """`certain`: everything in the box is answered; else it may be, depending on `unknowns`."""

    policy: Policy
    masks: tuple[int, ...]
    users: int
    certain: bool
    unknowns: tuple[str, ...] = ()


def policy_boxes(tenant: Tenant, side: int, people: People, space: Universe, question: Question) -> list[PolicyBox]:
    """The boxes of every enforced policy that answers the question, in the order of the policies."""
    found: list[PolicyBox] = []
    for policy in tenant.enforced:
        if policy.grant is not None:
            found += _of_policy(policy, people.reach(side, policy), space.parts(policy, tenant.locations), question)
    return found


def _of_policy(policy: Policy, reach: Reach, parts: Sequence[Part], question: Question) -> Iterator[PolicyBox]:
    must = tuple(part.must for part in parts)
    may = tuple(part.may for part in parts)
    unknowns = (*policy.unknowns, *reach.unknowns, *(one for part in parts for one in part.unknowns))
    for clients, flows, answer in _contexts(policy, question):
        if answer is False:
            continue
        certain = _narrowed(must, clients, flows)
        perhaps = _narrowed(may, clients, flows)
        sure = answer is True and not policy.unknowns and reach.must and all(certain)
        if sure:
            yield PolicyBox(policy, certain, reach.must, certain=True)
        if not sure or certain != perhaps or reach.must != reach.may:
            why = (*unknowns, *(policy.grant.unknown if policy.grant and answer is None else ()))
            if answer is None and policy.grant and policy.grant.strength and not policy.grant.unknown:
                why = (*why, f"what the authentication strength {policy.grant.strength.name} allows")
            if reach.may and all(perhaps):
                yield PolicyBox(policy, perhaps, reach.may, certain=False, unknowns=tuple(dict.fromkeys(why)))


def _contexts(policy: Policy, question: Question) -> Iterator[tuple[int, int, bool | None]]:
    """Bit sets of clients and of flows with one answer each; together they are everything, once."""
    if policy.grant is None:
        return
    by_answer: dict[tuple[bool | None, ...], int] = {}
    for index, client in enumerate(CLIENT_APP_TYPES):
        row = tuple(answers(question, policy.grant, client, flow) for flow in TRANSFER_METHODS)
        by_answer[row] = by_answer.get(row, 0) | 1 << index
    for row, clients in by_answer.items():
        flows: dict[bool | None, int] = {}
        for index, answer in enumerate(row):
            flows[answer] = flows.get(answer, 0) | 1 << index
        for answer, bits in flows.items():
            yield clients, bits, answer


def _narrowed(masks: tuple[int, ...], clients: int, flows: int) -> tuple[int, ...]:
    changed = list(masks)
    changed[_CLIENT] &= clients
    changed[_FLOW] &= flows
    return tuple(changed)


def asked_space(space: Universe, question: Question, within: Mapping[str, Collection[str]]) -> tuple[int, ...]:
    """The part of the universe that the question is about, as bit sets over the atoms of each dimension.

    Legacy authentication is about legacy clients, which know no device code flow and no transfer. `within`: tokens
    of a dimension to narrow it to (contract, Coverage); of locations only `other`, which is in none that is named.
    """
    full = [(1 << size) - 1 for size in space.sizes]
    for dimension, wanted in within.items():
        tokens = _tokens(space, dimension)
        full[DIMENSIONS.index(dimension)] = sum(1 << index for index, one in enumerate(tokens) if one in wanted)
    if question is Question.LEGACY_AUTHENTICATION:
        full[_CLIENT] = sum(1 << index for index, client in enumerate(CLIENT_APP_TYPES) if client in LEGACY_CLIENTS)
        full[_FLOW] = 1 << TRANSFER_METHODS.index("none")
    return tuple(full)


def _tokens(space: Universe, dimension: str) -> Sequence[str]:
    """What a question names the atoms of a dimension by."""
    if dimension == "locations":
        return [",".join(sorted(one.ids)) or OTHER for one in space.locations]
    if dimension == "devices":
        return [one.state for one in space.devices]
    words: dict[str, Sequence[str]] = {
        "client_app_types": CLIENT_APP_TYPES,
        "platforms": (*PLATFORMS, UNKNOWN_PLATFORM),
        "sign_in_risk": RISK_LEVELS,
        "user_risk": RISK_LEVELS,
        "insider_risk": INSIDER_RISK_LEVELS,
        "authentication_flows": TRANSFER_METHODS,
    }
    return words[dimension]
