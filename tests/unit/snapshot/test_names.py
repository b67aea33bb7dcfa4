from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.snapshot.catalog import spec_of
from tenantlint.snapshot.names import file_names, is_collection_name, slug

POLICIES = spec_of("conditional_access_policies")
RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Block legacy authentication", "block-legacy-authentication"),
        ("CA001: Admins – MFA (prod)", "ca001-admins-mfa-prod"),
        ("Über Größe", "uber-groe"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", "unnamed"),
        ("", "unnamed"),
        ("---", "unnamed"),
        ("x" * 10_000, "x" * 60),
        ("a" * 59 + " b", "a" * 59),
        ("\x1b[31mred\u202e", "31mred"),
    ],
)
def test_a_slug_is_plain(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(
    st.lists(
        st.tuples(st.text(max_size=6), st.text(min_size=1, max_size=6)), unique_by=lambda pair: pair[1], max_size=12
    )
)
def test_file_names_are_safe_distinct_and_independent_of_order(pairs: list[tuple[str, str]]) -> None:
    items = [{"displayName": name, "id": identity} for name, identity in pairs]
    names = file_names(POLICIES, items)
    assert len({name.casefold() for name in names}) == len(items)
    for name in names:
        assert re.fullmatch(r"[a-z0-9-]{1,220}\.json", name)
        assert name.split(".")[0] not in RESERVED
    shuffled = random.Random(1).sample(range(len(items)), len(items))
    assert file_names(POLICIES, [items[index] for index in shuffled]) == [names[index] for index in shuffled]


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "a/b", "a\\b", "..", "x" * 10_000, "\n", "a:b", "trailing. "])
@pytest.mark.parametrize("identity", ["con", "../up", "C:\\x", "y" * 10_000, "é", "."])
def test_hostile_names_and_ids_give_plain_file_names(name: str, identity: str) -> None:
    (found,) = file_names(POLICIES, [{"displayName": name, "id": identity}])
    assert re.fullmatch(r"[a-z0-9-]{1,80}\.json", found)


def test_the_id_part_is_eight_characters_and_grows_only_where_names_collide() -> None:
    items = [
        {"id": "11111111-aaaa-0000", "displayName": "Same"},
        {"id": "11111111-bbbb-0000", "displayName": "same"},
        {"id": "22222222-cccc-0000", "displayName": "Same"},
    ]
    assert file_names(POLICIES, items) == ["same--11111111-aaa.json", "same--11111111-bbb.json", "same--22222222.json"]


def test_ids_that_differ_in_case_alone_get_different_names() -> None:
    one, two = file_names(POLICIES, [{"id": "AbC", "displayName": "p"}, {"id": "aBc", "displayName": "p"}])
    assert one != two
    assert one.startswith("p--abc-")


def test_an_object_without_an_id_is_named_by_name_and_hash() -> None:
    (name,) = file_names(POLICIES, [{"displayName": "Only a name"}])
    assert re.fullmatch(r"only-a-name--[0-9a-f]{8}\.json", name)


@pytest.mark.parametrize("name", ["", "Users", "a-b", "a/b", "..", "snapshot", "1a", "a.b", "a" * 101, "users\n"])
def test_a_collection_cannot_have_every_name(name: str) -> None:
    assert not is_collection_name(name)


def test_snake_case_is_a_collection_name() -> None:
    assert is_collection_name("b2b_management_policies")
