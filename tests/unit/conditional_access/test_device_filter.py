"""Device filter rules: the published behaviour, the grammar, and a naive evaluator beside it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle import rules
from tests.oracle.brute import DEVICES
from tests.oracle.strategies import RULES

from tenantlint.conditional_access.device_filter import MAX_LENGTH, Device, matches, parse, terms
from tenantlint.errors import InputError

INTUNE = "0000000a-0000-0000-c000-000000000000"


def as_read(device: dict[str, Any] | None) -> Device:
    """A device as the product reads it: what cannot be read is left out."""
    found: dict[str, Any] = {}
    for name, value in (device or {}).items():
        if name.startswith("extensionAttribute") and rules._attribute(device or {}, name) is None:
            continue
        found[name] = str(value) if isinstance(value, bool) else tuple(value) if isinstance(value, list) else value
    return found


COMPARISONS = st.sampled_from(
    [
        "device.isCompliant -eq True",
        "device.isCompliant -ne True",
        'device.trustType -notIn ["ServerAD", "Workplace"]',
        'device.model -startsWith "Surface"',
        'device.model -notEndsWith "Hub"',
        'device.systemLabels -contains "M365Managed"',
        'device.systemLabels -notContains "Cloud"',
        'device.extensionAttribute1 -in ["saw", "KIOSK"]',
        'device.operatingSystem -notContains "win"',
        'device.deviceOwnership -ne "Personal"',
    ]
)
RANDOM_RULES = st.recursive(
    COMPARISONS,
    lambda inner: (
        inner.map(lambda one: f"-not ({one})")
        | inner.map(lambda one: f"({one})")
        | st.tuples(inner, st.sampled_from(["-and", "-or", "-AND"]), inner).map(" ".join)
    ),
    max_leaves=6,
)


@given(RANDOM_RULES, st.sampled_from(DEVICES))
def test_rules_mean_what_the_naive_evaluator_says(rule: str, device: dict[str, Any] | None) -> None:
    assert matches(parse(rule), as_read(device)) is rules.true_of(rule, device)


@pytest.mark.parametrize("rule", RULES)
def test_rules_of_real_policies_mean_what_the_naive_evaluator_says(rule: str) -> None:
    for device in DEVICES:
        assert matches(parse(rule), as_read(device)) is rules.true_of(rule, device), device


# The published table of device filters, row by row: operator, kind of attribute, registration state, whether the
# rule holds when its criteria are met.
POSITIVE, NEGATIVE = 'device.model -eq "X"', 'device.model -ne "X"'
POSITIVE_EXTENSION, NEGATIVE_EXTENSION = 'device.extensionAttribute1 -eq "X"', 'device.extensionAttribute1 -ne "X"'


@pytest.mark.parametrize(
    ("rule", "device", "holds"),
    [
        (POSITIVE, None, False),
        (POSITIVE, {"trustType": "Workplace", "isCompliant": False, "model": "X"}, True),
        (POSITIVE_EXTENSION, {"trustType": "Workplace", "mdmAppId": INTUNE, "extensionAttribute1": "X"}, True),
        (POSITIVE_EXTENSION, {"trustType": "ServerAD", "extensionAttribute1": "X"}, True),
        (NEGATIVE, None, True),
        (NEGATIVE, {"trustType": "Workplace", "isCompliant": False, "model": "Y"}, True),
        (NEGATIVE_EXTENSION, {"trustType": "Workplace", "mdmAppId": INTUNE, "extensionAttribute1": "Y"}, True),
        (NEGATIVE_EXTENSION, {"trustType": "AzureAD", "isCompliant": True, "extensionAttribute1": "Y"}, True),
    ],
    ids=[
        "positive operator, unregistered",
        "positive operator, registered",
        "positive operator on an extension attribute, managed by Intune",
        "positive operator on an extension attribute, hybrid joined",
        "negative operator, unregistered",
        "negative operator, registered",
        "negative operator on an extension attribute, managed by Intune",
        "negative operator on an extension attribute, compliant",
    ],
)
def test_the_published_table(rule: str, device: dict[str, Any] | None, holds: bool) -> None:
    assert matches(parse(rule), as_read(device)) is holds
    assert rules.true_of(rule, device) is holds


def test_an_extension_attribute_that_cannot_be_read_is_null() -> None:
    device = {"trustType": "Workplace", "isCompliant": False, "extensionAttribute1": "X"}
    assert not rules.true_of(POSITIVE_EXTENSION, device)
    assert not matches(parse(POSITIVE_EXTENSION), as_read(device))


@pytest.mark.parametrize("positive", ["-eq", "-startsWith", "-endsWith", "-contains"])
def test_null_meets_every_negative_operator_and_no_positive_one(positive: str) -> None:
    negative = "-ne" if positive == "-eq" else f"-not{positive[1:]}"
    for attribute in ("displayName", "model", "systemLabels"):
        assert not matches(parse(f'device.{attribute} {positive} "a"'), {})
        assert matches(parse(f'device.{attribute} {negative} "a"'), {})
    assert not matches(parse('device.model -in ["a"]'), {})
    assert matches(parse('device.model -notIn ["a"]'), {})


def test_contains_is_a_part_of_a_text_and_a_whole_element_of_a_list() -> None:
    assert matches(parse('device.model -contains "face"'), {"model": "Surface"})
    assert matches(parse('device.systemLabels -contains "cloudpc"'), {"systemLabels": ("CloudPC",)})
    assert not matches(parse('device.systemLabels -contains "Cloud"'), {"systemLabels": ("CloudPC",)})


def test_not_binds_tighter_than_and_and_and_tighter_than_or() -> None:
    rule = parse('-not device.model -eq "a" -and device.model -eq "b" -or device.model -eq "c"')
    assert [matches(rule, {"model": one}) for one in ("a", "b", "c", "d")] == [False, True, True, False]
    assert [one.attribute for one in terms(rule)] == ["model"] * 3


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("", 1),
        ("device.isCompliant -eq", 23),
        ("device.isCompliant = True", 20),
        ("device.nothing -eq 1", 1),
        ("user.department -eq 1", 1),
        ("(device.isCompliant -eq True", 29),
        ("device.isCompliant -eq True device.model -eq 1", 29),
        ('device.model -in "a"', 18),
        ('device.model -in ["a" "b"]', 23),
        ("device.isCompliant -like True", 20),
        ("not device.isCompliant -eq True", 1),
    ],
)
def test_what_is_no_rule_is_refused_with_its_place(rule: str, column: int) -> None:
    with pytest.raises(InputError) as caught:
        parse(rule)
    assert caught.value.column == column


def test_a_rule_that_is_too_long_or_too_deep_is_refused() -> None:
    with pytest.raises(InputError, match=str(MAX_LENGTH)):
        parse("x" * (MAX_LENGTH + 1))
    with pytest.raises(InputError):
        parse("(" * 3000)


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_is_refused(text: str) -> None:
    try:
        parse(text)
    except InputError as error:
        assert error.column is not None
