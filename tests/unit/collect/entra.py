"""A stand-in for the sign-in service, below azure-identity: its answers, and every request that it got."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import urllib3

TENANT = "7f1c0e5c-0000-4000-8000-000000000001"
CLIENT = "7f1c0e5c-0000-4000-8000-000000000002"


@dataclass
class Entra:
    """`refusal`: what the token endpoint answers instead of a token."""

    refusal: dict[str, Any] | None = None
    lasts: int = 3600
    asked: list[dict[str, str]] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def answer(self, url: str, body: object) -> requests.Response:
        parts = urlsplit(url)
        self.hosts.add(parts.hostname or "")
        root = f"https://{parts.hostname}/{TENANT}"
        if parts.path.endswith("/.well-known/openid-configuration"):
            return _reply(
                200,
                {
                    "issuer": f"{root}/v2.0",
                    "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
                    "token_endpoint": f"{root}/oauth2/v2.0/token",
                    "device_authorization_endpoint": f"{root}/oauth2/v2.0/devicecode",
                },
            )
        if parts.path.endswith("/common/discovery/instance"):
            return _reply(200, {"metadata": []})
        assert parts.path.endswith("/token"), url
        form = body if isinstance(body, dict) else {key: each[0] for key, each in parse_qs(str(body)).items()}
        self.asked.append({str(key): str(value) for key, value in form.items()})
        if self.refusal is not None:
            return _reply(401, self.refusal)
        token = f"access-token-{len(self.asked)}"
        return _reply(200, {"token_type": "Bearer", "expires_in": self.lasts, "access_token": token})

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of the network for the library that azure-identity sends with."""

        def request(_session: object, _method: str, url: str, **options: Any) -> requests.Response:
            return self.answer(url, options.get("data"))

        monkeypatch.setattr(requests.Session, "request", request)


def _reply(status: int, body: object) -> requests.Response:
    found = requests.Response()
    found.status_code = status
    found.headers["Content-Type"] = "application/json"
    content = json.dumps(body).encode()
    found._content = content
    found.raw = urllib3.HTTPResponse(io.BytesIO(content), preload_content=False)
    return found
