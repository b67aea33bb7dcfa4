"""Coverage against the naive evaluator, on tenants that hypothesis makes."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import grants, naive
from tests.oracle.brute import (
    CLIENTS,
    FLOWS,
    INSIDER,
    NEW_APP,
    PLATFORMS,
    QUESTIONS,
    RISKS,
    Answers,
    Enumeration,
    atom_indexes,
    class_of,
    device_of,
    persons,
    place_of,
    values_of,
    worlds,
)
from tests.oracle.snapshots import tenant_of
from tests.oracle.strategies import JOIN, RANDOM, SECURITY_INFO, tenants

from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.questions import Question

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
            assert found.doubtful(point[3]) or not depends
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


@settings(max_examples=60)
@given(tenants(most=5), RANDOM)
def test_every_corner_of_every_region_is_open_for_its_users(raw: dict[str, Any], rng: random.Random) -> None:
    tenant = tenant_of(raw)
    for question in QUESTIONS:
        coverage = cover(tenant, Question(question))
        space = coverage.space
        people = classes(coverage, raw)
        held = [
            [at if at != "other" else NEW_APP for at in space.applications],
            CLIENTS,
            PLATFORMS,
            [place_of(atom, raw) for atom in space.locations],
            RISKS,
            RISKS,
            INSIDER,
            FLOWS,
            [device_of(atom) for atom in space.devices],
        ]
        for region in coverage.regions:
            ends = [sorted({mask.bit_length() - 1, (mask & -mask).bit_length() - 1}) for mask in region.masks]
            users = [person for person, at in people.items() if region.users >> at & 1]
            for _ in range(8):
                corner = [values[rng.choice(end)] for values, end in zip(held, ends, strict=True)]
                sign_in = dict(zip(naive.DIMENSIONS, corner, strict=True)) | {"person": rng.choice(users)}
                found = [
                    grants.clause(one)
                    for one in naive.enforced(raw)
                    if naive.applies(one, sign_in, raw, NOTHING_UNKNOWN)
                ]
                clauses = [one for one in found if one]
                assert grants.is_open(question, clauses, sign_in["client"], sign_in["flow"]), sign_in


@settings(max_examples=50)
@given(tenants(most=3), RANDOM)
def test_the_number_of_open_users_is_exact(raw: dict[str, Any], rng: random.Random) -> None:
    tenant = tenant_of(raw)
    for question in QUESTIONS:
        coverage = cover(tenant, Question(question))
        found, _ = enumerated(raw, coverage, NOTHING_UNKNOWN)
        certainly: set[str] = set()
        perhaps: set[str] = set()
        for point, applied in found.points(rng, 4000):
            client, flow = found.values["client"][point[1]], found.values["flow"][point[7]]
            for person in found.people:
                if isinstance(person, str) and found.open(question, applied & found.people[person], client, flow):
                    (perhaps if found.doubtful(point[3]) else certainly).add(person)
        if found.whole:
            assert set(coverage.people.ids(coverage.open_users)) == certainly
            assert set(coverage.people.ids(coverage.depends_users)) == perhaps - certainly
            assert (coverage.users_open, coverage.users_depends) == (len(certainly), len(perhaps - certainly))
        assert coverage.users_total == 6


@settings(max_examples=60)
@given(tenants(), RANDOM)
def test_meeting_most_controls_is_as_good_as_trying_all(raw: dict[str, Any], rng: random.Random) -> None:
    """The oracle's own shortcut, and that one clause alone forces what a question asks for."""
    for _ in range(5):
        chosen = [grants.clause(one) for one in rng.sample(raw["policies"], rng.randint(1, len(raw["policies"])))]
        clauses = [one for one in chosen if one][:4]
        for question in QUESTIONS:
            client, flow = rng.choice(CLIENTS), rng.choice(FLOWS)
            quick = grants.is_open(question, clauses, client, flow)
            assert quick is grants.is_open_by_trying(question, clauses, client, flow)
            alone = [grants.is_open(question, [one], client, flow) for one in clauses]
            assert quick is all(alone)


def respelled(raw: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The same policies under other names, in another order, with null, [] and absent exchanged and lists reordered."""

    def other(value: Any) -> Any:
        if isinstance(value, dict):
            made = {}
            for key, one in rng.sample(sorted(value.items()), len(value)):
                is_list = key.startswith(LISTS) and "ExternalUsers" not in key
                spelled = rng.choice([None, [], "absent"]) if is_list and not one else one
                if spelled != "absent":
                    made[key] = other(spelled)
            return made
        if isinstance(value, list):
            return [other(one) for one in rng.sample(value, len(value))]
        return value

    policies = [other(one) | {"displayName": f"Renamed {rng.random()}"} for one in raw["policies"]]
    for one in policies:
        clients = one["conditions"].get("clientAppTypes")
        if not clients and rng.random() < 0.5:
            one["conditions"]["clientAppTypes"] = rng.choice([["all"], [*reversed(CLIENTS)]])
        elif clients:
            one["conditions"]["clientAppTypes"] = [each.upper() for each in clients]
    return raw | {"policies": rng.sample(policies, len(policies))}


LISTS = ("include", "exclude", "builtIn", "clientApp", "termsOfUse", "customAuthentication")


@settings(max_examples=60)
@given(tenants(), RANDOM)
def test_names_order_and_spelling_change_nothing(raw: dict[str, Any], rng: random.Random) -> None:
    before, after = tenant_of(raw), tenant_of(respelled(raw, rng))
    for question in Question:
        one, other = cover(before, question), cover(after, question)
        assert one.space.applications == other.space.applications
        assert set(one.space.locations) == set(other.space.locations)
        assert (one.users_open, one.users_depends) == (other.users_open, other.users_depends)
        assert described(one) == described(other)
        assert compare(before, after, question).same


def described(coverage: Coverage) -> set[Any]:
    """The points of the regions as sets that do not hang on the order of atoms; small universes only."""
    found = set()
    for region in coverage.regions:
        found.add((tuple(mask.bit_count() for mask in region.masks), region.users.bit_count(), region.certain))
    return found
