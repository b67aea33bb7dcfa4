"""The walk against trying every point; its budget; and that what it says to be left is left."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.conditional_access import budget as budgets
from tenantlint.conditional_access import walk as walking
from tenantlint.conditional_access.walk import Box, Budget, Diagram, Residuals, TooHardError, nobody_left, walk

SIZES = (3, 2, 4, 2)
EVERYBODY = 0b11111


def boxes(residuals: int) -> st.SearchStrategy[list[Box]]:
    one = st.builds(
        Box,
        st.tuples(*(st.integers(0, (1 << size) - 1) for size in SIZES)),
        st.integers(0, EVERYBODY),
        st.integers(1, (1 << residuals) - 1),
    )
    return st.lists(one, max_size=9)


def by_hand(given: list[Box], start: Residuals, notes: int = 0) -> dict[tuple[int, ...], Residuals]:
    """Who is left at each point where somebody is."""
    found = {}
    for point in product(*(range(size) for size in SIZES)):
        left = list(start)
        for box in given:
            if all(mask >> at & 1 for mask, at in zip(box.masks, point, strict=True)):
                left = [one & ~box.users if box.clears >> r & 1 else one for r, one in enumerate(left)]
        live = left[: len(left) - notes]
        kept = 0
        for one in live:
            kept |= one
        if kept:
            found[point] = (*live, *(one & kept for one in left[len(live) :]))
    return found


def points(diagram: Diagram | None) -> dict[tuple[int, ...], Residuals]:
    found: dict[tuple[int, ...], Residuals] = {}
    for region in diagram.regions() if diagram else ():
        for point in product(*(range(size) for size in SIZES)):
            if all(mask >> at & 1 for mask, at in zip(region.masks, point, strict=True)):
                assert point not in found, "two regions overlap"
                found[point] = region.residuals
    return found


@given(boxes(2))
def test_what_is_left_at_every_point_is_what_the_boxes_leave(given: list[Box]) -> None:
    start = (EVERYBODY, 0b10110)
    assert points(walk(SIZES, given, start)) == by_hand(given, start)


@given(boxes(3))
def test_notes_are_kept_of_whoever_another_residual_keeps(given: list[Box]) -> None:
    start = (EVERYBODY, 0b01100, EVERYBODY)
    assert points(walk(SIZES, given, start, notes=1)) == by_hand(given, start, notes=1)


@given(boxes(2), st.tuples(*(st.integers(1, (1 << size) - 1) for size in SIZES)))
def test_a_diagram_tells_who_is_left_within_a_product_of_atoms(given: list[Box], within: tuple[int, ...]) -> None:
    diagram = walk(SIZES, given, (EVERYBODY, EVERYBODY))
    wanted = [0, 0]
    for point, left in by_hand(given, (EVERYBODY, EVERYBODY)).items():
        if all(mask >> at & 1 for mask, at in zip(within, point, strict=True)):
            wanted = [old | new for old, new in zip(wanted, left, strict=True)]
    assert (diagram.left_within(within) if diagram else (0, 0)) == tuple(wanted)


@given(boxes(2))
def test_counts_agree_with_the_regions(given: list[Box]) -> None:
    diagram = walk(SIZES, given, (EVERYBODY, EVERYBODY))
    if diagram:
        assert diagram.count() == len(list(diagram.regions()))
        assert diagram.count(lambda left: left[0] == EVERYBODY) == sum(
            region.residuals[0] == EVERYBODY for region in diagram.regions()
        )


@given(boxes(1), boxes(1), boxes(1))
def test_a_walk_for_differences_leaves_out_only_points_without_one(
    shared: list[Box], before: list[Box], after: list[Box]
) -> None:
    given = [
        *(replace(box, clears=0b11) for box in shared),
        *(replace(box, clears=1 << side, differs=True) for side, own in enumerate((before, after)) for box in own),
    ]
    start = (EVERYBODY, EVERYBODY)
    wanted = by_hand(given, start)
    found = points(walk(SIZES, given, start, idle=lambda left: left[0] == left[1]))
    assert found.items() <= wanted.items()
    assert {point for point, left in wanted.items() if left[0] != left[1]} <= found.keys()
    assert not points(walk(SIZES, given[: len(shared)], start, idle=lambda left: left[0] == left[1]))


@given(boxes(2))
def test_whether_anybody_is_left_is_told_without_a_diagram(given: list[Box]) -> None:
    start = (EVERYBODY, 0b10110)
    assert nobody_left(SIZES, given, start) == (not by_hand(given, start))


def test_the_first_point_ends_the_search() -> None:
    start = ((1 << 40) - 1,)
    with pytest.raises(TooHardError):
        walk((9, 8, 7, 5), hard(), start, 60)
    assert not nobody_left((9, 8, 7, 5), hard(), start, 60)


def test_nobody_to_start_with_is_nobody_left() -> None:
    assert walk(SIZES, [], (0, 0)) is None


def hard(count: int = 40) -> list[Box]:
    """Boxes of which each leaves out another person and another atom of every dimension."""
    return [
        Box(
            tuple(((1 << size) - 1) & ~(1 << (number * 7 + at) % size) for at, size in enumerate((9, 8, 7, 5))),
            1 << number,
            1,
        )
        for number in range(count)
    ]


def test_a_walk_that_is_too_hard_says_so_and_says_it_every_time_at_the_same_place() -> None:
    start = ((1 << 40) - 1,)
    assert walk((9, 8, 7, 5), hard(), start) is not None
    for _ in range(2):
        with pytest.raises(TooHardError):
            walk((9, 8, 7, 5), hard(), start, 20)


def test_many_people_in_the_sets_cost_more(monkeypatch: pytest.MonkeyPatch) -> None:
    least = next(limit for limit in range(1, 10_000) if fits(limit))
    monkeypatch.setattr(walking, "_PEOPLE", 1)
    assert not fits(least)


def fits(limit: int) -> bool:
    try:
        walk((9, 8, 7, 5), hard(), ((1 << 40) - 1,), limit)
    except TooHardError:
        return False
    return True


def test_the_memory_for_sets_of_people_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_HELD", 2_000)
    with pytest.raises(TooHardError):
        walk((9, 8, 7, 5), hard(), ((1 << 40) - 1,))


def test_what_a_share_does_not_spend_comes_back() -> None:
    budget = Budget(100)
    whole = 100 * budgets._OPERATIONS
    with budget.share(4) as share:
        share.spend(whole // 4)
        with pytest.raises(TooHardError):
            share.spend(1)
    with budget.share(1) as share:
        share.spend(whole - whole // 4)
    with budget.share(1) as share, pytest.raises(TooHardError):
        share.spend(1)
    unspent = Budget(100)
    with unspent.share(2):
        pass
    with unspent.share(1) as share:
        share.spend(whole)
