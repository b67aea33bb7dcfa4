"""What-If against the naive evaluator and against coverage, on tenants that hypothesis makes."""

import random
from typing import Any

from hypothesis import given, settings
from tests.oracle import grants, naive
from tests.oracle.bodies import body_of, least
from tests.oracle.brute import (
    QUESTIONS,
    Answers,
    Enumeration,
    atom_indexes,
    class_of,
    values_of,
    worlds,
)
from tests.oracle.snapshots import tenant_of
from tests.oracle.strategies import JOIN, RANDOM, SECURITY_INFO, STRENGTHS, tenants

from tenantlint.conditional_access.coverage import cover
from tenantlint.conditional_access.evaluate import Evaluator, Result
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.request import parse_request

NOTHING_UNKNOWN: dict[str, Any] = {"groups": {}, "conditions": {}, "filters": {}, "homes": {}}
ACTIONS = [SECURITY_INFO, JOIN, "c1", "c2"]


def is_open(question: str, result: Result, client: str, flow: str) -> bool:
    """What the answer of What-If says about a question of coverage."""
    if question == "legacy_authentication" and (client not in grants.LEGACY or flow != "none"):
        return False
    if result.outcome == "blocked" or question == "blocked":
        return result.outcome != "blocked"
    if question in {"any_control", "legacy_authentication"}:
        return not result.requires
    strengths = {f"authenticationStrength:{one['id']}": one for one in STRENGTHS}
    return not any(
        all(grants.brings(question, each, strengths.get(each)) for each in clause) for clause in result.requires
    )


@settings(max_examples=80)
@given(tenants(), RANDOM)
def test_what_if_agrees_with_the_naive_evaluator(raw: dict[str, Any], rng: random.Random) -> None:
    tenant = tenant_of(raw)
    evaluator = Evaluator(tenant)
    space = cover(tenant, Question.MFA).space
    found = Enumeration(raw, NOTHING_UNKNOWN, values_of(raw, space))
    found.values["resource"] += ACTIONS
    found = Enumeration(raw, NOTHING_UNKNOWN, found.values)
    for point, _ in found.points(rng, 60):
        for person in rng.sample(list(found.people), 3):
            sign_in = found.sign_in(point, person)
            outcome, requires = naive.outcome(sign_in, raw, NOTHING_UNKNOWN)
            result = evaluator.evaluate(parse_request(body_of(sign_in, raw)))
            assert result.outcome == outcome, sign_in
            assert {frozenset(one) for one in result.requires} == least(requires), sign_in
            applied = {one.policy.id for one in result.policies if one.applies and one.policy.enforced}
            assert applied == {
                one["id"]
                for one in naive.enforced(raw)
                if naive.applies(one, sign_in, raw, {}) and (grants.clause(one) or one["sessionControls"])
            }


@settings(max_examples=40)
@given(tenants(), RANDOM)
def test_what_if_agrees_with_coverage_at_every_point(raw: dict[str, Any], rng: random.Random) -> None:
    tenant = tenant_of(raw)
    evaluator = Evaluator(tenant)
    for question in QUESTIONS:
        coverage = cover(tenant, Question(question))
        values = values_of(raw, coverage.space)
        found = Enumeration(raw, NOTHING_UNKNOWN, values)
        answers = Answers(coverage, atom_indexes(coverage.space, values, raw))
        for point, _ in found.points(rng, 30):
            certain, depends = answers.at(point)
            for person in rng.sample(list(found.people), 3):
                at = class_of(coverage, person)
                if at is None:
                    continue
                sign_in = found.sign_in(point, person)
                result = evaluator.evaluate(parse_request(body_of(sign_in, raw)))
                said = is_open(question, result, sign_in["client"], sign_in["flow"])
                assert said is bool((certain | depends) >> at & 1), sign_in


@settings(max_examples=60)
@given(tenants(unknowns=True), RANDOM)
def test_what_is_certain_of_a_sign_in_is_so_however_the_unknowns_turn_out(
    raw: dict[str, Any], rng: random.Random
) -> None:
    tenant = tenant_of(raw)
    evaluator = Evaluator(tenant)
    space = cover(tenant, Question.MFA).space
    for world in worlds(raw, rng):
        found = Enumeration(raw, world, values_of(raw, space))
        for point, _ in found.points(rng, 20):
            for person in rng.sample(list(found.people), 2):
                sign_in = found.sign_in(point, person)
                outcome, requires = naive.outcome(sign_in, raw, world)
                result = evaluator.evaluate(parse_request(body_of(sign_in, raw)))
                if result.certainty == "certain":
                    assert result.outcome == outcome, sign_in
                    assert {frozenset(one) for one in result.requires} == least(requires), sign_in
                told = evaluator.evaluate(parse_request(body_of(sign_in, raw, world)))
                if told.certainty == "certain":
                    assert told.outcome == outcome, sign_in
                    assert {frozenset(one) for one in told.requires} == least(requires), sign_in
