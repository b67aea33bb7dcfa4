from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.unit.collect import certificates
from tests.unit.collect.entra import CLIENT, TENANT

from tenantlint.collect.credentials import (
    Auth,
    AzurePipelinesOidc,
    GitHubOidc,
    SignIn,
    SignInError,
    credential,
    github_assertion,
    sentence,
)
from tenantlint.collect.hosts import Cloud
from tenantlint.errors import MissingExtraError


def auth(method: SignIn, **more: object) -> Auth:
    return Auth(method=method, tenant=TENANT, client_id=CLIENT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (Auth(), "DefaultAzureCredential"),
        (auth(SignIn.DEFAULT), "DefaultAzureCredential"),
        (auth(SignIn.CLI), "AzureCliCredential"),
        (auth(SignIn.DEVICE_CODE), "DeviceCodeCredential"),
        (Auth(method=SignIn.DEVICE_CODE), "DeviceCodeCredential"),
        (auth(SignIn.SECRET, secret="s"), "ClientSecretCredential"),
        (auth(SignIn.MANAGED_IDENTITY), "ManagedIdentityCredential"),
        (Auth(method=SignIn.MANAGED_IDENTITY), "ManagedIdentityCredential"),
        (auth(SignIn.WORKLOAD, federated_token_file=Path("token")), "WorkloadIdentityCredential"),
        (auth(SignIn.WORKLOAD, github=GitHubOidc("https://x.example", "t")), "ClientAssertionCredential"),
    ],
)
def test_each_way_has_its_credential(given: Auth, kind: str) -> None:
    assert type(credential(given)).__name__ == kind


def test_an_azure_devops_job(monkeypatch: pytest.MonkeyPatch) -> None:
    given = auth(SignIn.WORKLOAD, azure_pipelines=AzurePipelinesOidc("connection", "t"))
    monkeypatch.setenv("SYSTEM_OIDCREQUESTURI", "https://dev.azure.example/oidc")
    assert type(credential(given)).__name__ == "AzurePipelinesCredential"


def test_a_certificate(tmp_path: Path) -> None:
    path, _ = certificates.make(tmp_path)
    assert type(credential(auth(SignIn.CERTIFICATE, certificate=path))).__name__ == "CertificateCredential"


@pytest.mark.parametrize("text", ["", "no certificate", "-----BEGIN PRIVATE KEY-----\nTOPSECRET\n-----END"])
def test_a_file_that_is_no_certificate_is_told_without_its_contents(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.pem"
    path.write_text(text)
    with pytest.raises(SignInError) as caught:
        credential(auth(SignIn.CERTIFICATE, certificate=path))
    assert str(caught.value).startswith("Sign-in is not possible: ")
    assert "TOPSECRET" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_certificate_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SignInError, match="not possible"):
        credential(auth(SignIn.CERTIFICATE, certificate=tmp_path / "none.pem"))


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (Auth(method=SignIn.SECRET, tenant=TENANT, client_id=CLIENT), "needs the client secret."),
        (Auth(method=SignIn.SECRET), "needs the tenant and the application's client id and the client secret."),
        (auth(SignIn.CERTIFICATE), "needs the certificate file."),
        (auth(SignIn.WORKLOAD), "needs the federated token of a pod, a GitHub job or an Azure DevOps job."),
    ],
)
def test_what_is_missing_is_named(given: Auth, missing: str) -> None:
    with pytest.raises(SignInError) as caught:
        credential(given)
    assert str(caught.value).endswith(missing)


def test_a_tenant_that_is_none_is_refused() -> None:
    with pytest.raises(SignInError, match="not possible"):
        credential(Auth(method=SignIn.SECRET, tenant="con/toso?", client_id=CLIENT, secret="s"))


@pytest.mark.parametrize(
    ("cloud", "authority"),
    [
        (Cloud.GLOBAL, "login.microsoftonline.com"),
        (Cloud.USGOV, "login.microsoftonline.us"),
        (Cloud.USGOVDOD, "login.microsoftonline.us"),
        (Cloud.CHINA, "login.chinacloudapi.cn"),
    ],
)
def test_each_cloud_signs_in_at_its_own_authority(cloud: Cloud, authority: str) -> None:
    made = credential(auth(SignIn.SECRET, secret="s", cloud=cloud))
    assert authority in str(vars(made)["_authority"])


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "azure.identity", None)
    with pytest.raises(MissingExtraError, match=r"tenantlint\[collect\]"):
        credential(Auth())


@contextmanager
def github_job(status: int, body: bytes) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    got: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            got.append((self.path, self.headers["Authorization"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/token?api-version=2", got
        finally:
            server.shutdown()
            thread.join()


def test_the_identity_token_of_a_github_job() -> None:
    with github_job(200, json.dumps({"value": "assertion"}).encode()) as (url, got):
        assert github_assertion(GitHubOidc(url, "job-token"), "api://AzureADTokenExchange") == "assertion"
    assert got == [("/token?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange", "Bearer job-token")]


@pytest.mark.parametrize(("status", "body"), [(403, b"{}"), (200, b"<html>"), (200, b"{}"), (200, b'{"value": 5}')])
def test_a_github_job_without_the_permission(status: int, body: bytes) -> None:
    with github_job(status, body) as (url, _), pytest.raises(SignInError, match="id-token: write") as caught:
        github_assertion(GitHubOidc(url, "job-token"), "x")
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("url", ["http://evil.example/x", "file:///etc/passwd", "x"])
def test_a_github_address_that_is_not_https_is_not_asked(url: str) -> None:
    with pytest.raises(SignInError, match="no https address"):
        github_assertion(GitHubOidc(url, "job-token"), "x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the reason was not given."),
        ("Azure CLI not found on path", "Azure CLI not found on path."),
        (
            "Authentication failed: Nope.\nTo mitigate this issue, please refer to the guidelines at https://x.example",
            "Nope.",
        ),
        (
            "DefaultAzureCredential failed to retrieve a token.\nAttempted credentials:\n\tEnvironmentCredential: "
            "AADSTS7000215: Invalid client secret provided.\n\tAzureCliCredential: Azure CLI not found on path",
            "AADSTS7000215: Invalid client secret provided.",
        ),
    ],
)
def test_what_azure_identity_says_becomes_a_sentence(text: str, said: str) -> None:
    assert sentence(text, Auth()) == said


def test_a_default_chain_without_any_credential_says_what_to_do() -> None:
    text = "DefaultAzureCredential failed to retrieve a token.\n\tAzureCliCredential: Azure CLI not found on path"
    assert "choose another way" in sentence(text, Auth())
