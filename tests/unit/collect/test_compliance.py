"""The regional host of Security & Compliance: found by a redirect, and never any other host."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.emulator.asking import snapshot_of
from tests.emulator.emulator import Emulator
from tests.unit.collect.scripted import Alone, Scripted, read
from tests.unit.collect.served import fetch_from

from tenantlint.collect import exchange
from tenantlint.collect.calls import Call, CallError, Reason, Service
from tenantlint.collect.catalog import source_of
from tenantlint.collect.hosts import CLOUDS, Cloud, Hosts
from tenantlint.model import JsonObject, Tenant

TENANT = "11111111-1111-4111-8111-111111111111"
COMMAND = f"/adminapi/beta/{TENANT}/InvokeCommand"
SOURCE = source_of("protection_alerts")
ALERT = {"Guid": "1", "Name": "Elevation of Exchange admin privilege", "Disabled": False}
GLOBAL = "ps.compliance.protection.outlook.com"


class Redirecting(Scripted):
    """Answers the discovery with a redirect (or an error), and every cmdlet with one alert."""

    def __init__(self, *targets: str | CallError) -> None:
        super().__init__({})
        self.targets = list(targets)
        self.looked: list[Call] = []

    async def location(self, call: Call) -> str:
        self.looked.append(call)
        await asyncio.sleep(0)
        target = self.targets[min(len(self.looked), len(self.targets)) - 1]
        if isinstance(target, CallError):
            raise target
        return target

    async def send(self, call: Call) -> Any:
        self.calls.append(call)
        return {"value": [ALERT]}


def sent_to(target: str, tmp_path: Path, cloud: str = "global") -> tuple[str | None, Any]:
    """Where the cmdlet went after a redirect, and the error when it went nowhere."""
    sender = Redirecting(target)
    context = Alone(sender, tmp_path)
    context.tenant = Tenant(id=TENANT, initial_domain="contoso.onmicrosoft.com", cloud=cloud)
    _, error = read(context, exchange.fetch, SOURCE)
    return (sender.calls[0].url if sender.calls else None), error


def test_the_emulated_service_from_front_door_to_rows(tmp_path: Path) -> None:
    collections: dict[str, list[JsonObject]] = {
        "protection_alerts": [ALERT],
        "dlp_compliance_policies": [{"Guid": "2", "Name": "Payment", "ExchangeLocation": ["All"]}],
    }
    emulator = Emulator(snapshot_of(collections), limits="none")
    found = fetch_from(emulator, tmp_path, *collections)
    assert {name: (one.items, one.error) for name, one in found.items()} == {
        name: (items, None) for name, items in collections.items()
    }
    assert emulator.counters["compliance GET /AdminApi/v1.0/{tenant}/EXOModuleFile"] == 1
    assert emulator.world.violations == []


@pytest.mark.parametrize(
    "target",
    [
        "https://eur03b.admin.protection.outlook.com:446/adminapi/beta/x/InvokeCommand",
        "https://EUR03B.ps.compliance.protection.outlook.com/AdminApi/v1.0/x/EXOModuleFile",
    ],
)
def test_the_regions_label_goes_before_the_pinned_suffix(tmp_path: Path, target: str) -> None:
    assert sent_to(target, tmp_path) == (f"https://eur03b.{GLOBAL}{COMMAND}", None)


@pytest.mark.parametrize(
    ("cloud", "target", "wanted"),
    [
        (
            "usgov",
            "https://gcc02b.admin.protection.office365.us:446/",
            "https://gcc02b.ps.compliance.protection.office365.us",
        ),
        (
            "usgovdod",
            "https://dod01.ps.compliance.protection.office365.us/",
            "https://dod01.ps.compliance.protection.office365.us",
        ),
        (
            "china",
            "https://chn01.ps.compliance.protection.partner.outlook.cn/",
            "https://chn01.ps.compliance.protection.partner.outlook.cn",
        ),
    ],
)
def test_every_cloud_has_its_own_suffix(tmp_path: Path, cloud: str, target: str, wanted: str) -> None:
    url, error = sent_to(target, tmp_path, cloud)
    assert (url, error) == (wanted + COMMAND, None)
    assert url is not None
    assert Hosts(Cloud(cloud)).may_have_token(url, Service.COMPLIANCE)


@pytest.mark.parametrize("target", ["/AdminApi/v1.0/x", f"https://{GLOBAL}/AdminApi/v1.0/x"])
def test_a_redirect_to_the_front_door_stays_there(tmp_path: Path, target: str) -> None:
    assert sent_to(target, tmp_path) == (COMMAND, None)


FOREIGN = [
    "https://evil.example/",
    f"https://{GLOBAL}.evil.example/",
    "https://eur03b.evil-ps.compliance.protection.outlook.com.evil.example/",
    f"https://evil{GLOBAL}/",
    f"https://a.b.{GLOBAL}/",
    f"https://user@eur03b.{GLOBAL}/",
    f"https://eur03b.{GLOBAL}@evil.example/",
    f"http://eur03b.{GLOBAL}/",
    f"https://eur03b.{GLOBAL}:99999999/",
    "//evil.example/",
    "https://gcc02b.admin.protection.office365.us/",  # another cloud's
    "https://[::1",
    "ftp://eur03b.admin.protection.outlook.com/",
    "javascript:alert(1)",
    "",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_any_other_host_is_refused_before_anything_is_sent(tmp_path: Path, target: str) -> None:
    url, error = sent_to(target, tmp_path)
    assert url is None
    assert isinstance(error, CallError)
    assert error.reason is Reason.FOREIGN_LINK
    assert "evil" not in error.message


hosts = st.sampled_from(["eur03b", "evil.example", "a.b", "-x", "ps", "compliance", "127.0.0.1", "x_y", "é"])


@given(
    prefix=hosts,
    middle=st.sampled_from([".", "", "@", "/", "\\", "#", "?", ":443@", "%2e", "\t"]),
    rest=st.text(max_size=8),
)
def test_no_redirect_leads_the_token_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, prefix: str, middle: str, rest: str
) -> None:
    """Whatever the redirect says, a call that leaves goes to a host of the cloud, or to this machine and no further."""
    for suffix in (GLOBAL, "admin.protection.outlook.com", rest):
        url, error = sent_to(f"https://{prefix}{middle}{suffix}{rest}", tmp_path_factory.mktemp("out"))
        if url is None:
            assert isinstance(error, CallError)
            continue
        reached = Hosts().may_have_token(url, Service.COMPLIANCE) or url.startswith("/")
        assert reached or url.startswith("https://127.0.0.1/")


def test_a_stand_in_is_not_trusted_when_the_real_service_was_asked() -> None:
    """The fetcher hands a loopback origin on; the transport's hosts refuse it unless it was given."""
    call = Call(Service.COMPLIANCE, "http://127.0.0.1:9/x", SOURCE.rate, SOURCE.area, SOURCE.collection)
    with pytest.raises(CallError) as refused:
        Hosts().resolve(call)
    assert refused.value.reason is Reason.FOREIGN_LINK


def test_the_region_is_looked_for_once_a_run(tmp_path: Path) -> None:
    sender = Redirecting("https://eur03b.admin.protection.outlook.com:446/")
    context = Alone(sender, tmp_path)

    async def work() -> None:
        async def one(collection: str) -> None:
            async for _ in exchange.fetch(context, source_of(collection)):
                pass

        await asyncio.gather(*(one(name) for name in ("protection_alerts", "dlp_compliance_rules")))
        await context.close()

    asyncio.run(work())
    assert len(sender.looked) == 1
    assert len(sender.calls) == 2


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    call = Call(Service.COMPLIANCE, "/x", SOURCE.rate, SOURCE.area, SOURCE.collection)
    failed = CallError(call, Reason.UNAVAILABLE, status=503)
    sender = Redirecting(failed, "https://eur03b.admin.protection.outlook.com:446/")
    context = Alone(sender, tmp_path)

    async def work() -> list[Any]:
        with pytest.raises(CallError):
            await anext(exchange.fetch(context, SOURCE))
        found = await anext(exchange.fetch(context, SOURCE))
        await context.close()
        return found

    assert asyncio.run(work()) == [ALERT]


def test_the_tenant_is_named_by_its_initial_domain(tmp_path: Path) -> None:
    sender = Redirecting("/x")
    context = Alone(sender, tmp_path)
    context.tenant = Tenant(id=TENANT, initial_domain="contoso.onmicrosoft.com", cloud="global")
    read(context, exchange.fetch, SOURCE)
    for call in (*sender.looked, *sender.calls):
        assert call.headers["X-AnchorMailbox"].endswith("@contoso.onmicrosoft.com")
    assert sender.looked[0].url == f"/AdminApi/v1.0/{TENANT}/EXOModuleFile"
    assert sender.looked[0].body is None


def test_every_cloud_names_a_host_that_ends_with_its_resource() -> None:
    assert all(hosts.compliance.endswith(hosts.compliance_resource) for hosts in CLOUDS.values())
