from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.directory.tenants import snapshot

from tenantlint.directory import Directory
from tenantlint.model import CollectionStatus


def directory(*lines: dict[str, Any]) -> Directory:
    return Directory(snapshot(group_members=list(lines)))


def test_members_are_those_of_the_line() -> None:
    found = directory({"group_id": "g", "members": ["u1", "u2"]}).members("g")
    assert (found.ids, found.known, found.missing) == ({"u1", "u2"}, True, False)


def test_ids_are_compared_without_regard_to_case() -> None:
    assert directory({"group_id": "AB", "members": ["U1"]}).members("aB").ids == {"u1"}


def test_nested_groups_add_their_members_and_are_no_members() -> None:
    found = directory(
        {"group_id": "g", "members": ["u1", "h"], "nested_groups": []},
        {"group_id": "h", "members": ["u2"], "nested_groups": ["i"]},
        {"group_id": "i", "members": ["u3"], "nested_groups": ["g"]},
    )
    assert found.members("g").ids == {"u1", "u2", "u3"}
    assert found.members("h").ids == {"u1", "u2", "u3"}


@pytest.mark.parametrize("status", ["denied", "failed", "truncated", "missing"])
def test_a_group_with_another_status_has_no_known_members(status: str) -> None:
    found = directory({"group_id": "g", "members": ["u1"], "status": status}).members("g")
    assert (found.ids, found.known, found.missing, found.status) == (frozenset(), False, status == "missing", status)


def test_a_group_without_a_line_is_not_collected() -> None:
    assert directory().members("g").status == "not_collected"


@pytest.mark.parametrize("status", [CollectionStatus.DENIED, CollectionStatus.TRUNCATED])
def test_a_collection_that_is_not_whole_tells_no_members(status: CollectionStatus) -> None:
    assert Directory(snapshot(group_members=status)).members("g").status == status.value


@pytest.mark.parametrize("line", [{"group_id": "g", "members": None}, {"group_id": "g", "members": [None, 3, {}]}])
def test_entries_that_are_no_ids_are_passed_over(line: dict[str, Any]) -> None:
    assert directory(line, {"members": ["x"]}).members("g").ids == frozenset()


def test_the_path_of_a_direct_member_is_the_group() -> None:
    assert directory({"group_id": "g", "members": ["u"], "direct": ["u"]}).path("u", "g") == ("g",)


def test_the_path_leads_through_nested_groups() -> None:
    found = directory(
        {"group_id": "g", "members": ["u"], "direct": ["h", "k"], "nested_groups": ["h", "i", "k"]},
        {"group_id": "k", "members": [], "direct": []},
        {"group_id": "h", "members": ["u"], "direct": ["i"], "nested_groups": ["i"]},
        {"group_id": "i", "members": ["u"], "direct": ["u"]},
    )
    assert found.path("U", "G") == ("g", "h", "i")


def test_without_direct_members_the_path_names_the_deepest_group_that_is_known() -> None:
    found = directory(
        {"group_id": "g", "members": ["u", "v"], "nested_groups": ["h"]},
        {"group_id": "h", "members": ["u"]},
    )
    assert found.path("u", "g") == ("g", "h")
    assert found.path("v", "g") == ("g",)


def test_there_is_no_path_for_one_who_is_no_member() -> None:
    found = directory({"group_id": "g", "members": ["u"]})
    assert found.path("x", "g") == ()
    assert found.path("u", "unknown") == ()


@given(
    st.dictionaries(
        st.sampled_from("abcde"),
        st.tuples(st.sets(st.sampled_from("uvwxyz")), st.sets(st.sampled_from("abcde"))),
        min_size=1,
    )
)
def test_the_closure_is_that_of_a_naive_walk(graph: dict[str, tuple[set[str], set[str]]]) -> None:
    lines = [
        {"group_id": group, "members": sorted(users), "nested_groups": sorted(nested), "direct": sorted(users | nested)}
        for group, (users, nested) in graph.items()
    ]
    found = directory(*lines)
    for group in graph:
        reached, before = {group}, set[str]()
        while reached != before:
            before = set(reached)
            reached |= {below for one in before & graph.keys() for below in graph[one][1]}
        expected = {one for below in reached & graph.keys() for one in graph[below][0]}
        assert found.members(group).ids == expected
        for member in expected:
            path = found.path(member, group)
            assert path[0] == group
            assert member in graph[path[-1]][0]
            assert all(below in graph[above][1] for above, below in pairwise(path))
