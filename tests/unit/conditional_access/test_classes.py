"""Classes of ids are what the sets tell apart: no more, no less, whatever their sizes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.conditional_access import classes
from tenantlint.conditional_access.classes import Classes

_IDS = [f"id{number:02}" for number in range(40)]
_SETS = st.lists(st.frozensets(st.sampled_from([*_IDS, "elsewhere"])), max_size=12)


@given(st.lists(st.sampled_from(_IDS), unique=True), _SETS)
def test_two_ids_share_a_class_when_and_only_when_they_are_in_the_same_sets(
    ids: list[str], sets: list[frozenset[str]]
) -> None:
    found = Classes(ids, sets)
    assert sorted(one for members in found.members for one in members) == sorted(ids)
    class_of = {one: at for at, members in enumerate(found.members) for one in members}
    for one in ids:
        for other in ids:
            same = all((one in given) == (other in given) for given in sets)
            assert (class_of[one] == class_of[other]) == same
    for one in sets:
        assert found.bits(one) == sum(1 << at for at in {class_of[member] for member in one if member in class_of})


def test_classes_and_their_members_keep_the_order_of_the_ids() -> None:
    found = Classes(["d", "a", "c", "b"], [frozenset("ab"), frozenset("c")])
    assert found.members == (("d",), ("a", "b"), ("c",))
    assert found.bits(frozenset("c")) == 0b100


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_sets_that_are_looked_at_in_several_batches_divide_the_same(
    monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    sets = [frozenset(_IDS[start::step]) for start in range(3) for step in (2, 3, 7)]
    whole = Classes(_IDS, sets)
    monkeypatch.setattr(classes, "_BATCH", batch)
    parts = Classes(_IDS, sets)
    assert parts.members == whole.members
    assert [parts.bits(one) for one in sets] == [whole.bits(one) for one in sets]


def test_nobody_and_no_sets_are_answered() -> None:
    assert Classes([], [frozenset("a")]).members == ()
    assert Classes([], [frozenset("a")]).bits(frozenset("a")) == 0
    assert Classes(["a", "b"], []).members == (("a", "b"),)
