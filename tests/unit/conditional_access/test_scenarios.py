"""Scenarios: the format and its refusals, who is meant, what is expected, and the file that is written by itself."""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import naive
from tests.oracle.bodies import body_of, least
from tests.oracle.brute import Enumeration, values_of
from tests.oracle.snapshots import tenant_of
from tests.oracle.strategies import RANDOM, tenants
from tests.unit.directory.tenants import GA, UA, assignment, policy, snapshot, user

from tenantlint.conditional_access.coverage import cover
from tenantlint.conditional_access.grants import Strength
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.scenarios.expectations import Came, Expectation, Judge, read_expectation
from tenantlint.conditional_access.scenarios.outcomes import Group
from tenantlint.conditional_access.scenarios.run import CaseResult, Run, Status, run
from tenantlint.conditional_access.scenarios.scenario_file import parse_scenarios
from tenantlint.conditional_access.scenarios.starter import generate
from tenantlint.conditional_access.scenarios.writing import comment, field, flow, scalar
from tenantlint.conditional_access.tenant import Tenant, read_tenant
from tenantlint.errors import InputError, UsageError
from tenantlint.model import CollectionStatus
from tenantlint.sources import open_target
from tenantlint.yaml_document import parse

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT.parent / "shared" / "corpus" / "conditional-access"
NOTHING_UNKNOWN: dict[str, Any] = {"groups": {}, "conditions": {}, "filters": {}, "homes": {}}

HEAD = "format: tenantlint.scenarios/1\n"
DEFAULTS = HEAD + "defaults: {application: other, client: browser}\n"
ONE = "- {name: x, who: everyone, application: other, client: browser, expect: blocked}\n"


def tenant(*policies: dict[str, Any], **more: Any) -> Tenant:
    return read_tenant(snapshot(conditional_access_policies=list(policies), **more))


def company(*policies: dict[str, Any], **more: Any) -> Tenant:
    """Three members, a disabled one, a guest; `g` holds the first two, `outer` holds `g`, `empty` nobody."""
    given = {
        "users": [
            user("u1", userPrincipalName="anna@contoso.example"),
            user("u2"),
            user("u3"),
            user("u4", enabled=False),
            user("u5", userType="Guest", userPrincipalName="x#EXT#@contoso.example"),
        ],
        "groups": [{"id": one, "displayName": f"Group {one}"} for one in ("g", "outer", "empty")],
        "group_members": [
            {"group_id": "g", "members": ["u1", "u2", "u4"], "nested_groups": []},
            {"group_id": "outer", "members": ["u1", "u2", "u4"], "nested_groups": ["g"]},
            {"group_id": "empty", "members": [], "nested_groups": []},
        ],
        "role_assignments": [assignment("u3")],
        "named_locations": [
            {"id": "hq", "displayName": "HQ", "isTrusted": True, "ipRanges": [{"cidrAddress": "192.0.2.0/24"}]},
            {"id": "desk", "displayName": "Desk", "ipRanges": [{"cidrAddress": "192.0.2.7/32"}]},
        ],
    }
    return tenant(*policies, **(given | more))


def block(policy_id: str, users: dict[str, Any], **conditions: Any) -> dict[str, Any]:
    made = policy(policy_id, users, grantControls={"builtInControls": ["block"]})
    made["conditions"] |= conditions
    return made


MFA = policy("mfa", {"includeUsers": ["All"]})


def results(text: str, made: Tenant, **more: Any) -> Run:
    return run(parse_scenarios(text, file="s.yaml"), made, **more)


def case_of(scenario: dict[str, Any], made: Tenant, emergency: frozenset[str] | None = None) -> CaseResult:
    """The case of a scenario; of a suite the case of those members that no policy names."""
    whole = {"name": "x", "who": "everyone", "application": "other", "client": "browser"} | scenario
    text = json.dumps({"format": "tenantlint.scenarios/1", "scenarios": [whole]})
    (found,) = results(text, made, emergency=emergency).scenarios
    return found.cases[0]


def people(case: CaseResult) -> Counter[str]:
    """How many users come out in each way; persons without an account count under their label."""
    found: Counter[str] = Counter()
    for group in case.groups:
        found[group.outcome] += group.users
        for other in group.others:
            found[f"{group.outcome} {other}"] += 1
    return +found


# The format


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "there are no scenarios"),
        (HEAD, 1, "there are no scenarios"),
        (HEAD + "scenario: []\n", 1, "there are no scenarios"),
        (HEAD + "scenarios: []\nextra: 1\n", 1, "unknown key `extra`"),
        ("format: other\nscenarios: []\n", 1, '"tenantlint.scenarios/1"'),
        (HEAD + "scenarios:\n" + ONE.replace("who: everyone", "whom: everyone"), 3, "unknown key `whom`"),
        (HEAD + "scenarios:\n" + ONE.replace("who: everyone, ", ""), 3, "nobody is named"),
        (HEAD + "scenarios:\n" + ONE.replace(", expect: blocked", ""), 3, "nothing is expected"),
        (HEAD + "scenarios:\n" + ONE.replace("application: other, ", ""), 3, "no application is named"),
        (HEAD + "scenarios:\n" + ONE.replace("client: browser, ", ""), 3, "no client is named"),
        (HEAD + "scenarios:\n" + ONE.replace("browser", "browsr"), 3, "`browsr`"),
        (HEAD + "scenarios:\n" + ONE.replace("blocked", "blokced"), 3, "blocked, granted"),
        (HEAD + "scenarios:\n" + ONE.replace("blocked", "{requires: mfaa}"), 3, "did you mean mfa"),
        (HEAD + "scenarios:\n" + ONE.replace("blocked", "{requiers: mfa}"), 3, "unknown key `requiers`"),
        (HEAD + "scenarios:\n" + ONE.replace("blocked", "{requires: mfa:x}"), 3, "`mfa:x` is no control"),
        (HEAD + "scenarios:\n" + ONE.replace("everyone", "everybody"), 3, "did you mean everyone"),
        (HEAD + "scenarios:\n" + ONE.replace("everyone", "{except: {user: u1}}"), 3, "add `everyone: true`"),
        (HEAD + "scenarios:\n" + ONE.replace("expect", "country: NO, expect"), 3, "`False` is not in the right form"),
        (HEAD + "scenarios:\n" + ONE.replace("expect", "ip: 1.2.3, expect"), 3, "`ipAddress`"),
        (HEAD + "scenarios:\n" + ONE.replace("expect", "location: outside, ip: 192.0.2.1, expect"), 3, "exclude each"),
        (
            HEAD + "scenarios:\n" + ONE.replace("expect", "user_action: registerOrJoinDevices, expect"),
            3,
            "exclude each",
        ),
        (HEAD + "scenarios:\n" + ONE.replace("expect", "location: Hq2, expect"), 3, "did you mean HQ"),
        (HEAD + "scenarios:\n" + ONE.replace("expect", "location: {in: [HQ, HQ2]}, expect"), 3, "no named location"),
        (HEAD + "scenarios:\n" + ONE.replace("expect", "device: {colour: red}, expect"), 3, "colour"),
        (HEAD + "scenarios:\n" + ONE.replace("other", "Ofice 365"), 3, "did you mean Office 365"),
        (HEAD + "scenarios:\n" + ONE.replace("everyone", "{user: ann@contoso.example}"), 3, "anna@contoso.example"),
        (HEAD + "scenarios:\n" + ONE.replace("everyone", "{group: Group h}"), 3, "there is no group"),
        (HEAD + "scenarios:\n" + ONE.replace("everyone", "{role: Globl Administrator}"), 3, "Global Administrator"),
        (HEAD + "scenarios:\n" + ONE.replace("everyone", "{emergency_accounts: true}"), 3, "break_glass"),
        (HEAD + "scenarios:\n" + ONE.replace("blocked", "{applies: CA999}"), 3, "there is no policy `CA999`"),
        (HEAD + "scenarios:\n" + ONE + ONE, 4, "stands twice (also on line 3)"),
        (HEAD + "personas: {a: {persona: b}, b: {persona: a}}\nscenarios: []\n", 2, "stands on itself"),
        (HEAD + "personas: {a: {persona: c}}\nscenarios: []\n", 2, "there is no persona `c`"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        results(text, company(MFA))
    assert caught.value.file == "s.yaml"
    assert caught.value.line == line
    assert words in caught.value.sentence()


def test_a_skipped_scenario_must_still_be_fit_to_run() -> None:
    text = HEAD + "scenarios:\n" + ONE.replace("expect: blocked", "skip: later, expect: blocked")
    (found,) = results(text, company(MFA)).scenarios
    assert (found.status, found.skip, found.cases) == (Status.SKIPPED, "later", ())
    with pytest.raises(InputError, match="there is no persona"):
        results(text.replace("everyone", "someone"), company(MFA))


def test_too_many_sign_ins_are_refused_before_any_is_run() -> None:
    values = "platform: any, client: any, sign_in_risk: any, user_risk: any, insider_risk: any, flow: any"
    text = HEAD + "scenarios:\n" + ONE.replace("client: browser", values)
    with pytest.raises(InputError, match="5,376 sign-ins, more than 2,000"):
        results(text, company(MFA))
    many = "".join(
        ONE.replace("client: browser", values.replace("flow: any", "flow: none")).replace("name: x", f"name: x{number}")
        for number in range(12)
    )
    with pytest.raises(InputError, match="more than 20,000") as caught:
        results(HEAD + "scenarios:\n" + many, company(MFA))
    assert caught.value.line == 14


def test_nearer_values_replace_inherited_ones_and_drop_what_they_exclude() -> None:
    text = """
format: tenantlint.scenarios/1
defaults: {application: Office365, client: browser, ip: 192.0.2.1, country: DE}
sections:
  - name: first
    defaults: {user_action: registerSecurityInformation}
    scenarios:
      - name: x
        who: everyone
        table:
          - {location: outside, expect: granted}
          - {application: other, client: legacy, expect: blocked}
"""
    file = parse_scenarios(text, file="s.yaml")
    first, second = file.sections[0].scenarios[0].rows
    assert {name: one[0][0] for name, one in first.values.items()} == {
        "user_action": "registerSecurityInformation",
        "client": "browser",
        "location": "outside",
    }
    assert {name: one[0][0] for name, one in second.values.items()} == {
        "application": "other",
        "client": "legacy",
        "ip": "192.0.2.1",
        "country": "DE",
    }


def test_every_combination_is_a_case_and_its_label_says_what_is_its_own() -> None:
    text = (
        DEFAULTS
        + "scenarios: [{name: x, who: [everyone, {user: u1}], platform: [windows, linux], expect: {requires: mfa}}]\n"
    )
    (found,) = results(text, company(MFA)).scenarios
    assert [dict(one.label) for one in found.cases] == [
        {"who": "everyone", "platform": "windows"},
        {"who": "u1", "platform": "windows"},
        {"who": "everyone", "platform": "linux"},
        {"who": "u1", "platform": "linux"},
    ]


# Who is meant


@pytest.mark.parametrize(
    ("who", "users"),
    [
        ({"user": "u1"}, 1),
        ({"user": "ANNA@contoso.example"}, 1),
        ({"user": ["u1", "u2", "u1x"[:2]]}, 2),
        ({"group": "Group g"}, 2),
        ({"group": "outer"}, 2),
        ({"role": "Global Administrator"}, 1),
        ({"role": GA.upper()}, 1),
        ({"guest": "b2bCollaborationGuest"}, 1),
        ({"everyone": True, "except": {"group": "g"}}, 2),
        ({"group": "g", "role": GA, "except": {"user": "u1"}}, 2),
        ({"emergency_accounts": True}, 1),
        ("everyone", 4),
    ],
)
def test_people_are_counted_as_the_directory_has_them(who: Any, users: int) -> None:
    made = company(MFA)
    who = json.loads(json.dumps(who).replace('"u2", "u1"', '"u2"'))
    case = case_of({"who": who, "expect": {"requires": "mfa"}}, made, frozenset({"u3"}))
    assert (case.status, case.users) == (Status.PASS, users)


@pytest.mark.parametrize("who", [{"group": "empty"}, {"user": "u4"}, {"role": UA}])
def test_nobody_is_no_pass(who: dict[str, Any]) -> None:
    case = case_of({"who": who, "expect": {"requires": "mfa"}}, company(MFA))
    assert case.status is Status.INCONCLUSIVE
    assert "nobody" in case.reason


def test_guests_without_an_account_are_people_too() -> None:
    everyone = {"guestOrExternalUserTypes": "b2bCollaborationGuest,serviceProvider"}
    made = company(block("b", {"includeGuestsOrExternalUsers": everyone}))
    assert people(case_of({"who": {"guest": "any"}, "expect": "blocked"}, made)) == {
        "blocked": 1,
        "blocked a serviceProvider": 1,
        "granted a b2bDirectConnectUser": 1,
        "granted an otherExternalUser": 1,
    }


def test_guests_of_a_named_tenant_are_told_from_others() -> None:
    partners = {
        "guestOrExternalUserTypes": "serviceProvider",
        "externalTenants": {"membershipKind": "enumerated", "members": ["home"]},
    }
    made = company(block("b", {"includeGuestsOrExternalUsers": partners}))
    assert people(case_of({"who": {"guest": "serviceProvider"}, "expect": "blocked"}, made)) == {
        "blocked a serviceProvider of home": 1,
        "granted a serviceProvider": 1,
    }


def test_without_a_directory_a_group_is_somebody_in_it_and_in_nothing_else() -> None:
    made = tenant(
        policy("mfa", {"includeUsers": ["All"], "excludeGroups": ["a"]}),
        block("b", {"includeGroups": ["b"], "excludeGroups": ["a"]}),
        groups=[{"id": "a", "displayName": "A"}, {"id": "b", "displayName": "B"}],
    )
    assert people(case_of({"who": {"group": ["A", "B"]}, "expect": "granted"}, made)) == {
        "granted a member of A": 1,
        "blocked a member of B": 1,
    }
    everyone = people(case_of({"expect": "granted"}, made))
    assert everyone["requires any other user"] == 1
    assert everyone["granted a member of A"] == 1


def test_people_who_may_be_in_an_unknown_group_leave_it_open() -> None:
    made = company(
        policy("mfa", {"includeUsers": ["All"], "excludeGroups": ["lost"]}),
        group_members=[{"group_id": "lost", "members": [], "status": "denied"}],
        groups=[{"id": "lost", "displayName": "Lost"}],
    )
    case = case_of({"who": {"user": "u1"}, "expect": {"requires": "mfa"}}, made)
    assert case.status is Status.INCONCLUSIVE
    assert "Lost" in case.groups[0].depends_on[0]
    # What only more policies could make stricter is certain all the same.
    blocked = company(block("b", {"includeUsers": ["All"]}), block("c", {"includeGroups": ["lost"]}))
    assert case_of({"who": {"user": "u1"}, "expect": "blocked"}, blocked).status is Status.PASS


@pytest.mark.parametrize(
    ("members", "expect", "status"),
    [
        ("all", "blocked", Status.MISS),
        ("any", "blocked", Status.PASS),
        ("any", {"requires": "mfa"}, Status.MISS),
        ("all", {"any_of": ["blocked", "granted"]}, Status.PASS),
    ],
)
def test_all_or_any_of_the_people_must_meet_it(members: str, expect: Any, status: Status) -> None:
    made = company(block("b", {"includeUsers": ["u1"]}))
    assert case_of({"who": {"group": "g"}, "members": members, "expect": expect}, made).status is status


# What is expected

STRENGTHS = {"strong": Strength("strong", "Keys", True, True), "odd": Strength("odd", "Odd", None, None)}


@pytest.mark.parametrize(
    ("expect", "requires", "met"),
    [
        ({"requires": "mfa"}, [["mfa"]], True),
        ({"requires": "mfa"}, [["mfa", "passwordChange"]], True),
        ({"requires": "mfa"}, [["mfa", "compliantDevice"]], False),
        ({"requires": "mfa"}, [["mfa", "termsOfUse:t"]], False),
        ({"requires": "mfa"}, [["authenticationStrength:strong"]], True),
        ({"requires": "mfa"}, [["authenticationStrength:odd"]], None),
        ({"requires": "phishing_resistant_mfa"}, [["mfa"], ["authenticationStrength:strong"]], True),
        ({"requires": "phishing_resistant_mfa"}, [["mfa"]], False),
        ({"requires": ["mfa", "managed_device"]}, [["mfa"], ["compliantDevice", "domainJoinedDevice"]], True),
        ({"requires": "compliantDevice"}, [["compliantDevice", "domainJoinedDevice"]], False),
        ({"requires_any": ["mfa", "compliantDevice"]}, [["mfa", "compliantDevice"]], True),
        ({"requires_any": ["mfa", "compliantDevice"]}, [["mfa", "domainJoinedDevice"]], False),
        ({"requires_any": [["mfa"], ["compliantDevice", "domainJoinedDevice"]]}, [["mfa"]], False),
        ({"requires": "termsOfUse"}, [["termsOfUse:t"]], True),
        ({"requires": "termsOfUse:u"}, [["termsOfUse:t"]], False),
        ({"requires": "authenticationStrength:Keys"}, [["authenticationStrength:strong"]], True),
        ({"requires": "authenticationStrength:keys"}, [["authenticationStrength:odd"]], False),
        ({"outcome": "requires"}, [["mfa"]], True),
        ({"not": "granted"}, [["mfa"]], True),
        ({"not": {"requires": "mfa"}}, [["compliantDevice"]], True),
        ({"not": {"requires": "mfa"}}, [], True),
        ("granted", [], True),
        ("granted", [["mfa"]], False),
        ({"any_of": ["blocked", {"requires": "mfa"}]}, [["mfa"]], True),
        ({"requires": "MFA"}, [["mfa"]], True),
    ],
)
def test_an_expectation_is_about_what_is_forced_whatever_the_user_chooses(
    expect: Any, requires: list[list[str]], met: bool | None
) -> None:
    verdict = ("requires" if requires else "granted", tuple(map(tuple, requires)))
    expectation = read_expectation(expect, (), parse("", file="s.yaml"))
    assert Judge(STRENGTHS).meets(expectation, Came(verdict, verdict, 0, 0)) is met
    assert expectation.words()


CONTROLS = st.sampled_from(["mfa", "compliantDevice", "domainJoinedDevice", "termsOfUse:t", "block"])
CLAUSES = st.lists(st.lists(CONTROLS, min_size=1, max_size=2), max_size=5)
LEAVES = st.one_of(
    st.sampled_from([Expectation(outcome=one) for one in ("blocked", "granted", "requires")]),
    st.lists(st.sampled_from(["mfa", "managed_device", "termsOfUse"]), min_size=1, max_size=2).map(
        lambda some: Expectation(requires=tuple(some))
    ),
    st.just(Expectation(requires_any=(("mfa", "managed_device"),))),
    st.builds(lambda name, shall: Expectation(policies=((name, (), shall),)), st.sampled_from("012"), st.booleans()),
)
EXPECTATIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda one: Expectation(negated=one)),
        st.tuples(inner, inner).map(lambda two: Expectation(any_of=two)),
    ),
    max_leaves=4,
)


@settings(max_examples=300)
@given(CLAUSES, st.integers(0, 31), st.integers(0, 31), EXPECTATIONS)
def test_what_is_certain_holds_however_the_unknown_policies_turn_out(
    clauses: list[list[str]], sure: int, maybe: int, expectation: Expectation
) -> None:
    full = (1 << len(clauses)) - 1
    must, may = sure & full, (sure | maybe) & full

    def verdict(applied: int) -> tuple[str, tuple[tuple[str, ...], ...]]:
        chosen = [tuple(one) for index, one in enumerate(clauses) if applied >> index & 1]
        if any("block" in one for one in chosen):
            return "blocked", ()
        return ("requires" if chosen else "granted"), tuple(chosen)

    judge = Judge(policies={"0": 0, "1": 1, "2": 2})
    found = judge.meets(expectation, Came(verdict(must), verdict(may), must, may))
    between = [must | extra for extra in range(full + 1) if extra & ~may == 0]
    answers = {judge.meets(expectation, Came(verdict(one), verdict(one), one, one)) for one in between}
    assert None not in answers
    if found is not None:
        assert answers == {found}
    if must == may:
        assert found is not None


def test_policies_are_named_whole_by_id_or_by_how_they_begin() -> None:
    other = policy("p2", {"includeUsers": ["None"]}) | {"displayName": "CA010 Other"}
    made = company(MFA | {"id": "p1", "displayName": "CA01 MFA"}, other)
    for name in ("CA01 MFA", "ca01", "P1"):
        expect = {"applies": name, "does_not_apply": "CA010"}
        assert case_of({"expect": expect}, made).status is Status.PASS
    with pytest.raises(InputError, match="there is no policy `CA`"):
        case_of({"expect": {"applies": "CA"}}, made)
    with pytest.raises(InputError, match="2 policies are named `MFA`"):
        case_of({"expect": {"applies": "MFA"}}, company(MFA | {"displayName": "MFA"}, MFA | {"displayName": "MFA"}))


def test_a_report_only_policy_applies_and_decides_nothing() -> None:
    quiet = policy("quiet", {"includeUsers": ["All"]}, state="enabledForReportingButNotEnforced")
    case = case_of({"expect": {"outcome": "granted", "applies": "quiet"}}, company(quiet))
    assert case.status is Status.PASS
    assert all(not group.decided for group in case.groups)


# Places and devices


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({"location": "HQ"}, "granted"),
        ({"location": "hq"}, "granted"),
        ({"location": "Desk"}, "granted"),  # inside HQ: nobody can be at the desk alone
        ({"location": "trusted"}, "granted"),
        ({"location": "outside"}, "blocked"),
        ({"ip": "192.0.2.9"}, "granted"),
        ({"ip": "198.51.100.1", "country": "DE"}, "blocked"),
    ],
)
def test_where_a_sign_in_comes_from(given: dict[str, Any], outcome: str) -> None:
    away = {"includeLocations": ["All"], "excludeLocations": ["hq"]}
    desk = {"includeLocations": ["desk"]}
    made = company(block("b", {"includeUsers": ["All"]}, locations=away), block("d", {}, locations=desk))
    case = case_of({"who": {"user": "u1"}, "expect": outcome} | given, made)
    assert case.status is Status.PASS


def test_a_set_of_places_that_no_address_is_in_is_refused() -> None:
    made = company(
        block("b", {"includeUsers": ["All"]}, locations={"includeLocations": ["hq", "desk"]}),
        block("c", {"includeUsers": ["All"]}, locations={"includeLocations": ["hq"]}),
    )
    with pytest.raises(InputError, match="no sign-in is in exactly these"):
        case_of({"location": {"in": ["Desk"]}, "expect": "blocked"}, made)
    assert case_of({"location": {"in": ["Desk", "HQ"]}, "expect": "blocked"}, made).status is Status.PASS


def test_trusted_addresses_that_no_snapshot_holds_leave_an_address_open_but_no_named_place() -> None:
    away = {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}
    made = company(block("b", {"includeUsers": ["All"]}, locations=away))
    open_ = case_of({"who": {"user": "u1"}, "ip": "198.51.100.1", "country": "DE", "expect": "blocked"}, made)
    assert open_.status is Status.INCONCLUSIVE
    assert "trusted IPs" in open_.groups[0].depends_on[0]
    assert case_of({"who": {"user": "u1"}, "location": "outside", "expect": "blocked"}, made).status is Status.PASS


def test_devices_are_states_attributes_or_all_that_filters_tell_apart() -> None:
    rule = {"deviceFilter": {"mode": "include", "rule": 'device.model -eq "Kiosk"'}}
    made = company(block("b", {"includeUsers": ["All"]}, devices=rule))
    kiosk = {"model": "Kiosk", "isCompliant": True}
    assert case_of({"device": "compliant", "expect": "granted"}, made).status is Status.PASS
    assert case_of({"device": kiosk, "expect": "blocked"}, made).status is Status.PASS
    text = DEFAULTS + "scenarios: [{name: x, who: {user: u1}, device: any, expect: granted}]\n"
    (found,) = results(text, made).scenarios
    missed = [dict(one.label)["device"] for one in found.cases if one.status is Status.MISS]
    assert len(found.cases) == 9
    assert missed == [
        f"{one} (model kiosk)" for one in ("registered", "compliant", "hybridJoined", "compliantHybridJoined")
    ]


def test_a_suite_stands_for_its_members_that_policies_tell_apart() -> None:
    exchange = "00000002-0000-0ff1-ce00-000000000000"
    one = block("b", {"includeUsers": ["All"]}, applications={"includeApplications": [exchange]})
    text = DEFAULTS + "scenarios: [{name: x, who: {user: u1}, application: Office 365, expect: granted}]\n"
    (found,) = results(text, company(one)).scenarios
    assert [(dict(case.label)["application"], case.status) for case in found.cases] == [
        ("Office 365", Status.PASS),
        ("Office 365 Exchange Online", Status.MISS),
    ]


# What a miss tells


def test_a_miss_says_what_came_out_for_whom_by_what_and_what_is_nearest() -> None:
    leaving_out = policy("mfa", {"includeUsers": ["All"], "excludeGroups": ["g"], "excludeRoles": [GA]})
    case = case_of({"expect": {"requires": "mfa"}}, company(leaving_out))
    (missed,) = [one for one in case.groups if one.met is False]
    assert (missed.outcome, missed.users, missed.names) == ("granted", 3, ("User u1", "User u2", "User u3"))
    assert missed.hints == (
        "Policy mfa would do, but excludes the group Group g",
        "Policy mfa would do, but excludes the role Global Administrator",
    ) or missed.hints == ("Policy mfa would do, but excludes the group Group g or the role Global Administrator",)


@pytest.mark.parametrize(
    ("more", "expect", "hint"),
    [
        (block("b", {"includeUsers": ["All"]}), {"requires": "mfa"}, "without Policy b it would be as expected"),
        (
            policy("q", {"includeUsers": ["All"]}, grantControls={"builtInControls": ["compliantDevice"]})
            | {"state": "enabledForReportingButNotEnforced"},
            {"requires": "compliantDevice"},
            "Policy q would do, but is only in report-only mode",
        ),
        (
            block("b", {"includeUsers": ["All"]}, clientAppTypes=["other"]),
            "blocked",
            "Policy b would do, but is not for this client",
        ),
        (
            block("b", {"includeUsers": ["u3"]}),
            "blocked",
            "Policy b would do, but is not for these people",
        ),
        (MFA | {"id": "q", "state": "disabled", "displayName": "Q"}, {"applies": "Q"}, "Q would do, but is disabled"),
        (MFA | {"id": "q", "displayName": "Q"}, {"does_not_apply": "Q"}, "without Q it would be as expected"),
    ],
)
def test_the_smallest_change_is_hinted_at(more: dict[str, Any], expect: Any, hint: str) -> None:
    case = case_of({"who": {"user": "u1"}, "expect": expect}, company(MFA, more))
    assert case.status is Status.MISS
    assert case.groups[0].hints == (hint,)


def test_selection_is_by_name_or_section_and_must_name_something() -> None:
    text = DEFAULTS + (
        "scenarios: [{name: Legacy, who: everyone, expect: granted}]\n"
        "sections: [{name: Admins, scenarios: [{name: Portal, who: everyone, expect: granted}]}]\n"
    )
    made = company()
    assert [one.name for one in results(text, made).scenarios] == ["Legacy", "Portal"]
    assert [one.name for one in results(text, made, select=["admins"]).scenarios] == ["Portal"]
    assert [one.name for one in results(text, made, select=["L*"]).scenarios] == ["Legacy"]
    with pytest.raises(UsageError, match="--select Nope"):
        results(text, made, select=["Legacy", "Nope"])


# Against the naive evaluator


@settings(max_examples=40)
@given(tenants(), RANDOM)
def test_everybody_comes_out_as_the_naive_evaluator_says(raw: dict[str, Any], rng: random.Random) -> None:
    made = tenant_of(raw)
    found = Enumeration(raw, NOTHING_UNKNOWN, values_of(raw, cover(made, Question.MFA).space))
    accounts = [one["id"] for one in raw["users"] if one["accountEnabled"]]
    for point, _ in found.points(rng, 8):
        body = body_of(found.sign_in(point, accounts[0]), raw)["signInConditions"]
        sign_in = found.sign_in(point, accounts[0])
        if sign_in["resource"].startswith("urn:") or sign_in["resource"] in {"c1", "c2"}:
            continue
        place: dict[str, Any] = {"ip": body.get("ipAddress"), "country": body.get("country")}
        if "locations" in body:
            place = {"location": {"in": body["locations"]} if body["locations"] else "outside"}
        elif place["ip"] is None:
            place = {"country": body["country"]}
        scenario = {
            "application": sign_in["resource"],
            "client": sign_in["client"],
            "platform": sign_in["platform"],
            "sign_in_risk": sign_in["sign_in_risk"],
            "user_risk": sign_in["user_risk"],
            "insider_risk": sign_in["insider_risk"],
            "flow": sign_in["flow"],
            "device": body["deviceInfo"] or "unregistered",
            "who": {"user": accounts},
            "expect": "granted",
            **place,
        }
        expected: Counter[tuple[str, frozenset[frozenset[str]]]] = Counter()
        for account in accounts:
            outcome, requires = naive.outcome(found.sign_in(point, account), raw, NOTHING_UNKNOWN)
            expected[outcome, frozenset(least(requires))] += 1
        came: Counter[tuple[str, frozenset[frozenset[str]]]] = Counter()
        for group in case_of(scenario, made).groups:
            came[group.outcome, frozenset(map(frozenset, group.requires))] += group.users
        assert came == expected


# Writing


@given(
    st.text() | st.sampled_from(["no", "yes", "null", "1e3", "2026-01-01", "a: b", "#x", "~", "on", " x", "x ", "="])
)
def test_what_is_written_is_read_back(text: str) -> None:
    given_ = {"key": [text, {"inner": text}], "flag": True}
    if any("\ud800" <= one <= "\udfff" for one in text):
        return
    lines = "\n".join(field("top", given_, 2))
    assert yaml.safe_load(lines)["top"] == given_
    assert yaml.safe_load(f"[{scalar(text)}]") == [text]
    assert yaml.safe_load(f"x: {flow(given_)}\n{comment(text)}\n") == {"x": given_}


@pytest.mark.parametrize("name", ["contoso", "fabrikam", "partial"])
def test_a_generated_file_is_the_same_each_time_and_passes(name: str) -> None:
    made = read_tenant(open_target(ROOT / "snapshots" / name).snapshot)
    text = generate(made)
    assert generate(read_tenant(open_target(ROOT / "snapshots" / name).snapshot)) == text
    found = results(text, made)
    assert found.count(Status.PASS) > 5
    assert found.count(Status.MISS) == found.count(Status.INCONCLUSIVE) == 0
    assert all("depends on" in one.skip for one in found.scenarios if one.status is Status.SKIPPED)


def test_a_generated_file_notices_a_weakened_policy() -> None:
    made = company(MFA, block("legacy", {"includeUsers": ["All"]}, clientAppTypes=["other", "exchangeActiveSync"]))
    text = generate(made, frozenset({"u3"}))
    assert "emergency accounts" in text
    weaker = company(policy("mfa", {"includeUsers": ["All"], "excludeGroups": ["g"]}))
    missed = {
        one.name for one in results(text, weaker, emergency=frozenset({"u3"})).scenarios if one.status is Status.MISS
    }
    assert "A browser on any platform, unmanaged or compliant: requires mfa" in missed


def test_hostile_names_cannot_break_a_generated_file() -> None:
    name = 'x\n- evil: "yes" # {{ ::set-output'
    made = company(
        policy("mfa", {"includeUsers": ["All"], "excludeGroups": ["g"]}) | {"displayName": f"P{name}"},
        groups=[{"id": "g", "displayName": name}, {"id": "outer", "displayName": name}],
    )
    found = results(generate(made), made)
    assert found.count(Status.MISS) == 0
    assert found.count(Status.PASS) > 5


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_a_set_of_policies_without_a_directory_gives_a_file_that_passes() -> None:
    made = read_tenant(open_target(CORPUS / "j0eyv").snapshot)
    found = results(generate(made), made)
    assert found.count(Status.PASS) > 80
    assert found.count(Status.MISS) == found.count(Status.INCONCLUSIVE) == 0


def test_an_unreadable_policy_leaves_what_it_could_block_open() -> None:
    made = company(MFA, {"id": "bad", "displayName": "Bad", "state": "maybe"})
    assert len(made.refused) == 1
    case = case_of({"who": {"user": "u1"}, "expect": {"requires": "mfa"}}, made)
    assert case.status is Status.INCONCLUSIVE
    assert case_of({"who": {"user": "u1"}, "expect": {"not": "granted"}}, made).status is Status.PASS


def test_a_directory_without_users_names_them_by_id() -> None:
    made = tenant(MFA, users=CollectionStatus.DENIED)
    identity = "11111111-1111-4111-8111-111111111111"
    assert case_of({"who": {"user": identity}, "expect": {"requires": "mfa"}}, made).status is Status.PASS
    with pytest.raises(InputError, match="does not list users"):
        case_of({"who": {"user": "anna@contoso.example"}, "expect": {"requires": "mfa"}}, made)


def test_groups_are_shown_worst_first() -> None:
    made = company(block("b", {"includeUsers": ["u1"]}))
    groups: tuple[Group, ...] = case_of({"expect": "blocked"}, made).groups
    assert [one.met for one in groups] == [False, True]


def test_the_example_of_the_guide_runs() -> None:
    guide = (ROOT / "docs" / "scenarios.md").read_text("utf-8")
    (example,) = [part.split("```")[0] for part in guide.split("```yaml\n")[1:]]
    found = results(example, company(MFA), emergency=frozenset({"u1"}))
    assert [one.status for one in found.scenarios] == [Status.PASS, Status.MISS, Status.SKIPPED]


def test_the_guide_names_every_key_of_a_sign_in() -> None:
    guide = (ROOT / "docs" / "scenarios.md").read_text("utf-8")
    schema = json.loads((ROOT / "policies" / "schemas" / "scenarios.json").read_text("utf-8"))
    keys = {*schema["$defs"]["scenario"]["properties"], *schema["$defs"]["people"]["properties"]}
    keys |= {*schema["$defs"]["expected"]["properties"], *schema["properties"]}
    assert [one for one in sorted(keys) if one not in guide] == []
