"""Which host each service has, which scope its token has, and which links may have that token.

A token goes to the origin (scheme, host and port) of its own service and nowhere else. Security & Compliance alone
sends its callers to a regional host: there the suffix is pinned. A link is never sent as it came: its path and query
are put behind the origin that was checked, so that no other reading of the link can lead elsewhere.

Sources: Graph, login: Microsoft's pages on national clouds. Exchange and Security & Compliance: Microsoft's pages on
`Connect-ExchangeOnline` and `Connect-IPPSSession` (the DoD token is for the name without `l5.`). SharePoint: section
3.5 of the reference. Teams: section 3.6, the other clouds as the MicrosoftTeams module uses them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from tenantlint.collect.calls import Call, CallError, Reason, Service
from tenantlint.errors import UsageError

_DEFAULT_PORTS = {"https": 443, "http": 80}
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LABELS = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_TEAMS_SCOPE = "48ac35b8-9aa8-4d74-927d-1f4a14a0b239/.default"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")


class Cloud(StrEnum):
    """One of Microsoft's separate clouds. GCC lives in `global`; `usgov` is GCC High."""

    GLOBAL = "global"
    USGOV = "usgov"
    USGOVDOD = "usgovdod"
    CHINA = "china"


@dataclass(frozen=True, slots=True)
class CloudHosts:
    """Host names of one cloud. `initial`: the domain below which tenants get their initial domain."""

    authority: str
    graph: str
    exchange: str
    compliance: str
    compliance_resource: str
    teams: str
    sharepoint: str
    initial: str


CLOUDS: Mapping[Cloud, CloudHosts] = {
    Cloud.GLOBAL: CloudHosts(
        authority="login.microsoftonline.com",
        graph="graph.microsoft.com",
        exchange="outlook.office365.com",
        compliance="ps.compliance.protection.outlook.com",
        compliance_resource="ps.compliance.protection.outlook.com",
        teams="api.interfaces.records.teams.microsoft.com",
        sharepoint="sharepoint.com",
        initial="onmicrosoft.com",
    ),
    Cloud.USGOV: CloudHosts(
        authority="login.microsoftonline.us",
        graph="graph.microsoft.us",
        exchange="outlook.office365.us",
        compliance="ps.compliance.protection.office365.us",
        compliance_resource="ps.compliance.protection.office365.us",
        teams="api.interfaces.records.gov.teams.microsoft.us",
        sharepoint="sharepoint.us",
        initial="onmicrosoft.us",
    ),
    Cloud.USGOVDOD: CloudHosts(
        authority="login.microsoftonline.us",
        graph="dod-graph.microsoft.us",
        exchange="outlook-dod.office365.us",
        compliance="l5.ps.compliance.protection.office365.us",
        compliance_resource="ps.compliance.protection.office365.us",
        teams="api.interfaces.records.dod.teams.microsoft.us",
        sharepoint="sharepoint-mil.us",
        initial="onmicrosoft.us",
    ),
    Cloud.CHINA: CloudHosts(
        authority="login.chinacloudapi.cn",
        graph="microsoftgraph.chinacloudapi.cn",
        exchange="partner.outlook.cn",
        compliance="ps.compliance.protection.partner.outlook.cn",
        compliance_resource="ps.compliance.protection.partner.outlook.cn",
        teams="api.interfaces.records.teams.microsoftonline.cn",
        sharepoint="sharepoint.cn",
        initial="partner.onmschina.cn",
    ),
}


class Hosts:
    """The origins of one run.

    `given`: origins that replace those of the cloud. Raises UsageError for one that is no origin, or that is plain
    http and not this machine. The SharePoint admin host follows from the tenant's initial domain, which is known only
    after the organisation was read: `learn_initial_domain`.
    """

    def __init__(self, cloud: Cloud = Cloud.GLOBAL, given: Mapping[Service, str] | None = None) -> None:
        self.cloud = cloud
        names = CLOUDS[cloud]
        self.authority = names.authority
        self._names = names
        self._given = {service: checked_origin(text) for service, text in (given or {}).items()}
        if Service.EXCHANGE in self._given and _loopback(self._given[Service.EXCHANGE]):
            # A stand-in for Exchange stands in for Security & Compliance too, unless that has one of its own.
            self._given.setdefault(Service.COMPLIANCE, self._given[Service.EXCHANGE])
        self._origins = {
            Service.GRAPH: f"https://{names.graph}",
            Service.EXCHANGE: f"https://{names.exchange}",
            Service.COMPLIANCE: f"https://{names.compliance}",
            Service.TEAMS: f"https://{names.teams}",
        } | self._given
        self._sharepoint_scope = ""

    def learn_initial_domain(self, domain: str) -> None:
        """Derive the SharePoint admin host, unless one was given. An unusual domain gives none."""
        suffix = f".{self._names.initial}"
        tenant = domain.lower().removesuffix(suffix)
        if domain.lower().endswith(suffix) and re.fullmatch(_LABEL, tenant):
            self._sharepoint_scope = f"https://{tenant}-admin.{self._names.sharepoint}"
            self._origins.setdefault(Service.SHAREPOINT, self._sharepoint_scope)

    def root(self, service: Service) -> str:
        """The origin of the service, or "" while the SharePoint admin host is not known (and for DNS)."""
        return self._origins.get(service, "")

    def scope(self, service: Service) -> str:
        """The scope that a token for the service is asked for. The same for a stand-in as for the real service."""
        names = self._names
        if service is Service.SHAREPOINT:
            given = self._given.get(service, "")
            own = "" if _loopback(given) else given
            return f"{own or self._sharepoint_scope or given}/.default"
        if service is Service.TEAMS:
            return _TEAMS_SCOPE
        resources = {
            Service.GRAPH: names.graph,
            Service.EXCHANGE: names.exchange,
            Service.COMPLIANCE: names.compliance_resource,
        }
        return f"https://{resources[service]}/.default"

    def is_stand_in(self, service: Service) -> bool:
        """Whether the service's origin is on this machine."""
        return _loopback(self._origins.get(service, ""))

    def may_have_token(self, url: str, service: Service) -> bool:
        """Whether a request to the url may carry the token of the service."""
        return self._origin_for(url, service) is not None

    def resolve(self, call: Call) -> str:
        """The whole url of a call. Raises CallError: foreign_link, or refused while there is no host to ask."""
        if _UNSAFE.search(call.url):
            raise CallError(call, Reason.FOREIGN_LINK, message="the link holds characters that no link may hold")
        if call.url.startswith("/"):
            origin = self.root(call.service)
            if not origin:
                raise CallError(call, Reason.REFUSED, message="the service's host is not known for this tenant")
            return f"{origin}{_encoded(call.url)}"
        found = self._origin_for(call.url, call.service)
        if found is None:
            raise CallError(
                call, Reason.FOREIGN_LINK, message="the link leads to another host, which may not have the token"
            )
        parts = urlsplit(call.url)
        return found + _encoded(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")

    def _origin_for(self, url: str, service: Service) -> str | None:
        origin = _origin(url)
        if origin is None:
            return None
        if origin == self._origins.get(service):
            return origin
        regional = service is Service.COMPLIANCE and service not in self._given
        # What is compared has one spelling: no port, no user name and no stray dot can stand in it.
        if regional and origin.startswith("https://") and origin.endswith(f".{self._names.compliance_resource}"):
            return origin
        return None


def checked_origin(text: str) -> str:
    """An origin that a person gave, in its one spelling (`https://host`, `http://127.0.0.1:8080`).

    Raises UsageError.
    """
    parts = _split(text.strip())
    origin = None if parts is None else _origin(text.strip())
    if parts is None or origin is None or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise UsageError(f"{text!r} is no origin: give scheme, host and port only, such as https://host.example:8443.")
    if parts.scheme.lower() == "http" and not _loopback(origin):
        raise UsageError(f"{text!r} is plain http, which would show the token to the network: use https.")
    return origin


def _encoded(path: str) -> str:
    """With what a request line cannot hold written as it must be; what is encoded already stays."""
    return path.replace(" ", "%20").replace("#", "%23")


def _loopback(origin: str) -> bool:
    parts = _split(origin)
    name = "" if parts is None else (parts.hostname or "")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _split(url: str) -> SplitResult | None:
    if _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return None
    return parts


def _origin(url: str) -> str | None:
    """Scheme, host and port in one spelling; None for a link without them, or with a user name in it."""
    parts = _split(url)
    if parts is None or parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    scheme, host = parts.scheme.lower(), parts.hostname.lower()
    if ":" in host:
        host = f"[{host}]"
    elif not _LABELS.fullmatch(host):
        return None
    usual = parts.port is None or parts.port == _DEFAULT_PORTS[scheme]
    return f"{scheme}://{host}" if usual else f"{scheme}://{host}:{parts.port}"
