"""The options of `tenantlint collect`, and what they and the environment come to."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tenantlint.errors import UsageError

if TYPE_CHECKING:
    from tenantlint.collect.calls import Service
    from tenantlint.collect.credentials import Auth
    from tenantlint.collect.hosts import Hosts

_Command = TypeVar("_Command", bound=Callable[..., Any])
# Spelled here so that --help loads no collector; tests hold them against it.
_WAYS = ("default", "cli", "device-code", "certificate", "secret", "managed-identity", "workload", "token")
_CLOUDS = ("global", "usgov", "usgovdod", "china")
_SERVICES = ("graph", "exchange", "compliance", "teams", "sharepoint")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Duration(click.ParamType[float]):
    """Seconds, or a number with s, m or h: `90`, `30m`, `2h`."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d{1,6})([smh]?)", str(value).strip())
        if not found or int(found[1]) == 0:
            self.fail(f"`{value}` is no time; write 90s, 30m or 2h.", param, ctx)
        return float(int(found[1]) * _UNITS[found[2]])


def _options(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def with_all(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return with_all


signing_in = _options(
    click.option("--tenant", metavar="ID|DOMAIN", default="", help="The tenant (else AZURE_TENANT_ID)."),
    click.option("--auth", type=click.Choice(_WAYS), default="default", show_default=True, help="How to sign in."),
    click.option("--client-id", metavar="ID", default="", help="The app registration (else AZURE_CLIENT_ID)."),
    click.option("--certificate", metavar="FILE", help="PEM or PFX (else AZURE_CLIENT_CERTIFICATE_PATH)."),
    click.option(
        "--certificate-password-env",
        metavar="NAME",
        default="AZURE_CLIENT_CERTIFICATE_PASSWORD",
        show_default=True,
        help="The variable that holds its password.",
    ),
    click.option(
        "--secret-env",
        metavar="NAME",
        default="AZURE_CLIENT_SECRET",
        show_default=True,
        help="The variable that holds the client secret.",
    ),
    click.option(
        "--token-env",
        metavar="NAME",
        default="TENANTLINT_TOKEN",
        show_default=True,
        help="The variable that holds access tokens, one a service, with spaces between.",
    ),
    click.option("--cloud", type=click.Choice(_CLOUDS), default="global", show_default=True, help="Which cloud."),
)

choosing = _options(
    click.option("--include", multiple=True, metavar="AREA,...", help="Only these areas (repeatable)."),
    click.option("--exclude", multiple=True, metavar="AREA,...", help="Not these areas (repeatable)."),
    click.option("--sharepoint-admin", is_flag=True, help="Also SharePoint's admin settings; see --plan for the cost."),
    click.option("--sign-ins", type=click.IntRange(1, 30), metavar="DAYS", help="Also sign-ins, counted by kind."),
    click.option("--changes", type=click.IntRange(1, 30), metavar="DAYS", help="Also who changed what, from the log."),
    click.option("--no-dns", is_flag=True, help="Look up no mail records."),
)

reaching = _options(
    *(
        click.option(f"--{name}-url", metavar="ORIGIN", help=f"{title} is here (http: this machine only).")
        for name, title in zip(
            _SERVICES,
            ("Microsoft Graph", "Exchange Online", "Security & Compliance", "Teams", "SharePoint administration"),
            strict=True,
        )
    ),
    click.option("--dns-server", multiple=True, metavar="IP[:PORT]", help="Ask this name server (repeatable)."),
    click.option("--time-limit", type=Duration(), metavar="TIME", default="1h", show_default=True, help="For all."),
    click.option(
        "--area-time-limit", type=Duration(), metavar="TIME", default="30m", show_default=True, help="For each area."
    ),
)

pseudonymising = _options(
    click.option(
        "--pseudonymise-names",
        type=click.Choice(["people", "all"]),
        default="people",
        show_default=True,
        help="all: names of policies and applications too.",
    ),
    click.option("--pseudonymise-ids", is_flag=True, help="Ids of the tenant's objects too."),
    click.option("--pseudonymise-ips", is_flag=True, help="IP addresses and ranges too."),
)


def areas(given: tuple[str, ...]) -> tuple[str, ...]:
    """`--include users,groups --include roles` as one list."""
    return tuple(part.strip() for one in given for part in one.split(",") if part.strip())


def hosts_of(given: Mapping[str, Any]) -> Hosts:
    """The services' origins. Raises UsageError for one that is none."""
    from tenantlint.collect.calls import Service
    from tenantlint.collect.hosts import Cloud, Hosts

    origins: dict[Service, str] = {}
    for name in _SERVICES:
        origin = given.get(f"{name}_url")
        if origin:
            origins[Service(name)] = origin
    return Hosts(Cloud(given["cloud"]), origins)


def auth_of(given: Mapping[str, Any], hosts: Hosts, prompt: Callable[[str], None]) -> Auth:
    """How to sign in. Here, and nowhere below, the environment is read. Raises UsageError for a bad variable name."""
    from tenantlint.collect.calls import Service
    from tenantlint.collect.credentials import Auth, AzurePipelinesOidc, GitHubOidc, SignIn

    said = os.environ
    method = SignIn(given["auth"])
    token_file = said.get("AZURE_FEDERATED_TOKEN_FILE", "")
    certificate = given.get("certificate") or said.get("AZURE_CLIENT_CERTIFICATE_PATH", "")
    github_url, github_token = said.get("ACTIONS_ID_TOKEN_REQUEST_URL"), said.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
    connection, pipeline_token = said.get("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"), said.get("SYSTEM_ACCESSTOKEN")
    return Auth(
        method=method,
        cloud=hosts.cloud,
        tenant=tenant_of(given),
        client_id=given["client_id"] or said.get("AZURE_CLIENT_ID", ""),
        secret=_variable("--secret-env", given["secret_env"]) if method is SignIn.SECRET else "",
        certificate=Path(certificate) if certificate else None,
        certificate_password=_variable("--certificate-password-env", given["certificate_password_env"])
        if method is SignIn.CERTIFICATE
        else "",
        federated_token_file=Path(token_file) if token_file else None,
        github=GitHubOidc(github_url, github_token) if github_url and github_token else None,
        azure_pipelines=AzurePipelinesOidc(connection, pipeline_token) if connection and pipeline_token else None,
        tokens=tuple(_variable("--token-env", given["token_env"]).split()) if method is SignIn.TOKEN else (),
        any_audience=hosts.is_stand_in(Service.GRAPH),
        prompt=prompt,
    )


def tenant_of(given: Mapping[str, Any]) -> str:
    """The tenant that was asked for, "" for none."""
    return str(given["tenant"] or os.environ.get("AZURE_TENANT_ID", "")).strip()


def _variable(option: str, name: str) -> str:
    if not _VARIABLE.fullmatch(name):
        # Somebody may have given the secret itself: it must not come back on the screen.
        raise UsageError(f"{option} takes the name of an environment variable, not its value.")
    return os.environ.get(name, "")
