"""What an access token says of itself. Read, never verified: the services do that; we only plan and explain."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from tenantlint.errors import UsageError

AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
_AZURE_POWERSHELL = "1950a258-227b-4e31-a9cf-717495945fc2"
_FIRST_PARTY = {AZURE_CLI: "the Azure CLI", _AZURE_POWERSHELL: "Azure PowerShell"}
_LONGEST = 100_000  # characters; a token with 200 groups has some 10,000
_PART = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_UNREADABLE = "The token is no access token: a JWT of three parts, such as `az account get-access-token` prints."

# Audiences that mean the same as a service's own URL.
_AUDIENCES = {
    "00000003-0000-0000-c000-000000000000": "graph",
    "00000002-0000-0ff1-ce00-000000000000": "exchange",
    "00000007-0000-0ff1-ce00-000000000000": "compliance",
    "00000003-0000-0ff1-ce00-000000000000": "sharepoint",
    "48ac35b8-9aa8-4d74-927d-1f4a14a0b239": "teams",
}
_HOST_AUDIENCES = (
    (re.compile(r"(dod-)?graph\.microsoft\.(com|us)|microsoftgraph\.chinacloudapi\.cn"), "graph"),
    (re.compile(r"outlook(-dod)?\.office(365)?\.(com|us|cn)|partner\.outlook\.cn"), "exchange"),
    (re.compile(r"(l5\.)?ps\.compliance\.protection\.(outlook\.com|office365\.us|partner\.outlook\.cn)"), "compliance"),
    (re.compile(r"[a-z0-9-]+-admin\.sharepoint(-mil)?\.(com|us|cn)"), "sharepoint"),
)


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that matter here; the token itself is not kept.

    `audiences`: one, except in a test token that is to serve several services. `roles`: application permissions.
    `scopes`: delegated permissions, None in an application's token. `directory_roles`: template ids of the signed-in
    user's directory roles (`wids`). `expires`: None when it does not say.
    """

    audiences: tuple[str, ...]
    tenant: str
    application: str
    roles: frozenset[str]
    scopes: frozenset[str] | None
    directory_roles: frozenset[str]
    expires: datetime | None

    @property
    def is_delegated(self) -> bool:
        """Whether somebody signed in, so that it can do no more than that person."""
        return self.scopes is not None

    @property
    def granted(self) -> frozenset[str]:
        """Permissions of either kind."""
        return self.roles if self.scopes is None else self.scopes


def read(token: str) -> Claims:
    """The claims of a token. Raises UsageError for text that is none (and never repeats the text)."""
    parts = token.split(".") if len(token) <= _LONGEST else []
    if len(parts) != 3 or not _PART.fullmatch(parts[1]):
        raise UsageError(_UNREADABLE)
    body = parts[1].rstrip("=")
    try:
        found = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UsageError(_UNREADABLE)
    scopes = found.get("scp")
    return Claims(
        audiences=_audiences(found.get("aud")),
        tenant=_text(found.get("tid")),
        application=_text(found.get("appid")) or _text(found.get("azp")),
        roles=_names(found.get("roles")),
        scopes=frozenset(scopes.split()) if isinstance(scopes, str) else None,
        directory_roles=_names(found.get("wids")),
        expires=_moment(found.get("exp")),
    )


def granted(token: str) -> frozenset[str] | None:
    """The permissions in a token; None when it cannot be told (the token is opaque)."""
    try:
        return read(token).granted
    except UsageError:
        return None


def check(token: str, scope: str, now: datetime) -> Claims:
    """The claims of a token that is to be used for a scope.

    Raises UsageError: one sentence for a text that is no token, an expired token, or one for another service.
    """
    claims = read(token)
    if claims.expires is not None and claims.expires <= now:
        raise UsageError(f"The token expired on {claims.expires:%Y-%m-%d at %H:%M} UTC; get a fresh one.")
    if not fits(claims, scope):
        named = ", ".join(claims.audiences)[:100] or "nobody"
        raise UsageError(f"The token is for {named}, but one for {_resource(scope)} is needed.")
    return claims


def fits(claims: Claims, scope: str) -> bool:
    """Whether the token's audience is the service of the scope."""
    return _service(_resource(scope)) in map(_service, claims.audiences)


def remarks(token: str) -> list[str]:
    """Sentences that a person should see before a run with this token."""
    try:
        claims = read(token)
    except UsageError:
        return []
    said = []
    name = _FIRST_PARTY.get(claims.application)
    if name and claims.is_delegated:
        said.append(
            f"This is a token of {name}: it acts for the signed-in user and has no Policy.Read.All, AuditLog.Read.All "
            "or other reading permission of its own, so that most collections will be denied; sign in as an app "
            "registration to read them."
        )
    elif claims.is_delegated:
        said.append(
            "This token acts for a signed-in user: besides its permissions, that user's directory roles decide what "
            "can be read."
        )
    return said


def _service(audience: str) -> str:
    """One name for the spellings of a service's audience; the audience itself, marked, for others."""
    head = audience.lower().strip().removeprefix("https://").partition("/")[0].partition("@")[0]
    if head in _AUDIENCES:
        return _AUDIENCES[head]
    return next((name for pattern, name in _HOST_AUDIENCES if pattern.fullmatch(head)), f"other {audience}")


def _resource(scope: str) -> str:
    return scope.removesuffix("/.default")


def _audiences(value: object) -> tuple[str, ...]:
    return tuple(each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(value: object) -> frozenset[str]:
    return frozenset(each for each in value if isinstance(each, str)) if isinstance(value, list) else frozenset()


def _moment(value: object) -> datetime | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
