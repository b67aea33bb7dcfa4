"""Unsigned access tokens with the claims of an application's token in Entra ID."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

APP_ID = "7a1f0e5c-0000-4000-8000-00000000c011"
OBJECT_ID = "7a1f0e5c-0000-4000-8000-00000000c012"
_EXPIRES = 4102444800  # 2100-01-01
# What a token for each service is issued to. Entra writes the GUID or the URI, depending on the application.
AUDIENCES = {
    "graph": ("https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"),
    "exchange": ("https://outlook.office365.com", "00000002-0000-0ff1-ce00-000000000000"),
    "compliance": ("https://ps.compliance.protection.outlook.com", "00000007-0000-0ff1-ce00-000000000000"),
    "teams": ("48ac35b8-9aa8-4d74-927d-1f4a14a0b239",),
    "sharepoint": ("https://sharepoint.emulated.example", "00000003-0000-0ff1-ce00-000000000000"),
}


def make(
    *,
    tenant: str,
    roles: Iterable[str],
    services: Collection[str] = tuple(AUDIENCES),
    expires: int = _EXPIRES,
    scopes: str | None = None,
) -> str:
    """An application's token with these `roles`, or with `scopes` a user's. One service: `aud` is a string.

    Entra issues one token a resource. A static token that is to serve every service names them all in `aud`.
    """
    audiences = [AUDIENCES[name][0] for name in services]
    claims: dict[str, Any] = {
        "aud": audiences if len(audiences) > 1 else audiences[0],
        "iss": f"https://sts.windows.net/{tenant}/",
        "iat": 1700000000,
        "nbf": 1700000000,
        "exp": expires,
        "appid": APP_ID,
        "app_displayname": "tenantlint against the emulator",
        "idtyp": "user" if scopes is not None else "app",
        "oid": OBJECT_ID,
        "tid": tenant,
        "ver": "1.0",
    }
    if scopes is None:
        claims["roles"] = sorted(roles)
    else:
        claims["scp"] = scopes
    return f"{_part({'typ': 'JWT', 'alg': 'none'})}.{_part(claims)}."


def read(authorization: str | None) -> dict[str, Any] | None:
    """The claims of a bearer token, or None when the header holds none that can be read."""
    scheme, _, token = (authorization or "").partition(" ")
    parts = token.strip().split(".")
    if scheme.lower() != "bearer" or len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return claims if isinstance(claims, dict) else None


def fits(claims: dict[str, Any], service: str) -> bool:
    """Whether the token was issued for this service."""
    given = claims.get("aud")
    audiences = given if isinstance(given, list) else [given]
    return any(str(one).rstrip("/") in AUDIENCES[service] for one in audiences)


def expired(claims: dict[str, Any], now: datetime) -> bool:
    return float(claims.get("exp", 0)) <= now.timestamp()


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
