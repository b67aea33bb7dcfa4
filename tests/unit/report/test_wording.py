"""Words that formats share."""

from __future__ import annotations

import pytest
from tests.unit.report.sample import people

from tenantlint.model import Principal, Principals
from tenantlint.report.wording import counted, evidence_pairs, service_name, who


def unknown(*kinds: str) -> Principals:
    members = tuple(Principal(id=str(turn), kind=kind) for turn, kind in enumerate(kinds))
    return Principals(members=members, count=None, remaining=None)


@pytest.mark.parametrize(
    ("principals", "words"),
    [
        (Principals(), ""),
        (people(1), "1 user"),
        (people(2000), "2,000 users"),
        (people(3, disabled=2), "3 users and 2 disabled"),
        (people(0, disabled=2), "0 users and 2 disabled"),
        (Principals(members=people(3).members, count=3, remaining=1), "3 users, 1 after exceptions"),
        (unknown("group"), "1 group, number of accounts unknown"),
        (unknown("group", "user"), "2 principals, number of accounts unknown"),
        (unknown("domain"), "1 domain"),
        (unknown("unknown", "unknown"), "2 principals"),
    ],
)
def test_who_is_affected(principals: Principals, words: str) -> None:
    assert who(principals) == words


def test_counts() -> None:
    assert [counted(number, "policy") for number in (0, 1, 1200)] == ["0 policies", "1 policy", "1,200 policies"]


def test_services_have_names_and_a_custom_folder_reads_like_one() -> None:
    assert service_name("defender_office") == "Defender for Office 365"
    assert service_name("our_own") == "Our own"


def test_evidence_is_in_order_and_each_value_within_its_limit() -> None:
    evidence = {"z": None, "a": "", "list": ["x" * 30] * 9, "none": [], "object": {"b": 1, "a": [True]}, "n": 1.5}
    pairs = dict(evidence_pairs(evidence, 100))
    assert list(pairs) == ["a", "list", "n", "none", "object", "z"]
    assert pairs["a"] == '""'
    assert pairs["none"] == "none"
    assert pairs["z"] == "null"
    assert pairs["object"] == '{"a": [true], "b": 1}'
    assert pairs["list"] == ", ".join(["x" * 30] * 2) + ", and 7 more"
    assert all(len(value) <= 100 for value in pairs.values())


def test_a_list_of_one_long_entry_and_others_is_cut_and_counted() -> None:
    ((_, value),) = evidence_pairs({"list": ["x" * 500, "y"]}, 100)
    assert len(value) == 100
    assert value.endswith("…")
