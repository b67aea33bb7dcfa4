"""Who may read what from Graph: tokens, permissions, licences, and the limits on how often."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from tests.emulator import Emulator, permissions, tokens
from tests.emulator.asking import TENANT, emulated, get, snapshot_of
from tests.unit.emulator.virtual_clock import VirtualClock

from tenantlint.model import CollectionStatus
from tenantlint.snapshot import Snapshot
from tenantlint.snapshot.manifest import LICENCES

POLICIES = "/v1.0/identity/conditionalAccess/policies"
LOCATIONS = "/v1.0/identity/conditionalAccess/namedLocations"
REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails"
INSTANCES = "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances"
EVERYTHING: dict[str, list[dict[str, Any]]] = {name: [] for name in permissions.ANY_OF}


def tenant(**options: Any) -> Snapshot:
    return snapshot_of({**EVERYTHING, "sharepoint_settings": [{"isLoopEnabled": True}]}, licences=LICENCES, **options)


def ask(path: str, *, snapshot: Snapshot | None = None, token: str | None = None, **options: Any) -> Any:
    async def one(emulator: Emulator) -> Any:
        return await get(emulator, emulator.graph_url + path, token=token)

    return emulated(Emulator(snapshot or tenant(), **options), one)


def code(reply: Any) -> tuple[int, str]:
    return reply.status, reply.json["error"]["code"]


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "empty"),
        ("nonsense", "CompactToken"),
        (tokens.make(tenant=TENANT, roles=["Domain.Read.All"], services=["exchange"]), "audience"),
        (tokens.make(tenant=TENANT, roles=["Domain.Read.All"], services=["graph"], expires=1_700_000_001), "expired"),
        (tokens.make(tenant="another", roles=["Domain.Read.All"], services=["graph"]), "tenant"),
    ],
)
def test_a_token_that_is_not_for_this_tenant_and_service_is_refused(token: str, said: str) -> None:
    reply = ask("/v1.0/domains", token=token)
    assert code(reply) == (401, "InvalidAuthenticationToken")
    assert said in reply.json["error"]["message"]
    assert "www-authenticate" in reply.headers


def test_the_token_of_one_service_is_good_for_that_service() -> None:
    token = tokens.make(tenant=TENANT, roles=["Domain.Read.All"], services=["graph"])
    assert ask("/v1.0/domains", token=token).status == 200


def test_scopes_of_a_user_count_as_permissions() -> None:
    token = tokens.make(tenant=TENANT, roles=(), services=["graph"], scopes="User.Read Domain.Read.All")
    assert ask("/v1.0/domains", token=token).status == 200
    assert ask("/v1.0/organization", token=token).status == 403


@pytest.mark.parametrize(
    ("path", "permission", "expected"),
    [
        (POLICIES, "Policy.Read.All", "AccessDenied"),
        ("/v1.0/domains", "Domain.Read.All", "Authorization_RequestDenied"),
        (REPORT, "AuditLog.Read.All", "Authentication_MSGraphPermissionMissing"),
        ("/v1.0/deviceManagement/deviceCompliancePolicies", "DeviceManagementConfiguration.Read.All", "Forbidden"),
        (
            "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=groupId%20eq%20'x'",
            "PrivilegedEligibilitySchedule.Read.AzureADGroup",
            "UnknownError",
        ),
    ],
)
def test_each_service_refuses_in_its_own_way(path: str, permission: str, expected: str) -> None:
    least = tokens.make(tenant=TENANT, roles=[permission], services=["graph"])
    assert ask(path, token=least).status == 200
    without = tokens.make(tenant=TENANT, roles=["Application.Read.All"], services=["graph"])
    assert code(ask(path, token=without)) == (403, expected)


def test_policy_read_all_does_not_cover_authentication_contexts() -> None:
    token = tokens.make(tenant=TENANT, roles=["Policy.Read.All"], services=["graph"])
    path = "/v1.0/identity/conditionalAccess/authenticationContextClassReferences"
    assert ask(path, token=token).status == 403


def test_sign_in_activity_needs_two_permissions() -> None:
    token = tokens.make(tenant=TENANT, roles=["User.Read.All"], services=["graph"])
    assert ask("/v1.0/users?$select=id", token=token).status == 200
    assert ask("/v1.0/users?$select=id,signInActivity", token=token).status == 403


def test_what_is_denied_by_option_is_not_in_the_token() -> None:
    emulator = Emulator(tenant(), deny={"Domain.Read.All", "Directory.Read.All"})
    roles = (tokens.read(f"Bearer {emulator.token}") or {})["roles"]
    assert "Domain.Read.All" not in roles
    assert "Policy.Read.All" in roles
    assert code(ask("/v1.0/domains", deny={"Domain.Read.All", "Directory.Read.All"}))[0] == 403


def test_what_the_snapshot_was_denied_is_neither_granted_nor_given() -> None:
    statuses = {"authentication_contexts": CollectionStatus.DENIED, "domains": CollectionStatus.DENIED}
    snapshot = tenant(statuses=statuses)
    roles = (tokens.read(f"Bearer {Emulator(snapshot).token}") or {})["roles"]
    assert not {"AuthenticationContext.Read.All", "Domain.Read.All"} & set(roles)
    # Directory.Read.All, which other collections need, would do; the snapshot says that it did not.
    assert ask("/v1.0/domains", snapshot=snapshot).status == 403


@pytest.mark.parametrize(
    ("path", "licence", "expected"),
    [
        (INSTANCES, "entra_p2", (400, "AadPremiumLicenseRequired")),
        (REPORT, "entra_p1", (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")),
        ("/v1.0/auditLogs/signIns", "entra_p1", (403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant")),
        ("/v1.0/deviceManagement/deviceCompliancePolicies", "intune", (400, "BadRequest")),
        ("/v1.0/admin/sharepoint/settings", "sharepoint", (400, "BadRequest")),
    ],
)
def test_without_a_licence_each_service_says_so_in_its_own_way(
    path: str, licence: str, expected: tuple[int, str]
) -> None:
    assert ask(path).status == 200
    assert code(ask(path, unlicensed={licence})) == expected


def test_who_loses_p1_has_no_p2_either() -> None:
    assert code(ask(INSTANCES, unlicensed={"entra_p1"})) == (400, "AadPremiumLicenseRequired")


def test_conditional_access_can_be_read_without_a_licence() -> None:
    assert ask(POLICIES, unlicensed={"entra_p1"}).status == 200


def test_plans_of_a_licence_that_is_taken_away_are_disabled() -> None:
    plans = [
        {"servicePlanName": name, "provisioningStatus": "Success"}
        for name in ("AAD_PREMIUM", "AAD_PREMIUM_P2", "TEAMS1")
    ]
    snapshot = snapshot_of({"subscribed_skus": [{"id": "x", "servicePlans": plans}]}, licences=LICENCES)
    reply = ask("/v1.0/subscribedSkus", snapshot=snapshot, unlicensed={"entra_p2"})
    found = {plan["servicePlanName"]: plan["provisioningStatus"] for plan in reply.json["value"][0]["servicePlans"]}
    assert found == {"AAD_PREMIUM": "Success", "AAD_PREMIUM_P2": "Disabled", "TEAMS1": "Success"}


def paced(*steps: tuple[str, float], snapshot: Snapshot | None = None) -> list[Any]:
    """Replies to requests, each after a pause in seconds."""
    clock = VirtualClock()

    async def run(emulator: Emulator) -> list[Any]:
        replies = []
        for path, pause in steps:
            clock.seconds += pause
            replies.append(await get(emulator, emulator.graph_url + path))
        return replies

    return emulated(Emulator(snapshot or tenant(), clock=clock), run)


def test_conditional_access_gives_one_request_a_second_and_no_retry_after() -> None:
    replies = paced((POLICIES, 0), (LOCATIONS, 0.5), (LOCATIONS, 0.5), (POLICIES, 1.0))
    assert [reply.status for reply in replies] == [200, 429, 200, 200]
    assert code(replies[1]) == (429, "TooManyRequests")
    assert "retry-after" not in replies[1].headers


def test_reports_give_five_requests_in_ten_seconds() -> None:
    replies = paced(*[(REPORT, 1.0)] * 6, (REPORT, 5.0))
    assert [reply.status for reply in replies] == [200] * 5 + [429, 200]
    assert replies[5].headers["retry-after"] == "5"


def test_the_directory_counts_resource_units() -> None:
    path = "/v1.0/subscribedSkus"
    replies = paced(*[(path, 0.0)] * 1168, (path, 10.0))
    assert [reply.status for reply in replies] == [200] * 1166 + [429, 429, 200]
    assert replies[0].headers["x-ms-resource-unit"] == "3"
    assert "x-ms-throttle-limit-percentage" not in replies[900].headers
    assert float(replies[1000].headers["x-ms-throttle-limit-percentage"]) > 0.8
    assert code(replies[1166]) == (429, "Request_ThrottledTemporarily")
    assert replies[1166].headers["retry-after"] == "1"
    assert replies[1166].headers["x-ms-throttle-information"] == "ResourceUnitLimitExceeded"


@pytest.mark.parametrize(
    ("path", "units"),
    [
        ("/v1.0/users", "2"),
        ("/v1.0/users?$select=id", "1"),
        ("/v1.0/users?$top=10&$select=id", "1"),
        ("/v1.0/groups/g/transitiveMembers", "5"),
        ("/v1.0/groups/g/transitiveMembers?$select=id&$top=999", "4"),
        ("/v1.0/groups/g/members?$top=19", "2"),
        ("/v1.0/policies/crossTenantAccessPolicy/partners?$expand=identitySynchronization", "2"),
    ],
)
def test_units_of_a_request(path: str, units: str) -> None:
    snapshot = snapshot_of({**EVERYTHING, "groups": [{"id": "g"}]}, licences=LICENCES)
    assert ask(path, snapshot=snapshot).headers["x-ms-resource-unit"] == units


def test_secure_score_takes_four_requests_at_a_time() -> None:
    async def all_at_once(emulator: Emulator) -> list[int]:
        url = f"{emulator.graph_url}/v1.0/security/secureScoreControlProfiles"
        return sorted(reply.status for reply in await asyncio.gather(*(get(emulator, url) for _ in range(6))))

    assert emulated(Emulator(tenant(), latency=0.05), all_at_once) == [200] * 4 + [429] * 2


def test_without_limits_nothing_is_throttled() -> None:
    async def often(emulator: Emulator) -> set[int]:
        return {(await get(emulator, emulator.graph_url + POLICIES)).status for _ in range(5)}

    assert emulated(Emulator(tenant(), limits="none"), often) == {200}


def test_every_request_is_logged_and_counted() -> None:
    async def two(emulator: Emulator) -> None:
        await get(emulator, f"{emulator.graph_url}/v1.0/users?$top=1")
        await get(emulator, f"{emulator.graph_url}/v1.0/groups/nobody/members")

    emulator = Emulator(tenant())
    emulated(emulator, two)
    assert emulator.counters == {"graph GET /v1.0/users": 1, "graph GET /v1.0/groups/{id}/members": 1}
    assert [(entry.path, entry.status) for entry in emulator.log] == [
        ("/v1.0/users?$top=1", 200),
        ("/v1.0/groups/nobody/members", 404),
    ]


@pytest.mark.parametrize(
    ("days", "licences", "status"),
    [(7, frozenset(), 200), (8, frozenset(), 400), (30, {"entra_p1"}, 200), (31, {"entra_p1"}, 400)],
)
def test_the_log_of_changes_goes_back_as_far_as_the_licence_says(days: int, licences: Any, status: int) -> None:
    clock = VirtualClock()
    since = (clock.now() - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    snapshot = snapshot_of({"directory_audits": []}, licences=frozenset(licences))
    path = f"/v1.0/auditLogs/directoryAudits?$filter=activityDateTime%20ge%20{since}%20and%20category%20eq%20'Policy'"
    reply = ask(path, snapshot=snapshot, clock=clock)
    assert reply.status == status
    if status == 400:
        assert (
            f"minimum date allowed in the query is {clock.now() - timedelta(days=30 if licences else 7):%Y-%m-%d}"
            in (reply.json["error"]["message"])
        )
