from __future__ import annotations

from tenantlint.collect.catalog import SOURCES
from tenantlint.collect.gaps import by_reason, gaps
from tenantlint.model import CollectionStatus as Status

OK = (Status.OK, "")
DENIED = (Status.DENIED, "grant it")


def test_nothing_is_a_gap_when_all_is_there() -> None:
    assert gaps({"users": OK, "groups": OK}, {"CA001": ["users"]}, {}) == ()


def test_a_gap_names_the_checks_that_lose_their_verdict_and_those_that_say_less() -> None:
    (gap,) = gaps(
        {"users": DENIED, "conditional_access_policies": OK},
        {"CA002": ["conditional_access_policies"], "CA001": ["users"], "CA000": ["users"]},
        {"CA002": ["users"], "CA001": ["users"]},
    )
    assert (gap.area, gap.collection, gap.status, gap.detail) == ("users", "users", *DENIED)
    assert gap.not_evaluated == ("CA000", "CA001")
    assert gap.less_exact == ("CA002",)


def test_an_alternative_that_is_there_keeps_the_verdict() -> None:
    needs = {"PA001": ["role_assignments|role_assignment_schedule_instances"]}
    one, both = (
        gaps({"role_assignments": other, "role_assignment_schedule_instances": DENIED}, needs, {})
        for other in (OK, DENIED)
    )
    assert [gap.not_evaluated for gap in one] == [()]
    assert [gap.not_evaluated for gap in both] == [("PA001",), ("PA001",)]


def test_a_check_that_another_gap_silences_is_not_called_less_exact() -> None:
    found = gaps({"users": DENIED, "groups": DENIED}, {"CA001": ["users"]}, {"CA001": ["groups"]})
    assert {gap.collection: (gap.not_evaluated, gap.less_exact) for gap in found} == {
        "users": (("CA001",), ()),
        "groups": ((), ()),
    }


def test_gaps_come_in_the_order_of_the_catalogue_whatever_the_order_given() -> None:
    names = [source.collection for source in SOURCES]
    found = gaps(dict.fromkeys([*reversed(names), "teams_tenant"], DENIED), {}, {})
    assert [gap.collection for gap in found] == [*names, "teams_tenant"]


def test_gaps_of_one_reason_are_told_once() -> None:
    found = gaps({"users": DENIED, "domains": (Status.FAILED, "503"), "applications": DENIED}, {}, {})
    assert [(status, [gap.collection for gap in members]) for status, _, members in by_reason(found)] == [
        (Status.DENIED, ["users", "applications"]),
        (Status.FAILED, ["domains"]),
    ]


def test_a_gap_is_data() -> None:
    (gap,) = gaps({"users": DENIED}, {"CA001": ["users"]}, {})
    assert gap.as_json() == {
        "area": "users",
        "collection": "users",
        "status": "denied",
        "detail": "grant it",
        "not_evaluated": ["CA001"],
        "less_exact": [],
    }
