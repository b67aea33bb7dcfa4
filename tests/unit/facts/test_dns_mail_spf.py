"""SPF as receivers read it (RFC 7208)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.facts.dns_mail_spf import is_spf, judge, parse


def result(*records: str, **known: list[str] | None) -> str:
    return verdict(*records, **known).result


def verdict(*records: str, **known: list[str] | None):
    answers = {name.replace("_", "."): texts for name, texts in known.items()}
    return judge(list(records), answers.get)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("v=spf1 include:spf.protection.outlook.com -all", "fail"),
        ("v=spf1 include:spf.protection.outlook.com ~all", "softfail"),
        ("V=SPF1 IP4:192.0.2.0/24 -ALL", "fail"),
        ("v=spf1 -all", "fail"),
        ("v=spf1", "neutral"),
        ("v=spf1 mx a", "neutral"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1 all", "pass"),
        ("v=spf1 +all", "pass"),
        ("v=spf1 +all -all", "pass"),  # the first match decides, whatever the text ends in
        ("v=spf1 -all +all", "fail"),
        ("v=spf1 ip4:0.0.0.0/0 -all", "pass"),
        ("v=spf1 ip6:::/0 -all", "pass"),
        ("v=spf1 a:mail.contoso.example/0 -all", "pass"),
        ("v=spf1 a//0 -all", "pass"),
        ("v=spf1 a/24//64 mx/24 -all", "fail"),
        ("v=spf1 -ip4:0.0.0.0/0 ?all", "neutral"),  # IPv6 is left
        ("v=spf1 ptr exists:%{i}.contoso.example -all", "fail"),
        ("v=spf1 moo=-all", "neutral"),  # an unknown modifier, though its value looks like the ending
        ("v=spf1 exp=why.contoso.example -all", "fail"),
        ("v=spf10 -all", "none"),
        ("v=spf1-all", "none"),
    ],
)
def test_what_a_stranger_gets(record, expected):
    assert result(record) == expected


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 ip4:contoso.example -all",
        "v=spf1 ip4:192.0.2.0/33 -all",
        "v=spf1 ip4:2001:db8::/32 -all",
        "v=spf1 ip4 -all",
        "v=spf1 include -all",
        "v=spf1 include: -all",
        "v=spf1 a/33 -all",
        "v=spf1 mx//129 -all",
        "v=spf1 acontoso -all",
        "v=spf1 exists -all",
        "v=spf1 -all:x",
        "v=spf1 ,ip4:192.0.2.1 -all",
        "v=spf1 redirect=a.example redirect=b.example",
        "v=spf1 redirect=",
    ],
)
def test_a_fault_makes_the_whole_record_void(record):
    found = verdict(record)
    assert found.result == "permerror"
    assert found.why


def test_no_record_and_two_records():
    assert result() == "none"
    assert result("google-site-verification=x") == "none"
    two = verdict("v=spf1 -all", "v=spf1 include:spf.protection.outlook.com -all")
    assert (two.result, two.why) == ("permerror", "there are 2 SPF records")


def test_redirect_is_followed():
    assert result("v=spf1 redirect=b.example", b_example=["v=spf1 -all"]) == "fail"
    assert result("v=spf1 redirect=b.example", b_example=["v=spf1 +all"]) == "pass"
    assert result("v=spf1 redirect=b.example", b_example=[]) == "permerror"
    unknown = verdict("v=spf1 redirect=B.example.")
    assert (unknown.result, unknown.unread) == ("unknown", ["b.example"])
    assert result("v=spf1 redirect=%{d}.b.example") == "unknown"
    assert result("v=spf1 redirect=b.example ~all", b_example=["v=spf1 +all"]) == "softfail"


def test_a_redirect_in_a_circle_ends():
    assert result("v=spf1 redirect=a.example", a_example=["v=spf1 redirect=a.example"]) == "permerror"


def test_an_include_opens_the_door_when_its_own_record_passes_everybody():
    assert result("v=spf1 include:b.example -all", b_example=["v=spf1 +all"]) == "pass"
    assert result("v=spf1 ?include:b.example -all", b_example=["v=spf1 +all"]) == "neutral"
    assert result("v=spf1 include:b.example -all", b_example=["v=spf1 ip4:192.0.2.1 ~all"]) == "fail"
    assert result("v=spf1 include:b.example -all", b_example=[]) == "permerror"
    assert verdict("v=spf1 include:b.example -all").unread == ["b.example"]


def test_lookups_are_counted_and_limited():
    ten = " ".join(f"include:i{number}.example" for number in range(10))
    assert verdict(f"v=spf1 {ten} -all").lookups == 10
    assert result(f"v=spf1 {ten} -all") == "fail"
    assert result(f"v=spf1 {ten} a -all") == "permerror"
    assert result(f"v=spf1 -all {ten} a") == "fail"  # never reached
    assert verdict("v=spf1 include:b.example -all", b_example=["v=spf1 a mx ptr -all"]).lookups == 4


QUALIFIERS = {"": "pass", "+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
QUIET = st.sampled_from(
    ["a", "mx", "ip4:192.0.2.1", "ip6:2001:db8::/32", "exists:x.example", "unknown=1", "a:b.example/8"]
)
OPEN = st.sampled_from(["all", "ALL", "All"])
TERMS = st.lists(st.tuples(st.sampled_from(list(QUALIFIERS)), st.one_of(QUIET, OPEN)), max_size=9)


@given(TERMS)
def test_the_first_mechanism_that_matches_everybody_decides(terms):
    terms = [("" if "=" in name else qualifier, name) for qualifier, name in terms]
    expected = next((QUALIFIERS[qualifier] for qualifier, name in terms if name.lower() == "all"), "neutral")
    assert result(" ".join(["v=spf1", *(qualifier + name for qualifier, name in terms)])) == expected


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    found = verdict(f"v=spf1 {text}", "other")
    assert found.result in {"permerror", "pass", "unknown", "neutral", "softfail", "fail"}
    assert bool(found.why) == (found.result == "permerror")
    assert is_spf(f"v=spf1 {text}")
    parse(text)
