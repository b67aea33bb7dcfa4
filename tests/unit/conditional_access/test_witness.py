"""Every region's witness, put to What-If, comes out as the region says; for each kind of person in it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.snapshots import tenant_of
from tests.oracle.strategies import JOIN, SECURITY_INFO, tenants

from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.describe import Description
from tenantlint.conditional_access.evaluate import Evaluator, Result
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import Policy, State
from tenantlint.conditional_access.questions import Question, answers
from tenantlint.conditional_access.regions import Open
from tenantlint.conditional_access.request import parse_request
from tenantlint.conditional_access.sign_in import SignIn, request_body
from tenantlint.conditional_access.tenant import Tenant, read_tenant
from tenantlint.conditional_access.turning import Turning
from tenantlint.conditional_access.witness import Witnesses
from tenantlint.sources import open_target

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT.parent / "shared" / "corpus"
REAL = [
    CORPUS / "conditional-access" / "j0eyv",
    CORPUS / "scubagear" / "ProviderSettingsExport.json",
    CORPUS / "conditional-access" / "filipin" / "PolicyRepository",
    CORPUS / "conditional-access" / "filipin" / "PolicySets" / "Bare minimum",
    CORPUS / "conditional-access" / "filipin" / "PolicySets" / "Category structure for AADP2",
]


def by_person(regions: tuple[Open, ...]) -> Iterator[tuple[Open, int]]:
    """Each region for each class of its people alone."""
    for region in regions:
        for index in bits_of(region.users):
            yield replace(region, users=1 << index), index


def asked_again(coverage: Coverage, region: Open) -> SignIn:
    """The witness as it comes back from its JSON."""
    sign_in = Witnesses(coverage).sign_in(region)
    parsed = parse_request(json.loads(json.dumps(request_body(sign_in))))
    assert parsed == sign_in
    return parsed


def answering(result: Result, question: Question, sign_in: SignIn) -> tuple[list[Policy], list[Policy]]:
    """The enforced policies that answer the question here, and those that may."""
    surely, perhaps = [], []
    for one in result.policies:
        if one.policy.enforced:
            said = answers(question, one.policy.grant, sign_in.client_app_type or "", sign_in.flow)
            doubtful = not one.applies and "notEnoughInformation" in one.reasons
            if one.applies and said:
                surely.append(one.policy)
            elif said is not False and (doubtful or one.applies):
                perhaps.append(one.policy)
    return surely, perhaps


def confirm(tenant: Tenant, coverage: Coverage, *, activated: bool = False) -> int:
    """Put every witness to What-If; returns how many there were."""
    evaluator = Evaluator(tenant)
    description = Description(coverage)
    count = 0
    for region, index in by_person(description.regions):
        sign_in = asked_again(coverage, region)
        result = evaluator.evaluate(sign_in)
        count += 1
        if coverage.question is Question.BLOCKED:
            assert result.outcome == "blocked" or (not region.certain and result.certainty == "depends"), sign_in
            continue
        surely, perhaps = answering(result, coverage.question, sign_in)
        assert result.outcome != "blocked" and not surely, (sign_in, [one.name for one in surely])
        if region.certain:
            assert not perhaps, (sign_in, [one.name for one in perhaps])
        else:
            doubts = description.depends_on(region)
            assert doubts
            existence = (*coverage.people.classes[index].unknowns, "the trusted IPs of per-user MFA")
            assert perhaps or any(one in existence or "trusted" in one for one in doubts), sign_in
    return count


@pytest.mark.parametrize("name", ["contoso", "fabrikam", "partial"])
@pytest.mark.parametrize("question", list(Question))
def test_what_if_confirms_the_witnesses_of_an_example_tenant(name: str, question: Question) -> None:
    tenant = read_tenant(open_target(ROOT / "snapshots" / name).snapshot)
    confirm(tenant, cover(tenant, question))


def test_witnesses_hold_for_people_who_have_activated_their_roles() -> None:
    tenant = read_tenant(open_target(ROOT / "snapshots" / "contoso").snapshot)
    for question in (Question.MFA, Question.PHISHING_RESISTANT_MFA, Question.MANAGED_DEVICE):
        assert confirm(tenant, cover(tenant, question, activated=True))


@pytest.mark.parametrize("narrowed", [["c2"], [SECURITY_INFO], ["Office365", "797f4846-ba00-4fd7-ba43-dac1f8f63013"]])
def test_witnesses_are_about_what_was_asked_about(narrowed: list[str]) -> None:
    tenant = read_tenant(open_target(ROOT / "snapshots" / "contoso").snapshot)
    coverage = cover(tenant, Question.MFA, applications=narrowed)
    assert confirm(tenant, coverage)
    for region in coverage.regions:
        assert set(Witnesses(coverage).sign_in(region).resources) <= set(narrowed)


@pytest.mark.corpus
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
@pytest.mark.parametrize("everything_on", [False, True])
def test_what_if_confirms_the_witnesses_of_real_policies(path: Path, everything_on: bool) -> None:
    if not path.exists():
        pytest.skip("the corpus is not here")
    tenant = read_tenant(open_target(path).snapshot)
    if everything_on:
        tenant = tenant.with_policies(replace(one, state=State.ENABLED) for one in tenant.policies)
    for question in Question:
        confirm(tenant, cover(tenant, question))


@settings(max_examples=40)
@given(tenants(), st.sampled_from(list(Question)), st.sampled_from([None, None, [SECURITY_INFO, JOIN, "c1"]]))
def test_what_if_confirms_every_witness_of_a_made_up_tenant(
    raw: dict[str, Any], question: Question, targets: list[str] | None
) -> None:
    tenant = tenant_of(raw)
    confirm(tenant, cover(tenant, question, applications=targets))


@settings(max_examples=40)
@given(tenants(unknowns=True), st.sampled_from(list(Question)))
def test_what_if_confirms_every_witness_where_much_is_unknown(raw: dict[str, Any], question: Question) -> None:
    tenant = tenant_of(raw)
    confirm(tenant, cover(tenant, question))


@settings(max_examples=30)
@given(tenants(), st.randoms(use_true_random=False))
def test_witnesses_of_a_change_differ_in_the_two_tenants(raw: dict[str, Any], rng: Any) -> None:
    before = tenant_of(raw)
    after = before.with_policies(one for one in before.policies if rng.random() < 0.7)
    found = compare(before, after, Question.MFA)
    for half, mine, other in ((found.opened, after, before), (found.closed, before, after)):
        turning = Turning(found, half)
        witnesses = Witnesses(half)
        for region, _ in by_person(half.regions):
            sign_in = asked_again(half, region)
            there, here = Evaluator(other).evaluate(sign_in), Evaluator(mine).evaluate(sign_in)
            assert here.outcome != "blocked" and not answering(here, Question.MFA, sign_in)[0]
            surely, perhaps = answering(there, Question.MFA, sign_in)
            assert surely or perhaps
            named = {one.policy.identity for one in turning.of(witnesses.point(region), region.users)}
            assert named and named <= {one.identity for one in (*surely, *perhaps)}
