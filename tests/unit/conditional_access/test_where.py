"""Places and devices in words: read back word by word, a phrase means the atoms that it was made from."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.conditional_access.devices import device_atoms
from tenantlint.conditional_access.locations import LocationAtom, Locations
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.conditional_access.universe import DIMENSIONS, Universe
from tenantlint.conditional_access.where import Where

NAMES = ["a", "b", "c", "d"]
SETS = [frozenset(chosen) for size in range(len(NAMES) + 1) for chosen in combinations(NAMES, size)]
NAMING = Naming(Tenant((), Locations(), None))


def universe(sets: list[frozenset[str]] = SETS, applications: tuple[str, ...] = ("other",)) -> Universe:
    return Universe(applications, tuple(LocationAtom(one) for one in sets), device_atoms(()) or (), ())


def names(text: str) -> set[str]:
    return set(re.findall(r"\b[abcd]\b", text))


def meant(phrase: str, sets: list[frozenset[str]]) -> set[frozenset[str]]:
    """What a reader takes the phrase to mean."""
    if phrase.startswith("either "):
        found = set()
        for part in re.split(r"(?:, | or )(?=inside|outside)", phrase.removeprefix("either ")):
            found.add(frozenset() if part.startswith("outside every") else frozenset(names(part)))
        return found
    inside, _, outside = phrase.partition("outside ")
    clauses = [names(one) for one in inside.split(" and also inside ") if names(one)]
    kept_out = set(NAMES) if outside.startswith("every named location") else names(outside)
    return {one for one in sets if all(one & clause for clause in clauses) and not one & kept_out}


@given(st.lists(st.sampled_from(SETS), min_size=1, max_size=9, unique=True), st.data())
def test_a_phrase_about_places_means_exactly_these_places(sets: list[frozenset[str]], data: st.DataObject) -> None:
    mask = data.draw(st.integers(1, (1 << len(sets)) - 1))
    phrase = Where(universe(sets), NAMING).phrase("locations", mask)
    if "more" in phrase:
        return
    held = {one for at, one in enumerate(sets) if mask >> at & 1}
    assert meant(phrase, sets) == held, phrase


@pytest.mark.parametrize(
    ("held", "phrase"),
    [
        (lambda one: "a" in one, "inside a"),
        (lambda one: one & {"a", "b"}, "inside a or b"),
        (lambda one: not one & {"a", "b"}, "outside a or b"),
        (lambda one: not one, "outside every named location"),
        (lambda one: one & {"a", "b"} and not one & {"c"}, "inside a or b, but outside c"),
        (lambda one: one & {"a", "b"} and one & {"c", "d"}, "inside a or b and also inside c or d"),
        (lambda one: one in ({"a"}, {"b", "c"}), "either inside a alone or inside b and c at once"),
    ],
)
def test_places_in_words(held: object, phrase: str) -> None:
    assert callable(held)
    mask = sum(1 << at for at, one in enumerate(SETS) if held(one))
    assert Where(universe(), NAMING).phrase("locations", mask) == phrase


@pytest.mark.parametrize(
    ("dimension", "tokens", "phrase"),
    [
        ("platforms", [0, 1], "android and iOS"),
        ("platforms", [0, 1, 2, 3, 4, 6], "any platform except linux"),
        ("platforms", [6], "platforms that are not recognised"),
        ("client_app_types", [0, 1], "browsers and modern apps"),
        ("client_app_types", [2, 3], "legacy clients"),
        ("client_app_types", [0, 2], "browsers and Exchange ActiveSync"),
        ("sign_in_risk", [0], "no sign-in risk"),
        ("sign_in_risk", [0, 1], "sign-in risk below medium"),
        ("user_risk", [2, 3], "user risk medium or high"),
        ("insider_risk", [0, 3], "insider risk none or elevated"),
        ("authentication_flows", [0], "not by device code flow or authentication transfer"),
        ("authentication_flows", [1], "by device code flow"),
        ("authentication_flows", [0, 2], "not by device code flow"),
        ("devices", [0, 1], "on unmanaged devices"),
        ("devices", [2, 4], "on compliant devices"),
        ("devices", [1], "on devices that are registered but neither compliant nor joined"),
    ],
)
def test_other_dimensions_in_words(dimension: str, tokens: list[int], phrase: str) -> None:
    where = Where(universe(), NAMING)
    mask = sum(1 << at for at in tokens)
    assert where.phrase(dimension, mask) == phrase
    wholes = [(1 << size) - 1 for size in universe().sizes]
    assert where.phrases(wholes) == []
    wholes[DIMENSIONS.index(dimension)] = mask
    assert where.phrases(wholes) == [phrase]


def test_a_suite_stands_for_its_members_where_all_of_them_are_there() -> None:
    exchange, sharepoint = "00000002-0000-0ff1-ce00-000000000000", "00000003-0000-0ff1-ce00-000000000000"
    where = Where(universe(applications=(exchange, sharepoint, "Office365", "other")), NAMING)
    assert where.phrase("applications", 0b0111) == "Office 365"
    assert where.phrase("applications", 0b1000) == "all applications except Office 365"
    assert where.phrase("applications", 0b0101) == "Office 365 Exchange Online and the rest of Office 365"
    assert where.phrase("applications", 0b1011) == "all applications except the rest of Office 365"
