"""The bench of Conditional Access asks about the tenants that it says it does, and its two walks agree."""

from __future__ import annotations

from typing import Any

import pytest
from tests.bench import access, cartesian, corpus, requests
from tests.bench.__main__ import table
from tests.bench.figures import Row

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.request import parse_request
from tenantlint.conditional_access.tenant import read_tenant

needs_corpus = pytest.mark.skipif(not corpus.present(), reason="the corpus is not there")


def answer(dimensions: Any) -> Coverage:
    tenant = read_tenant(cartesian.snapshot(cartesian.policies(dimensions)))
    assert not tenant.refused
    return cover(tenant, Question.MFA, within=cartesian.within(dimensions))


def test_both_walks_are_over_the_published_universe() -> None:
    space = answer(cartesian.FIVE).space
    assert len(space.applications) == len(cartesian.APPLICATIONS) == 61
    assert len(space.locations) == len(cartesian.PLACES) == 15
    assert cartesian.naive([], cartesian.FIVE, users=()).total == 0
    assert len(cartesian.USERS) * 61 * 15 * 6 * 2 == 4_413_960


def test_the_naive_walk_and_the_exact_one_agree() -> None:
    few = cartesian.USERS[-14:]
    walked = cartesian.naive(cartesian.policies(), cartesian.FIVE, users=few)
    found = answer(cartesian.FIVE)
    assert walked.whole
    assert walked.open_ == cartesian.cells(found, cartesian.FIVE) > 0
    people = found.people
    assert walked.open_users == {one for at in bits_of(found.open_users) for one in people.classes[at].ids}


def test_ten_dimensions_multiply_what_is_open_in_policies_without_further_conditions() -> None:
    five, ten = answer(cartesian.FIVE), answer(cartesian.TEN)
    assert cartesian.cells(ten, cartesian.TEN) == cartesian.cells(five, cartesian.FIVE) * 4 * 4 * 4 * 3 * 5


def test_a_naive_walk_that_is_stopped_extrapolates() -> None:
    walked = cartesian.naive(cartesian.policies(), cartesian.FIVE, most=0.0)
    assert not walked.whole
    assert walked.extrapolated > walked.seconds


@needs_corpus
def test_real_policies_over_made_up_people_are_answered_exactly() -> None:
    for tenant in (read_tenant(corpus.baseline(200)), read_tenant(corpus.mixed(60, 200))):
        found = cover(tenant, Question.MFA)
        assert found.exact
        assert found.users_total >= 200
        assert not found.depends_users


@needs_corpus
def test_a_mix_is_the_same_every_time_and_names_only_what_is_there() -> None:
    once, again = corpus.mixed(240, 50), corpus.mixed(240, 50)
    assert list(once.items("conditional_access_policies")) == list(again.items("conditional_access_policies"))
    assert list(once.items("group_members")) == list(again.items("group_members"))
    assert len(once.items("conditional_access_policies")) == 240
    known = {one["id"] for one in once.items("named_locations")} | {"All", "AllTrusted"}
    for policy in once.items("conditional_access_policies"):
        places = policy["conditions"].get("locations") or {}
        assert {*(places.get("includeLocations") or ()), *(places.get("excludeLocations") or ())} <= known


@needs_corpus
def test_requests_of_the_bench_are_requests_about_people_who_exist() -> None:
    tenant = read_tenant(corpus.baseline(300))
    evaluator = Evaluator(tenant)
    outcomes = {evaluator.outcome(parse_request(body)).outcome for body in requests.bodies(300, 500)}
    assert len(outcomes) > 1
    assert all(body["signInIdentity"]["userId"] in tenant.directory.user_ids for body in requests.bodies(300, 50))


def test_a_case_runs_in_a_process_of_its_own_and_tells_its_peak() -> None:
    found = access.case("hard", "--name", "40 named locations of unknown extent")
    assert found["seconds"] > 0
    assert not found["exact"]
    assert found["peak"] >= 0


def test_a_row_without_a_promise_has_no_verdict() -> None:
    row = Row("x", 3.0, None, "s")
    assert not row.missed
    assert row.verdict == ""
    assert "| 3.0 s  |  " in table([row])
