"""Devices are told apart in every way in which the rules can come out, or it is said which rules are too many."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bench import hard

from tenantlint.conditional_access import device_filter
from tenantlint.conditional_access.coverage import cover
from tenantlint.conditional_access.device_filter import Rule, matches
from tenantlint.conditional_access.devices import STATES, device_atoms, divisible, state_of
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.tenant import read_tenant

_TEXTS = ["".join(letters) for size in range(6) for letters in product("ab", repeat=size)]
_OPERATORS = ["eq", "ne", "startsWith", "notStartsWith", "endsWith", "contains", "notContains"]
_TERMS = st.builds(
    lambda operator, value: f'device.model -{operator} "{value}"',
    st.sampled_from(_OPERATORS),
    st.sampled_from([one for one in _TEXTS if 1 <= len(one) <= 2]),
)
_LABELS = ["one", "two", "three", "four"]


def rules(*texts: str) -> list[Rule]:
    return [device_filter.parse(text) for text in texts]


def outcomes(given: list[Rule]) -> set[tuple[bool, ...]]:
    return {one.truths for one in device_atoms(given) or () if one.state == "registered"}


@given(st.lists(_TERMS, min_size=1, max_size=5))
def test_every_way_in_which_a_text_can_come_out_is_found_and_no_other(texts: list[str]) -> None:
    given = rules(*texts)
    tried = {tuple(matches(rule, {"model": text or None}) for rule in given) for text in _TEXTS}
    found = outcomes(given)
    assert tried <= found
    longer = {tuple(matches(rule, dict(one.sample)) for rule in given) for one in device_atoms(given) or ()}
    assert found <= longer


@given(st.lists(st.tuples(st.sampled_from(["contains", "notContains"]), st.sampled_from(_LABELS)), max_size=4))
def test_every_combination_of_labels_is_found(terms: list[tuple[str, str]]) -> None:
    given = rules(*(f'device.systemLabels -{operator} "{label}"' for operator, label in terms))
    sets = [[label for at, label in enumerate(_LABELS) if bits >> at & 1] for bits in range(16)]
    assert outcomes(given) == {tuple(matches(rule, {"systemLabels": tuple(one)}) for rule in given) for one in sets}


def test_a_prefix_a_part_and_a_suffix_are_found_together() -> None:
    given = rules('device.model -startsWith "a"', 'device.model -contains "b"', 'device.model -endsWith "c"')
    assert (True, True, True) in outcomes(given)


def test_a_value_that_says_other_is_not_taken_for_any_other_value() -> None:
    assert outcomes(rules('device.model -contains "other"')) == {(True,), (False,)}


@pytest.mark.parametrize("state", STATES)
def test_the_sample_of_an_atom_is_in_its_state_and_behaves_like_it(state: str) -> None:
    given = rules('device.isCompliant -eq True -or device.trustType -eq "ServerAD"', 'device.model -contains "x"')
    atoms = [one for one in device_atoms(given) or () if one.state == state]
    assert atoms
    for one in atoms:
        device = dict(one.sample)
        if state != "registered":
            assert state_of(device) == state or state == "unregistered"
        assert tuple(matches(rule, device) for rule in given) == one.truths


def many(count: int) -> list[str]:
    rule = 'device.model -contains "{0}x" -or device.manufacturer -startsWith "{0}"'
    return [rule.format(number) for number in range(count)]


def test_rules_that_are_too_many_are_refused_and_the_first_ones_kept() -> None:
    texts = many(30)
    given = dict(zip(texts, rules(*texts), strict=True))
    assert device_atoms(list(given.values())) is None
    kept = divisible(given)
    assert 2 < len(kept) < 30
    assert list(kept) == texts[: len(kept)]
    assert device_atoms(list(kept.values())) is not None


def test_a_rule_that_is_left_out_makes_its_policy_uncertain_and_no_other() -> None:
    found = cover(read_tenant(hard.device_rules(40, users=30)), Question.MFA)
    assert not found.exact
    assert "device filters are too many" in found.caveats[0]
    sure = {one.policy.id for one in found.boxes if one.certain}
    unsure = {one.policy.id for one in found.boxes if not one.certain}
    assert sure and unsure and not sure & unsure
    assert len(sure) == len(found.space.rules)
    assert all("the device filter" in " ".join(one.unknowns) for one in found.boxes if not one.certain)
