"""Coverage against the naive evaluator, on tenants that hypothesis makes."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.questions import Question
from tests.oracle import naive
from tests.oracle.brute import (
    QUESTIONS,
    Answers,
    Enumeration,
    atom_indexes,
    class_of,
    persons,
    tenant_of,
    values_of,
    worlds,
)
from tests.oracle.strategies import JOIN, RANDOM, SECURITY_INFO, tenants

NOTHING_UNKNOWN: dict[str, Any] = {"groups": {}, "conditions": {}, "filters": {}, "homes": {}}
TARGETS = st.sampled_from([None, None, None, [SECURITY_INFO, JOIN, "c1", "c2"]])


def enumerated(raw: dict[str, Any], coverage: Coverage, world: dict[str, Any]) -> tuple[Enumeration, Answers]:
    values = values_of(raw, coverage.space)
    return Enumeration(raw, world, values), Answers(coverage, atom_indexes(coverage.space, values, raw))


def classes(coverage: Coverage, raw: dict[str, Any]) -> dict[Any, int]:
    found = {person: class_of(coverage, person) for person in persons(raw)}
    return {person: at for person, at in found.items() if at is not None}


@settings(max_examples=60)
@given(tenants(), TARGETS, RANDOM)
def test_every_sign_in_is_open_exactly_where_the_naive_evaluator_lets_it_in(
    raw: dict[str, Any], targets: list[str] | None, rng: random.Random
) -> None:
    tenant = tenant_of(raw)
    for question in QUESTIONS:
        coverage = cover(tenant, Question(question), applications=targets)
        assert coverage.exact
        found, answers = enumerated(raw, coverage, NOTHING_UNKNOWN)
        people = classes(coverage, raw)
        for point, applied in found.points(rng, 2000):
            client, flow = found.values["client"][point[1]], found.values["flow"][point[7]]
            certain, depends = answers.at(point)
            doubtful = bool(found.values["place"][point[3]]["inside"] & {naive.MFA_TRUSTED})
            assert doubtful or not depends
            for person, at in people.items():
                truth = found.open(question, applied & found.people[person], client, flow)
                said = bool((certain | depends) >> at & 1)
                assert said is truth, found.sign_in(point, person)


@settings(max_examples=60)
@given(tenants(unknowns=True), RANDOM)
def test_what_is_certain_is_so_however_the_unknowns_turn_out(raw: dict[str, Any], rng: random.Random) -> None:
    tenant = tenant_of(raw)
    for question in QUESTIONS:
        coverage = cover(tenant, Question(question))
        people = classes(coverage, raw)
        for world in worlds(raw, rng):
            found, answers = enumerated(raw, coverage, world)
            for point, applied in found.points(rng, 300):
                client, flow = found.values["client"][point[1]], found.values["flow"][point[7]]
                certain, depends = answers.at(point)
                for person, at in people.items():
                    truth = found.open(question, applied & found.people[person], client, flow)
                    if certain >> at & 1:
                        assert truth, found.sign_in(point, person)
                    elif not depends >> at & 1:
                        assert not truth, found.sign_in(point, person)
