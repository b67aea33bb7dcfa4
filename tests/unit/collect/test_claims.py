from __future__ import annotations

import base64
import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.collect import claims
from tenantlint.collect.calls import Service
from tenantlint.collect.hosts import CLOUDS, Cloud, Hosts
from tenantlint.errors import UsageError

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
GRAPH = "https://graph.microsoft.com/.default"


def jwt(**body: Any) -> str:
    part = base64.urlsafe_b64encode(json.dumps(body).encode()).rstrip(b"=").decode()
    return f"e30.{part}.c2lnbmF0dXJl"


def test_the_claims_of_an_application() -> None:
    found = claims.read(
        jwt(aud="https://graph.microsoft.com", tid="t", appid="a", roles=["B.Read", "A.Read"], exp=1764000000)
    )
    assert found.audiences == ("https://graph.microsoft.com",)
    assert (found.tenant, found.application) == ("t", "a")
    assert found.granted == {"A.Read", "B.Read"}
    assert not found.is_delegated
    assert found.expires == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)


def test_the_claims_of_a_user() -> None:
    found = claims.read(jwt(scp="User.Read Directory.Read.All", azp="a", wids=["role"], roles=["X"]))
    assert found.is_delegated
    assert found.granted == {"User.Read", "Directory.Read.All"}
    assert found.directory_roles == {"role"}
    assert found.application == "a"


def test_an_application_without_permissions_has_none() -> None:
    assert claims.granted(jwt(aud="x")) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["", "opaque", "a.b", "a.b.c.d", "a.!!.c", "a.bm90IGpzb24.c", "a.W10.c", "e30." + "A" * 200_000 + ".x", "a..c"],
)
def test_text_that_is_no_token_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        claims.read(text)
    assert len(str(caught.value)) < 200
    assert claims.granted(text) is None
    assert claims.remarks(text) == []


@given(st.text(alphabet="ABCabc019-_=.", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UsageError):
        claims.read(text)


@pytest.mark.parametrize("value", ["soon", None, True, 1e300, [], -1e18])
def test_an_odd_expiry_is_unknown(value: object) -> None:
    assert claims.read(jwt(exp=value)).expires is None


def test_a_good_token_passes() -> None:
    claims.check(jwt(aud="https://graph.microsoft.com/", exp=NOW.timestamp() + 60), GRAPH, NOW)


def test_an_expired_token_is_told() -> None:
    with pytest.raises(UsageError, match=r"^The token expired on 2026-11-23 at 12:00 UTC; get a fresh one\.$"):
        claims.check(jwt(aud="https://graph.microsoft.com", exp=NOW.timestamp()), GRAPH, NOW)


@pytest.mark.parametrize(
    "audience", ["https://management.azure.com/", "https://outlook.office365.com", None, [], "graph"]
)
def test_a_token_for_another_service_is_told(audience: object) -> None:
    with pytest.raises(UsageError, match=r"one for https://graph\.microsoft\.com is needed\.$"):
        claims.check(jwt(aud=audience), GRAPH, NOW)


@pytest.mark.parametrize(
    ("service", "audience"),
    [
        (Service.GRAPH, "00000003-0000-0000-c000-000000000000"),
        (Service.GRAPH, "https://graph.microsoft.com"),
        (Service.EXCHANGE, "https://outlook.office.com"),
        (Service.EXCHANGE, "00000002-0000-0ff1-ce00-000000000000"),
        (Service.COMPLIANCE, "https://ps.compliance.protection.outlook.com"),
        (Service.TEAMS, "48ac35b8-9aa8-4d74-927d-1f4a14a0b239"),
        (Service.SHAREPOINT, "00000003-0000-0ff1-ce00-000000000000/contoso-admin.sharepoint.com@t"),
        (Service.SHAREPOINT, "https://contoso-admin.sharepoint.com"),
    ],
)
def test_each_service_s_audience_has_several_spellings(service: Service, audience: str) -> None:
    for cloud in Cloud:
        hosts = Hosts(cloud)
        hosts.learn_initial_domain(f"contoso.{CLOUDS[cloud].initial}")
        assert claims.fits(claims.read(jwt(aud=audience)), hosts.scope(service))


def test_no_audience_serves_two_services() -> None:
    hosts = Hosts()
    hosts.learn_initial_domain("contoso.onmicrosoft.com")
    services = set(Service) - {Service.DNS}
    for service in services:
        own = claims.read(jwt(aud=hosts.scope(service).removesuffix("/.default")))
        assert {other for other in services if claims.fits(own, hosts.scope(other))} == {service}


def test_a_user_token_of_the_azure_cli_is_remarked_upon() -> None:
    [remark] = claims.remarks(jwt(appid=claims.AZURE_CLI, scp="Directory.AccessAsUser.All"))
    assert "Azure CLI" in remark
    assert "Policy.Read.All" in remark


def test_an_application_that_signed_in_through_the_azure_cli_is_not() -> None:
    assert claims.remarks(jwt(appid="own-app", roles=["Policy.Read.All"])) == []
    assert len(claims.remarks(jwt(appid="own-app", scp="Policy.Read.All"))) == 1
