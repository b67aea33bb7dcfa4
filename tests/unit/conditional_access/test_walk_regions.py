"""The regions of a walk over universes of any shape: all of them, those that are wanted, those within a part."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tenantlint.conditional_access.walk import Box, Diagram, walk

PEOPLE = 5
EVERYBODY = (1 << PEOPLE) - 1


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[int], list[Box], tuple[int, ...]]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    masks = st.tuples(*(st.integers(0, (1 << size) - 1) | st.just((1 << size) - 1) for size in sizes))
    box = st.builds(Box, masks, st.integers(0, EVERYBODY), st.integers(1, 3))
    starts = st.tuples(st.integers(0, EVERYBODY), st.integers(0, EVERYBODY))
    return sizes, draw(st.lists(box, max_size=7)), draw(starts)


def brute(sizes: list[int], boxes: list[Box], start: tuple[int, ...]) -> dict[tuple[int, ...], tuple[int, ...]]:
    """What each residual keeps at each point; points that keep nobody are left out."""
    found = {}
    for point in product(*(range(size) for size in sizes)):
        left = list(start)
        for box in boxes:
            if all(mask >> at & 1 for mask, at in zip(box.masks, point, strict=True)):
                for residual in range(len(left)):
                    if box.clears >> residual & 1:
                        left[residual] &= ~box.users
        if any(left):
            found[point] = tuple(left)
    return found


def listed(diagram: Diagram | None) -> dict[tuple[int, ...], tuple[int, ...]]:
    """The points of the regions; fails where two overlap."""
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    for region in diagram.regions() if diagram else ():
        atoms = [[at for at in range(mask.bit_length()) if mask >> at & 1] for mask in region.masks]
        for point in product(*atoms):
            assert point not in found, "two regions overlap"
            found[point] = region.residuals
    return found


@given(problems())
def test_the_regions_are_the_points_that_no_box_takes_each_once(
    problem: tuple[list[int], list[Box], tuple[int, ...]],
) -> None:
    sizes, boxes, start = problem
    assert listed(walk(sizes, boxes, start)) == brute(sizes, boxes, start)


@given(problems())
def test_who_is_left_is_who_is_left_at_some_point(problem: tuple[list[int], list[Box], tuple[int, ...]]) -> None:
    sizes, boxes, start = problem
    diagram = walk(sizes, boxes, start)
    everywhere = brute(sizes, boxes, start)
    if diagram is None:
        assert not everywhere
        return
    expected = [0] * len(start)
    for left in everywhere.values():
        expected = [old | new for old, new in zip(expected, left, strict=True)]
    assert diagram.left() == tuple(expected)
    assert diagram.count() == len(list(diagram.regions()))


@given(problems(), st.data())
def test_who_is_left_within_a_part_is_who_is_left_at_one_of_its_points(
    problem: tuple[list[int], list[Box], tuple[int, ...]], data: st.DataObject
) -> None:
    sizes, boxes, start = problem
    part = [data.draw(st.integers(1, (1 << size) - 1)) for size in sizes]
    diagram = walk(sizes, boxes, start)
    expected = [0] * len(start)
    for point, left in brute(sizes, boxes, start).items():
        if all(mask >> at & 1 for mask, at in zip(part, point, strict=True)):
            expected = [old | new for old, new in zip(expected, left, strict=True)]
    assert (diagram.left_within(part) if diagram else (0,) * len(start)) == tuple(expected)


@given(problems())
def test_only_the_regions_that_are_wanted_are_given(problem: tuple[list[int], list[Box], tuple[int, ...]]) -> None:
    sizes, boxes, start = problem
    diagram = walk(sizes, boxes, start)
    if diagram is None:
        return
    wanted = [one for one in diagram.regions() if one.residuals[0] & 1]
    assert list(diagram.regions(lambda left: bool(left[0] & 1))) == wanted
    assert diagram.count(lambda left: bool(left[0] & 1)) == len(wanted)


@given(problems())
def test_the_order_of_the_boxes_changes_nothing(problem: tuple[list[int], list[Box], tuple[int, ...]]) -> None:
    sizes, boxes, start = problem
    assert listed(walk(sizes, boxes, start)) == listed(walk(sizes, boxes[::-1], start))
