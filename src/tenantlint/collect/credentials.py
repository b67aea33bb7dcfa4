"""Ways to sign in: the only importer of azure-identity.

Everything comes in through `Auth`; the command line reads the environment. (azure-identity's default chain reads its
own AZURE_* variables besides; that is what it is for.)
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from tenantlint.collect.error_text import cleaned
from tenantlint.collect.hosts import CLOUDS, Cloud
from tenantlint.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

_EXCHANGE_AUDIENCE = {  # what a federated token is made out to, by cloud
    Cloud.GLOBAL: "api://AzureADTokenExchange",
    Cloud.USGOV: "api://AzureADTokenExchangeUSGov",
    Cloud.USGOVDOD: "api://AzureADTokenExchangeUSGov",
    Cloud.CHINA: "api://AzureADTokenExchangeChina",
}
_LOGGERS = ("azure", "msal", "msal_extensions", "urllib3")


class SignInError(UsageError):
    """No token was to be had. One sentence, without any secret."""


class SignIn(StrEnum):
    """The ways to sign in; the values are those of `--auth`."""

    DEFAULT = "default"
    CLI = "cli"
    DEVICE_CODE = "device-code"
    CERTIFICATE = "certificate"
    SECRET = "secret"  # noqa: S105 - a way, not a secret
    MANAGED_IDENTITY = "managed-identity"
    WORKLOAD = "workload"
    TOKEN = "token"  # noqa: S105 - a way, not a token


@dataclass(frozen=True, slots=True)
class GitHubOidc:
    """Where a GitHub job gets its identity token: ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN."""

    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AzurePipelinesOidc:
    """An Azure DevOps job's service connection, and SYSTEM_ACCESSTOKEN. (SYSTEM_OIDCREQUESTURI is read from the
    environment by azure-identity itself.)
    """

    service_connection: str
    access_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Auth:
    """How to sign in. No secret shows in its repr.

    `tokens`: raw access tokens, each for a service of its own; `any_audience`: the first of them serves every service
    (for a stand-in on this machine). `prompt` gets the text that tells a person where to type the device code.
    """

    method: SignIn = SignIn.DEFAULT
    cloud: Cloud = Cloud.GLOBAL
    tenant: str = ""
    client_id: str = ""
    secret: str = field(default="", repr=False)
    certificate: Path | None = None
    certificate_password: str = field(default="", repr=False)
    federated_token_file: Path | None = None
    github: GitHubOidc | None = None
    azure_pipelines: AzurePipelinesOidc | None = None
    tokens: tuple[str, ...] = field(default=(), repr=False)
    any_audience: bool = False
    prompt: Callable[[str], None] | None = field(default=None, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Everything that must never be shown."""
        github = self.github.token if self.github else ""
        pipelines = self.azure_pipelines.access_token if self.azure_pipelines else ""
        found = (self.secret, self.certificate_password, github, pipelines, *self.tokens)
        return tuple(each for each in found if each)


def credential(auth: Auth) -> TokenCredential:
    """The azure-identity credential for the way of signing in. Raises UsageError, MissingExtraError."""
    try:
        import azure.identity  # noqa: F401
    except ImportError:
        raise MissingExtraError("collect", "collect") from None
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _check(auth)
    try:
        return _MADE[auth.method](auth)
    except (ValueError, TypeError, OSError) as error:
        # A certificate that cannot be read, a tenant that is none: the text is azure-identity's, not the secret's.
        raise SignInError(f"Sign-in is not possible: {sentence(str(error), auth)}") from None


def _check(auth: Auth) -> None:
    ours: dict[str, object] = {"tenant": auth.tenant, "application's client id": auth.client_id}
    federated = auth.federated_token_file or auth.github or auth.azure_pipelines
    needs: dict[SignIn, dict[str, object]] = {
        SignIn.SECRET: {**ours, "client secret": auth.secret},
        SignIn.CERTIFICATE: {**ours, "certificate file": auth.certificate},
        SignIn.WORKLOAD: {**ours, "federated token of a pod, a GitHub job or an Azure DevOps job": federated},
    }
    missing = [name for name, value in needs.get(auth.method, {}).items() if not value]
    if missing:
        raise SignInError(f"Sign-in with {auth.method.value!r} needs the {' and the '.join(missing)}.")


def _authority(auth: Auth) -> str:
    return CLOUDS[auth.cloud].authority


def _default(auth: Auth) -> TokenCredential:
    from azure.identity import DefaultAzureCredential

    return DefaultAzureCredential(
        authority=_authority(auth),
        managed_identity_client_id=auth.client_id or None,
        workload_identity_client_id=auth.client_id or None,
        additionally_allowed_tenants=["*"] if auth.tenant else [],
    )


def _cli(auth: Auth) -> TokenCredential:
    from azure.identity import AzureCliCredential

    return AzureCliCredential(tenant_id=auth.tenant, process_timeout=30)


def _device_code(auth: Auth) -> TokenCredential:
    from azure.identity import DeviceCodeCredential

    def prompt(address: str, code: str, _expires: datetime) -> None:
        if auth.prompt:
            auth.prompt(f"To sign in, open {address} and enter the code {code}.")

    chosen: dict[str, Any] = {"client_id": auth.client_id} if auth.client_id else {}
    return DeviceCodeCredential(
        **chosen,
        tenant_id=auth.tenant or "organizations",
        authority=_authority(auth),
        prompt_callback=prompt,
    )


def _certificate(auth: Auth) -> TokenCredential:
    from azure.identity import CertificateCredential

    return CertificateCredential(
        auth.tenant,
        auth.client_id,
        str(auth.certificate),
        password=auth.certificate_password or None,
        authority=_authority(auth),
        send_certificate_chain=True,
    )


def _secret(auth: Auth) -> TokenCredential:
    from azure.identity import ClientSecretCredential

    return ClientSecretCredential(auth.tenant, auth.client_id, auth.secret, authority=_authority(auth))


def _managed_identity(auth: Auth) -> TokenCredential:
    from azure.identity import ManagedIdentityCredential

    return ManagedIdentityCredential(client_id=auth.client_id or None)


def _workload(auth: Auth) -> TokenCredential:
    from azure.identity import AzurePipelinesCredential, ClientAssertionCredential, WorkloadIdentityCredential

    authority = _authority(auth)
    if auth.federated_token_file:
        return WorkloadIdentityCredential(
            tenant_id=auth.tenant,
            client_id=auth.client_id,
            token_file_path=str(auth.federated_token_file),
            authority=authority,
        )
    if auth.github:
        github, audience = auth.github, _EXCHANGE_AUDIENCE[auth.cloud]
        return ClientAssertionCredential(
            auth.tenant, auth.client_id, lambda: github_assertion(github, audience), authority=authority
        )
    pipelines = auth.azure_pipelines
    assert pipelines is not None, "checked before"  # noqa: S101
    return AzurePipelinesCredential(
        tenant_id=auth.tenant,
        client_id=auth.client_id,
        service_connection_id=pipelines.service_connection,
        system_access_token=pipelines.access_token,
        authority=authority,
    )


_MADE: dict[SignIn, Callable[[Auth], TokenCredential]] = {
    SignIn.DEFAULT: _default,
    SignIn.CLI: _cli,
    SignIn.DEVICE_CODE: _device_code,
    SignIn.CERTIFICATE: _certificate,
    SignIn.SECRET: _secret,
    SignIn.MANAGED_IDENTITY: _managed_identity,
    SignIn.WORKLOAD: _workload,
}


def github_assertion(github: GitHubOidc, audience: str) -> str:
    """A GitHub job's identity token, made out to Entra ID. Raises SignInError."""
    parts = urlsplit(github.url)
    if parts.scheme != "https" and parts.hostname != "127.0.0.1":
        raise SignInError("ACTIONS_ID_TOKEN_REQUEST_URL is no https address.")
    url = f"{github.url}{'&' if parts.query else '?'}audience={quote(audience, safe='')}"
    request = Request(url, headers={"Authorization": f"Bearer {github.token}", "Accept": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=30) as reply:  # noqa: S310 - the scheme was checked
            value = json.loads(reply.read(1_000_000))["value"]
    except (OSError, ValueError, KeyError, TypeError):  # URLError and HTTPError are OSErrors
        value = None
    if not isinstance(value, str) or not value:
        raise SignInError("GitHub gave no identity token: give the job `permissions: id-token: write`.")
    return value


def sentence(text: str, auth: Auth) -> str:
    """What azure-identity says, as one sentence without secrets, ids of the request and advice for programmers."""
    if text.startswith("DefaultAzureCredential failed"):  # a list of all that it tried: one that got an answer counts
        answered = re.search(r"AADSTS\d+:[^\n]*", text)
        if answered is None:
            return (
                "none of the default ways (environment variables, workload identity, managed identity, Azure CLI, "
                "Azure PowerShell) has a credential here; choose another way to sign in."
            )
        text = answered[0]
    kept = cleaned(text.partition("To mitigate this issue")[0], auth.secrets).removeprefix("Authentication failed: ")
    return f"{kept.rstrip('. ')}." if kept else "the reason was not given."
