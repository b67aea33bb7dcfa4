"""DMARC as receivers read it (RFC 7489, and the tags of its successor)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.facts.dns_mail_dmarc import POLICIES, inherited, parse, sole


def policies(text):
    found = parse(text)
    return None if found is None else (found.policy, found.below)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v=DMARC1; p=reject", ("reject", "reject")),
        ("v=DMARC1;p=reject", ("reject", "reject")),
        ("v=DMARC1; P=Reject;", ("reject", "reject")),
        ("v=DMARC1; p=none; sp=reject;", ("none", "reject")),
        ("v=DMARC1; sp=quarantine; p=reject", ("reject", "quarantine")),
        (" v = DMARC1 ; p = reject ; ", ("reject", "reject")),
        ("v=DMARC1; p=reject; p=none", ("reject", "reject")),
        ("v=DMARC1; x=p=reject; rua=mailto:a@b.example", ("none", "none")),
        ("v=DMARC1; p=rejekt; rua=mailto:a@b.example", ("none", "none")),
        ("v=DMARC1; p=reject; sp=rejekt; rua=mailto:a@b.example", ("none", "none")),
        ("v=DMARC1", None),
        ("v=DMARC1; p=rejekt", None),
        ("v=DMARC1; rua=a@b.example", None),
        ("v=dmarc1; p=reject", None),
        ("v=DMARC10; p=reject", None),
        ("p=reject; v=DMARC1", None),
        ("v=DMARC1 p=reject", None),
    ],
)
def test_policies(text, expected):
    assert policies(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0", 0), ("50", 50), ("100", 100), ("101", 100), ("-1", 100), ("x", 100), ("", 100)]
)
def test_percent(value, expected):
    assert parse(f"v=DMARC1; p=reject; pct={value}").percent == expected


def test_the_successors_tags():
    found = parse("v=DMARC1; p=reject; np=none; t=y; psd=n")
    assert (found.below, found.missing, found.testing, found.psd) == ("reject", "none", True, "n")
    assert parse("v=DMARC1; p=reject; np=x").missing == "reject"


def test_addresses_of_reports():
    found = parse(
        "v=DMARC1; p=reject; rua=mailto:A@hq.example,\n   MAILTO:b%2Bc@hq.example!10m ; ruf=plain@hq.example, https://x"
    )
    assert found.rua == ("a@hq.example", "b+c@hq.example")
    assert found.ruf == ()
    assert found.unusable == ("plain@hq.example", "https://x")


def test_one_record_counts_and_two_count_as_none():
    reject = "v=DMARC1; p=reject"
    assert sole(["v=spf1 -all", reject])[0].policy == "reject"
    assert sole([]) == (None, "absent")
    assert sole(["something"]) == (None, "absent")
    assert sole([reject, "v=DMARC1; p=none"]) == (None, "several")
    assert sole(["v=DMARC1"]) == (None, "void")


def test_the_highest_name_with_a_record_is_the_organisations():
    reject, none = ["v=DMARC1; p=reject"], ["v=DMARC1; p=none"]
    assert inherited([]) is None
    assert inherited([("b.contoso.example", none), ("contoso.example", reject)])[0] == "contoso.example"
    assert inherited([("b.contoso.example", [*none, *reject]), ("contoso.example", reject)])[0] == "contoso.example"
    stops = ["v=DMARC1; p=none; psd=n"]
    assert inherited([("b.contoso.example", stops), ("contoso.example", reject)])[0] == "b.contoso.example"
    suffix = ["v=DMARC1; p=reject; psd=y"]
    assert inherited([("contoso.gov.example", none), ("gov.example", suffix)])[0] == "contoso.gov.example"
    assert inherited([("gov.example", suffix)])[0] == "gov.example"
    assert inherited([("a.contoso.gov.example", none), ("gov.example", suffix)])[0] == "gov.example"


SPACE = st.sampled_from(["", " ", "  ", "\t", "\n"])
PERCENTS = st.integers(min_value=0, max_value=100)


@given(
    st.permutations(["p", "sp", "pct", "x"]),
    st.fixed_dictionaries({"p": st.sampled_from(POLICIES), "sp": st.sampled_from(POLICIES), "pct": PERCENTS}),
    st.lists(SPACE, min_size=12, max_size=12),
    st.booleans(),
)
def test_order_blanks_and_letter_case_change_nothing(order, values, blanks, upper):
    given_tags = {**values, "x": "reject"}
    blank = iter(blanks)
    tags = [f"{next(blank)}{name}{next(blank)}={next(blank)}{given_tags[name]}" for name in order]
    rest = ";".join(tags)
    found = parse("v=DMARC1;" + (rest.upper() if upper else rest))
    assert (found.policy, found.below, found.percent) == (values["p"], values["sp"], values["pct"])


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    found = parse(f"v=DMARC1;{text}")
    assert found is None or found.policy in POLICIES
    sole([text, f"v=DMARC1;{text}"])
