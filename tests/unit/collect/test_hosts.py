from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tenantlint.collect.calls import Call, CallError, Rate, Reason, Service
from tenantlint.collect.hosts import CLOUDS, Cloud, Hosts, checked_origin
from tenantlint.errors import UsageError


def call(url: str, service: Service = Service.GRAPH) -> Call:
    return Call(service, url, Rate.GRAPH, "area", "users")


@pytest.mark.parametrize("cloud", list(Cloud))
def test_every_cloud_has_a_host_and_a_scope_for_every_service(cloud: Cloud) -> None:
    hosts = Hosts(cloud)
    hosts.learn_initial_domain(f"contoso.{CLOUDS[cloud].initial}")
    for service in set(Service) - {Service.DNS}:
        assert hosts.root(service).startswith("https://")
        assert hosts.scope(service).endswith("/.default")
        assert hosts.may_have_token(f"{hosts.root(service)}/some/path?x=1", service)
    for service in {Service.GRAPH, Service.EXCHANGE}:
        assert hosts.scope(service) == f"{hosts.root(service)}/.default"


def test_no_cloud_takes_a_token_of_another() -> None:
    roots = {cloud: Hosts(cloud).root(Service.GRAPH) for cloud in Cloud}
    for cloud in Cloud:
        taken = {other for other in Cloud if Hosts(cloud).may_have_token(roots[other], Service.GRAPH)}
        assert taken == {cloud}


def test_the_token_for_dod_compliance_is_for_the_name_without_l5() -> None:
    hosts = Hosts(Cloud.USGOVDOD)
    assert hosts.scope(Service.COMPLIANCE) == "https://ps.compliance.protection.office365.us/.default"
    assert hosts.root(Service.COMPLIANCE) == "https://l5.ps.compliance.protection.office365.us"


@pytest.mark.parametrize(
    ("cloud", "domain", "origin"),
    [
        (Cloud.GLOBAL, "contoso.onmicrosoft.com", "https://contoso-admin.sharepoint.com"),
        (Cloud.GLOBAL, "Contoso.OnMicrosoft.com", "https://contoso-admin.sharepoint.com"),
        (Cloud.USGOV, "agency.onmicrosoft.us", "https://agency-admin.sharepoint.us"),
        (Cloud.USGOVDOD, "base.onmicrosoft.us", "https://base-admin.sharepoint-mil.us"),
        (Cloud.CHINA, "contoso.partner.onmschina.cn", "https://contoso-admin.sharepoint.cn"),
        (Cloud.GLOBAL, "contoso.example", ""),
        (Cloud.GLOBAL, "evil.example/.onmicrosoft.com", ""),
        (Cloud.GLOBAL, "a.b.onmicrosoft.com", ""),
        (Cloud.GLOBAL, "", ""),
    ],
)
def test_the_sharepoint_admin_host_follows_from_the_initial_domain(cloud: Cloud, domain: str, origin: str) -> None:
    hosts = Hosts(cloud)
    hosts.learn_initial_domain(domain)
    assert hosts.root(Service.SHAREPOINT) == origin


def test_a_given_sharepoint_host_is_kept() -> None:
    hosts = Hosts(given={Service.SHAREPOINT: "https://renamed-admin.sharepoint.com"})
    hosts.learn_initial_domain("contoso.onmicrosoft.com")
    assert hosts.root(Service.SHAREPOINT) == "https://renamed-admin.sharepoint.com"
    assert hosts.scope(Service.SHAREPOINT) == "https://renamed-admin.sharepoint.com/.default"


def test_a_stand_in_gets_the_token_of_the_real_service() -> None:
    hosts = Hosts(given=dict.fromkeys((Service.GRAPH, Service.SHAREPOINT), "http://127.0.0.1:8080"))
    hosts.learn_initial_domain("contoso.onmicrosoft.com")
    assert hosts.scope(Service.GRAPH) == "https://graph.microsoft.com/.default"
    assert hosts.scope(Service.SHAREPOINT) == "https://contoso-admin.sharepoint.com/.default"
    assert hosts.is_stand_in(Service.GRAPH)
    assert not hosts.is_stand_in(Service.EXCHANGE)


def test_a_stand_in_for_exchange_stands_in_for_compliance() -> None:
    hosts = Hosts(given={Service.EXCHANGE: "http://127.0.0.1:8080"})
    assert hosts.root(Service.COMPLIANCE) == "http://127.0.0.1:8080"
    assert not hosts.may_have_token("https://eur01b.ps.compliance.protection.outlook.com/x", Service.COMPLIANCE)
    real = Hosts(given={Service.EXCHANGE: "https://outlook.office365.example"})
    assert real.root(Service.COMPLIANCE) == "https://ps.compliance.protection.outlook.com"


def test_without_an_initial_domain_there_is_no_sharepoint_call() -> None:
    with pytest.raises(CallError) as caught:
        Hosts().resolve(call("/_api/SPO.Tenant", Service.SHAREPOINT))
    assert caught.value.reason is Reason.REFUSED


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("/v1.0/users?$top=5", "https://graph.microsoft.com/v1.0/users?$top=5"),
        ("/v1.0/x?$filter=scopeId eq '/'", "https://graph.microsoft.com/v1.0/x?$filter=scopeId%20eq%20'/'"),
        ("/v1.0/x?$filter=a eq '#1'", "https://graph.microsoft.com/v1.0/x?$filter=a%20eq%20'%231'"),
        ("//evil.example/x", "https://graph.microsoft.com//evil.example/x"),
        ("https://graph.microsoft.com/beta/a?b=%2F", "https://graph.microsoft.com/beta/a?b=%2F"),
        ("HTTPS://Graph.Microsoft.com:443/beta/a", "https://graph.microsoft.com/beta/a"),
        ("https://graph.microsoft.com", "https://graph.microsoft.com/"),
    ],
)
def test_own_links_are_taken_behind_the_known_origin(url: str, whole: str) -> None:
    assert Hosts().resolve(call(url)) == whole


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/v1.0/users",
        "http://graph.microsoft.com/v1.0/users",
        "https://graph.microsoft.com:8443/v1.0/users",
        "https://graph.microsoft.com.evil.example/",
        "https://graph.microsoft.com@evil.example/",
        "https://user:secret@graph.microsoft.com/",
        "https://evil.example\\@graph.microsoft.com/",
        "https://evil.example#@graph.microsoft.com/",
        "https://graph.microsoft.com\n.evil.example/",
        "https://graph.microsoft.com:99999/",
        "https://[::1/",
        "ftp://graph.microsoft.com/",
        "@evil.example/",
        "users",
        "",
        "/v1.0/users\r\nAuthorization: x",
        "https://outlook.office365.com/v1.0",
    ],
)
def test_foreign_links_are_refused(url: str) -> None:
    with pytest.raises(CallError) as caught:
        Hosts().resolve(call(url))
    assert caught.value.reason is Reason.FOREIGN_LINK
    assert not Hosts().may_have_token(url, Service.GRAPH)


@given(st.text() | st.from_regex(r"https?://[a-z.@:/\\#?\[\]0-9 -]{0,60}", fullmatch=True))
@example("https://graph.microsoft.com:443:443/")
@example("https://ｇraph.microsoft.com/")
def test_whatever_the_link_it_leads_to_the_service_or_nowhere(url: str) -> None:
    try:
        whole = Hosts().resolve(call(url))
    except CallError:
        return
    assert whole.startswith("https://graph.microsoft.com/")


@pytest.mark.parametrize(
    ("host", "fits"),
    [
        ("eur01b.ps.compliance.protection.outlook.com", True),
        ("nam-1.b.ps.compliance.protection.outlook.com", True),
        ("ps.compliance.protection.outlook.com", True),
        ("evilps.compliance.protection.outlook.com", False),
        (".ps.compliance.protection.outlook.com", False),
        ("a..ps.compliance.protection.outlook.com", False),
        ("ps.compliance.protection.outlook.com.evil.example", False),
        ("eur01b.ps.compliance.protection.office365.us", False),
        ("eur01b.ps.compliance.protection.outlook.com:8443", False),
    ],
)
def test_the_regional_compliance_host_has_the_pinned_suffix(host: str, fits: bool) -> None:
    assert Hosts().may_have_token(f"https://{host}/adminapi", Service.COMPLIANCE) is fits
    assert not Hosts().may_have_token(f"http://{host}/adminapi", Service.COMPLIANCE)
    if fits:
        assert Hosts().resolve(call(f"https://{host}/a", Service.COMPLIANCE)) == f"https://{host}/a"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.8.8.8:8080/", "http://127.8.8.8:8080"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        (" https://Proxy.Example ", "https://proxy.example"),
    ],
)
def test_given_origins(text: str, origin: str) -> None:
    assert checked_origin(text) == origin


@pytest.mark.parametrize(
    "text",
    [
        "http://10.0.0.1",
        "http://proxy.example",
        "http://localhost.evil.example",
        "https://proxy.example/path",
        "https://proxy.example?x=1",
        "https://user:secret@proxy.example",
        "proxy.example",
        "",
        "https://",
        "ftp://127.0.0.1",
    ],
)
def test_what_is_no_origin_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        Hosts(given={Service.GRAPH: text})
    assert str(caught.value).endswith(".")
