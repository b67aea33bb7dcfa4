"""A limited answer never says covered where the exact one says open, and never open for certain where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bench import hard
from tests.oracle.snapshots import tenant_of
from tests.oracle.strategies import tenants

from tenantlint.conditional_access import coverage as covering
from tenantlint.conditional_access import locations as places
from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.coverage import cover, outside
from tenantlint.conditional_access.describe import Description
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.slices import sliced
from tenantlint.conditional_access.tenant import read_tenant
from tenantlint.conditional_access.walk import Box

QUESTIONS = st.sampled_from([Question.MFA, Question.LEGACY_AUTHENTICATION, Question.MANAGED_DEVICE, Question.BLOCKED])


@settings(max_examples=60, deadline=None)
@given(tenants(most=4), QUESTIONS, st.integers(0, 60))
def test_an_answer_within_any_limit_bounds_the_exact_one(raw: dict[str, Any], question: Question, limit: int) -> None:
    tenant = tenant_of(raw)
    exact = cover(tenant, question)
    limited = cover(tenant, question, limit=limit)
    assert limited.exact or limited.caveats
    certain, perhaps = limited.open_users, limited.open_users | limited.depends_users
    assert not certain & ~exact.open_users
    assert not (exact.open_users | exact.depends_users) & ~perhaps
    for region in exact.regions:
        opened, depending = limited.open_within(region.masks)
        assert not region.users & ~(opened | depending)
    for region in limited.regions:
        opened, depending = exact.open_within(region.masks)
        if region.certain:
            assert not region.users & ~opened


@settings(max_examples=40, deadline=None)
@given(tenants(most=4), tenants(most=4), st.integers(0, 40))
def test_a_comparison_within_any_limit_misses_nothing(
    before: dict[str, Any], after: dict[str, Any], limit: int
) -> None:
    after = after | {"users": before["users"], "groups": before["groups"]}
    exact = compare(tenant_of(before), tenant_of(after), Question.MFA)
    limited = compare(tenant_of(before), tenant_of(after), Question.MFA, limit=limit)
    for whole, bounded in ((exact.opened, limited.opened), (exact.closed, limited.closed)):
        assert not bounded.open_users & ~whole.open_users
        known = bounded.open_users | bounded.depends_users
        assert not (whole.open_users | whole.depends_users) & ~known


def test_a_set_that_is_too_hard_still_compares_exactly_where_little_changes() -> None:
    tenant = read_tenant(hard.scattered(60, 60))
    assert not cover(tenant, Question.MFA, limit=4_000).exact
    same = compare(tenant, tenant, Question.MFA, limit=4_000)
    assert same.same
    assert same.opened.exact
    without = tenant.with_policies(tenant.policies[1:])
    changed = compare(tenant, without, Question.MFA, limit=4_000)
    assert not changed.opened.unexamined
    assert changed.opened.open_users == compare(tenant, without, Question.MFA).opened.open_users != 0


def test_a_slice_that_is_too_hard_is_named_and_what_it_hangs_on_is_told() -> None:
    tenant = read_tenant(hard.scattered(60, 60))
    found = cover(tenant, Question.MFA, limit=40)
    assert not found.exact
    assert found.unexamined
    assert found.caveats[0].startswith("The policies are too many to walk together")
    assert "Not answered within the limit: " in found.caveats[1]
    uncertain = next(one for one in found.regions if not one.certain)
    assert any("too much to examine" in one for one in Description(found).depends_on(uncertain))


@settings(max_examples=30, deadline=None)
@given(tenants(most=4, unknowns=True), QUESTIONS)
def test_slices_within_their_limit_are_the_whole_answer(raw: dict[str, Any], question: Question) -> None:
    tenant = tenant_of(raw)
    exact = cover(tenant, question)
    everybody = exact.people.everybody
    boxes = [Box(one.masks, one.users, 0b11 if one.certain else 0b10) for one in exact.boxes]
    bounds = outside(exact.space, exact.asked, exact.people, 0b11)
    found = sliced(exact.space, boxes, bounds, ((everybody, everybody), (everybody, 0)), 1_000_000)
    assert not found.unexamined
    points = sum(len(list(diagram.regions())) for diagram in found.diagrams)
    assert bool(points) == bool(exact.diagrams)
    for diagram in found.diagrams:
        for region in diagram.regions():
            assert exact.diagrams[0].left_within(region.masks) == region.residuals
    for one in exact.diagrams:
        for region in one.regions():
            left = [diagram.left_within(region.masks) for diagram in found.diagrams]
            for at in (0, 1):
                assert union(each[at] for each in left) == region.residuals[at]


def union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


@pytest.mark.parametrize("most", [1, 6, 40])
@settings(max_examples=25, deadline=None)
@given(raw=tenants(most=4, unknowns=True))
def test_locations_that_are_too_many_to_combine_hide_nothing(most: int, raw: dict[str, Any]) -> None:
    tenant = tenant_of(raw)
    exact = cover(tenant, Question.MFA)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "_LIMIT", most)
        limited = cover(tenant, Question.MFA)
    assert [one.ids for one in limited.people.classes] == [one.ids for one in exact.people.classes]
    assert not limited.open_users & ~exact.open_users
    known = limited.open_users | limited.depends_users
    assert not (exact.open_users | exact.depends_users) & ~known


def test_forty_locations_of_unknown_extent_together_leave_the_answer_open() -> None:
    tenant = read_tenant(hard.unknown_places(40, users=50))
    found = cover(tenant, Question.ANY_CONTROL)
    assert not found.exact
    assert found.depends_users, "a sign-in from all forty locations at once is in no policy"
    assert not found.open_users


def test_regions_that_are_too_many_to_list_are_shared_out_over_the_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = read_tenant(hard.scattered(30, 60))
    whole = cover(tenant, Question.MFA)
    monkeypatch.setattr(covering, "MAX_REGIONS", 40)
    cut = cover(tenant, Question.MFA)
    assert not cut.exact
    assert "regions are not listed" in cut.caveats[0]
    assert cut.open_users == whole.open_users
    assert sum(1 for _ in cut.regions) <= 40
