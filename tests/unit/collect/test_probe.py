from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from tenantlint.collect.calls import Call, CallError, Reason, Service
from tenantlint.collect.catalog import SOURCES, source_of
from tenantlint.collect.fetching import Scope
from tenantlint.collect.plan import smallest_permissions
from tenantlint.collect.probe import Probe, Verdict, cheap, probe
from tenantlint.collect.selection import chosen
from tenantlint.collect.source import Source
from tenantlint.model import JsonObject, Tenant

TENANT = Tenant(id="6f1d7c2e-0000-4000-8000-000000000001", cloud="global")
E5 = {
    "value": [
        {
            "skuId": "1",
            "servicePlans": [
                {"servicePlanName": name, "provisioningStatus": "Success"}
                for name in ("AAD_PREMIUM_P2", "EXCHANGE_S_ENTERPRISE", "INTUNE_A", "SHAREPOINTENTERPRISE", "TEAMS1")
            ],
        }
    ]
}

ORGANIZATION = {
    "value": [{"id": TENANT.id, "verifiedDomains": [{"name": "contoso.onmicrosoft.com", "isInitial": True}]}]
}


class Answers:
    """A sender that answers by path: an object, or what it refuses with."""

    def __init__(self, given: Mapping[str, JsonObject | tuple[int, str]]) -> None:
        self.given = {"/subscribedSkus": E5, "/organization": ORGANIZATION, **given}
        self.asked: list[str] = []

    async def send(self, call: Call) -> JsonObject:
        self.asked.append(unquote(call.url))
        found = next((reply for path, reply in self.given.items() if path in call.url or path in str(call.body)), None)
        if isinstance(found, tuple):
            raise CallError(call, Reason.REFUSED, status=found[0], code=found[1], message=found[1])
        return found or {"value": [{"id": "1", "Identity": "Global"}], "d": {"SharingCapability": 1}}

    async def location(self, call: Call) -> str:
        self.asked.append(call.url)
        return "/here"


def run(
    sources: tuple[Source, ...], answers: Answers, granted: Mapping[Service, frozenset[str] | None] | None = None
) -> dict[tuple[str, str], Probe]:
    told: list[Probe] = []
    found = asyncio.run(
        probe(
            sources,
            tenant=TENANT,
            granted=granted or {},
            scope=Scope(now=datetime(2026, 11, 23, tzinfo=UTC), sign_in_days=7),
            sender=answers,
            on_tried=told.append,
        )
    )
    assert told == list(found)
    return {(each.service, each.permission): each for each in found}


def test_every_permission_and_service_of_a_run_is_probed_and_found() -> None:
    sources = chosen(sharepoint_admin=True, sign_ins=True)
    answers = Answers({})
    held = frozenset(smallest_permissions([source for source in sources if source.service is Service.GRAPH]))
    found = run(sources, answers, {Service.GRAPH: held})
    assert {name for service, name in found if service == "graph"} == held
    assert {key for key in found if key[0] != "graph"} == {
        ("exchange", "Exchange.ManageAsApp"),
        ("compliance", "Exchange.ManageAsApp"),
        ("teams", ""),
        ("sharepoint", "Sites.FullControl.All"),
    }
    assert {key: each.reason for key, each in found.items() if each.verdict is not Verdict.OK} == {}
    assert found["teams", ""].role == "Global Reader"
    assert found["exchange", "Exchange.ManageAsApp"].in_token is None
    # One call each (the first two twice, the region's host once), but for what cannot be asked by itself.
    assert len(answers.asked) == len(found) + 2
    served = {name for each in found.values() for name in each.serves}
    assert served == {source.collection for source in sources} - {"dns_records"}


def test_no_call_asks_for_more_than_it_has_to() -> None:
    answers = Answers({})
    run(chosen(sign_ins=True), answers)
    assert not [url for url in answers.asked if "$top=9" in url or "$expand" in url]
    assert "/v1.0/groups?$select=id&$top=1" in answers.asked


def test_a_permission_that_the_token_lacks_is_missing_without_a_call() -> None:
    answers = Answers({})
    found = run((source_of("secure_scores"),), answers, {Service.GRAPH: frozenset({"User.Read.All"})})
    (only,) = found.values()
    assert (only.in_token, only.verdict, only.tried) == (False, Verdict.MISSING, "")
    assert only.reason == "the token lacks SecurityEvents.Read.All"
    assert answers.asked == []  # nor whose tenant it is: the token lacks that as well


def test_a_wider_permission_in_the_token_counts() -> None:
    found = run((source_of("domains"),), Answers({}), {Service.GRAPH: frozenset({"Directory.Read.All"})})
    assert found["graph", "Domain.Read.All"].in_token is True
    assert found["graph", "Domain.Read.All"].verdict is Verdict.OK


def test_a_second_permission_is_told_apart_from_the_first() -> None:
    sources = (source_of("users"), source_of("user_sign_in_activity"))
    found = run(sources, Answers({}), {Service.GRAPH: frozenset({"User.Read.All"})})
    assert found["graph", "User.Read.All"].verdict is Verdict.OK
    assert found["graph", "AuditLog.Read.All"].verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("reply", "verdict", "words"),
    [
        ((403, "Authorization_RequestDenied"), Verdict.MISSING, "grant SecurityEvents.Read.All"),
        ((500, "Broken"), Verdict.UNKNOWN, "500 Broken"),
        ({"value": []}, Verdict.OK, ""),
    ],
)
def test_where_the_token_does_not_tell_the_call_does(
    reply: JsonObject | tuple[int, str], verdict: Verdict, words: str
) -> None:
    found = run((source_of("secure_scores"),), Answers({"/security": reply}))
    (only,) = found.values()
    assert only.in_token is None
    assert only.verdict is verdict
    assert words in only.reason
    assert only.tried == "secure_scores: GET /security/secureScores"


def test_a_missing_licence_is_told_without_a_call() -> None:
    answers = Answers({"/subscribedSkus": {"value": []}})
    found = run((source_of("subscribed_skus"), source_of("device_compliance_policies")), answers)
    only = found["graph", "DeviceManagementConfiguration.Read.All"]
    assert (only.verdict, only.tried) == (Verdict.UNLICENSED, "")
    assert only.reason == "The tenant has no Microsoft Intune"


def test_a_role_that_exchange_misses_is_named() -> None:
    answers = Answers({"Get-TransportConfig": (403, "Forbidden")})
    sources = (source_of("transport_config"),)
    found = run(sources, answers, {Service.EXCHANGE: frozenset({"Exchange.ManageAsApp"})})
    only = found["exchange", "Exchange.ManageAsApp"]
    assert only.verdict is Verdict.MISSING
    assert only.in_token is True
    assert "Entra role Global Reader" in only.reason


def test_what_needs_other_objects_first_is_told_by_the_token_alone() -> None:
    source = source_of("privileged_access_group_eligibility_schedule_instances")
    name = "PrivilegedEligibilitySchedule.Read.AzureADGroup"
    answers = Answers({})
    assert run((source,), answers)["graph", name].verdict is Verdict.UNKNOWN
    assert run((source,), answers, {Service.GRAPH: frozenset({name})})["graph", name].verdict is Verdict.OK
    assert not [url for url in answers.asked if "privilegedAccess" in url]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.collection)
def test_a_small_request_is_well_formed(source: Source) -> None:
    request = cheap(source).request
    assert "?&" not in request
    assert not request.endswith(("?", "&"))
    assert "{since}" not in request
    assert "{until}" not in request


def test_whose_tenant_it_is_is_told_before_other_services_are_called() -> None:
    learned: list[Tenant] = []
    answers = Answers({})
    asyncio.run(
        probe(
            (source_of("sharepoint_tenant"),),
            tenant=TENANT,
            granted={},
            scope=Scope(now=datetime(2026, 11, 23, tzinfo=UTC)),
            sender=answers,
            on_tenant=learned.append,
        )
    )
    assert [tenant.initial_domain for tenant in learned] == ["contoso.onmicrosoft.com"]
    assert answers.asked[-1] == "/_api/SPO.Tenant"


def test_a_probe_is_data() -> None:
    (only,) = run((source_of("teams_messaging_policies"),), Answers({})).values()
    assert only.as_json() == {
        "service": "teams",
        "permission": None,
        "role": "Global Reader",
        "serves": ["teams_messaging_policies"],
        "in_token": None,
        "tried": "teams_messaging_policies: Get-CsTeamsMessagingPolicy",
        "verdict": "ok",
        "reason": "",
    }
