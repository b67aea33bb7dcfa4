"""Comparison of two tenants against the difference of what the naive evaluator says of each."""

import random
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.brute import (
    QUESTIONS,
    Answers,
    Enumeration,
    atom_indexes,
    class_of,
    persons,
    values_of,
    worlds,
)
from tests.oracle.snapshots import tenant_of
from tests.oracle.steps import changed
from tests.oracle.strategies import RANDOM, make

from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.coverage import Coverage
from tenantlint.conditional_access.questions import Question

NOTHING_UNKNOWN: dict[str, Any] = {"groups": {}, "conditions": {}, "filters": {}, "homes": {}}
Raw = dict[str, Any]


def steps(*, unknowns: bool = False, most: int = 6) -> st.SearchStrategy[tuple[Raw, Raw]]:
    """A tenant and what became of it."""

    def step(rng: random.Random) -> tuple[Raw, Raw]:
        before = make(rng, unknowns, rng.randint(1, most), rng.random() < 0.5)
        return before, changed(before, rng, unknowns)

    return RANDOM.map(step)


class Step:
    """Two tenants, what the product says of the step for every question, and the naive answers on both sides."""

    def __init__(self, before: Raw, after: Raw, world: Raw) -> None:
        tenants = tenant_of(before), tenant_of(after)
        self.found = {one: compare(*tenants, Question(one)) for one in QUESTIONS}
        first = self.found["mfa"]
        self.values = values_of(after, first.opened.space)
        self.values["place"] += values_of(before, first.opened.space)["place"]
        self.indexes = atom_indexes(first.opened.space, self.values, after, before)
        everybody = sorted({*persons(before), *persons(after)}, key=str)
        at = {one: class_of(first.opened, one) for one in everybody}
        self.people = {person: index for person, index in at.items() if index is not None}
        self.before, self.after = before, after
        self.suppose(world)

    def suppose(self, world: Raw) -> None:
        self.old = Enumeration(self.before, world, self.values)
        self.new = Enumeration(self.after, world, self.values)

    def points(self, rng: random.Random, most: int) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """Points that the policies of either side tell apart, with those of each that they meet."""
        shift = len(self.old.policies)
        both = {
            name: [one | other << shift for one, other in zip(self.old.met[name], met, strict=True)]
            for name, met in self.new.met.items()
        }
        for point, applied in self.new.points(rng, most, both):
            yield point, applied & ((1 << shift) - 1), applied >> shift

    def differences(self, rng: random.Random, most: int) -> Iterator[tuple[Any, ...]]:
        """Everywhere: what is said of opening and closing (certainly, perhaps, truly), and where that is."""
        answers = {
            name: (Answers(one.opened, self.indexes), Answers(one.closed, self.indexes))
            for name, one in self.found.items()
        }
        old, new = self.old, self.new
        met = {one: (old.concerning(one), new.concerning(one)) for one in self.people}
        for point, was, becomes in self.points(rng, most):
            client, flow = self.values["client"][point[1]], self.values["flow"][point[7]]
            for question, (opened, closed) in answers.items():
                opens, closes = opened.at(point), closed.at(point)
                for person, at in self.people.items():
                    before = old.open(question, was & met[person][0], client, flow)
                    after = new.open(question, becomes & met[person][1], client, flow)
                    place = (question, new.sign_in, point, person)
                    opening = person in new.people and after and not before
                    closing = person in old.people and before and not after
                    yield bool(opens[0] >> at & 1), bool(opens[1] >> at & 1), opening, place
                    yield bool(closes[0] >> at & 1), bool(closes[1] >> at & 1), closing, place


@settings(max_examples=40)
@given(steps(), RANDOM)
def test_what_opens_and_closes_is_the_difference_of_the_two(step: tuple[Raw, Raw], rng: random.Random) -> None:
    for certain, perhaps, truth, place in Step(*step, NOTHING_UNKNOWN).differences(rng, 300):
        assert (certain or perhaps) is truth, (place[0], place[1](*place[2:]))


@settings(max_examples=40)
@given(steps(unknowns=True), RANDOM)
def test_what_certainly_opens_opens_however_the_unknowns_turn_out(step: tuple[Raw, Raw], rng: random.Random) -> None:
    one = Step(*step, NOTHING_UNKNOWN | next(worlds(step[1], rng, also=step[0]["policies"])))
    for world in worlds(step[1], rng, also=step[0]["policies"]):
        one.suppose(world)
        for certain, perhaps, truth, place in one.differences(rng, 50):
            assert truth if certain else perhaps or not truth, (place[0], place[1](*place[2:]))


def told(coverage: Coverage) -> set[Any]:
    """Regions by what they hold, whatever the order of atoms and classes."""
    return {
        (
            frozenset(coverage.people.ids(one.users)),
            tuple(mask.bit_count() for mask in one.masks),
            one.certain,
        )
        for one in coverage.regions
    }


@settings(max_examples=40)
@given(steps(unknowns=True))
def test_the_way_back_closes_what_the_way_there_opens(step: tuple[Raw, Raw]) -> None:
    one, other = tenant_of(step[0]), tenant_of(step[1])
    for question in Question:
        there, back = compare(one, other, question), compare(other, one, question)
        for mine, theirs in ((there.opened, back.closed), (there.closed, back.opened)):
            ids = mine.people.ids
            assert ids(mine.open_users) == theirs.people.ids(theirs.open_users)
            assert ids(mine.depends_users) == theirs.people.ids(theirs.depends_users)
            assert told(mine) == told(theirs)


@settings(max_examples=40)
@given(steps(unknowns=True))
def test_a_tenant_against_itself_opens_and_closes_nothing(step: tuple[Raw, Raw]) -> None:
    for raw in step:
        for question in Question:
            assert compare(tenant_of(raw), tenant_of(raw), question).same
