"""From what people write on a command line to a What-If request: names become ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tenantlint.conditional_access import applications
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.policy import application_id
from tenantlint.conditional_access.request import SignIn, parse_request
from tenantlint.conditional_access.sign_in import DEVICES, request_body
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.directory.role_names import built_in_role_names
from tenantlint.errors import InputError, UsageError

OUTSIDE = "outside"
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sign-in as options say it: names or ids. `device`: a state; `device_attributes`: NAME=VALUE."""

    user: str | None = None
    groups: Sequence[str] = ()
    roles: Sequence[str] = ()
    guest: str | None = None
    home_tenant: str | None = None
    applications: Sequence[str] = ()
    action: str | None = None
    context: str | None = None
    client: str | None = None
    platform: str | None = None
    device: str | None = None
    device_attributes: Sequence[str] = ()
    ip: str | None = None
    country: str | None = None
    locations: Sequence[str] = ()
    sign_in_risk: str | None = None
    user_risk: str | None = None
    insider_risk: str | None = None
    flow: str | None = None


def sign_in_of(asked: Asked, tenant: Tenant) -> SignIn:
    """The sign-in that options mean in a tenant. Raises UsageError for a name that is not there or not clear."""
    names = Names(tenant)
    body = {
        "signInIdentity": _given(
            userId=None if asked.user is None else names.user(asked.user),
            memberOf=[names.group(one) for one in asked.groups] or None,
            roles=[names.role(one) for one in asked.roles] or None,
            externalUserType=asked.guest,
            externalTenantId=asked.home_tenant,
        ),
        "signInContext": _given(
            includeApplications=[names.application(one) for one in asked.applications] or None,
            userAction=asked.action,
            authenticationContextValue=asked.context,
        ),
        "signInConditions": _given(
            clientAppType=asked.client,
            devicePlatform=asked.platform,
            deviceInfo=_device(asked),
            ipAddress=asked.ip,
            country=asked.country,
            locations=names.locations(asked.locations),
            signInRiskLevel=asked.sign_in_risk,
            userRiskLevel=asked.user_risk,
            insiderRiskLevel=asked.insider_risk,
            authenticationFlow=None if asked.flow is None else {"transferMethod": asked.flow},
        ),
    }
    if not body["signInIdentity"]:
        raise UsageError("Say who signs in: --user, or --group, --role or --guest for somebody who is not listed.")
    if len(body["signInContext"]) != 1:
        raise UsageError("Say what is signed in to: --application, or one of --action and --context.")
    try:
        return parse_request(body)
    except InputError as error:
        raise UsageError(InputError(error.problem, mend=error.mend).sentence()) from None


def _given(**values: Any) -> dict[str, Any]:
    return {key: one for key, one in values.items() if one is not None}


def _device(asked: Asked) -> dict[str, Any] | None:
    if asked.device is None and not asked.device_attributes:
        return None
    states = {state.casefold(): state for state in DEVICES}
    state = states.get((asked.device or "unregistered").casefold())
    if state is None:
        raise UsageError(f"There is no device state `{asked.device}`; write one of {', '.join(DEVICES)}.")
    plain = SignIn(resources=(applications.OTHER,), device=DEVICES[state])
    found: dict[str, Any] = dict(request_body(plain)["signInConditions"]["deviceInfo"])
    for one in asked.device_attributes:
        name, sign, value = one.partition("=")
        if not sign:
            raise UsageError(f"--device-attribute {one}: write it as NAME=VALUE, for example model=Surface.")
        collection = name.strip().casefold() in {"physicalids", "systemlabels"}
        found[name.strip()] = value.split(",") if collection else value
    return found


class Names:
    """Ids of what people write by name. Each raises UsageError for a name that is not there or not clear."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._naming = Naming(tenant)

    def user(self, text: str) -> str:
        """A user by id, user principal name, mail address or display name."""
        directory = self._tenant.directory
        wanted = text.casefold()
        if directory is not None:
            if wanted in directory.user_ids:
                return wanted
            items = [user for one in sorted(directory.user_ids) if (user := directory.user(one))]
            for key in ("userPrincipalName", "mail", "displayName"):
                found = [str(one["id"]) for one in items if str(one.get(key) or "").casefold() == wanted]
                if found:
                    return _one("user", text, found)
            known = [str(one.get("userPrincipalName") or one.get("displayName") or one["id"]) for one in items]
        else:
            known = []
        return _id_or_error("user", text, known)

    def group(self, text: str) -> str:
        directory = self._tenant.directory
        items = directory.snapshot.collection("groups").items if directory else ()
        found = [str(one["id"]) for one in items if text.casefold() == str(one.get("displayName") or "").casefold()]
        if found:
            return _one("group", text, found)
        ids = {str(one["id"]).casefold() for one in items} | {
            group for one in self._tenant.policies for group in one.include.groups | one.exclude.groups
        }
        if text.casefold() in ids:
            return text
        return _id_or_error("group", text, [str(one.get("displayName") or one["id"]) for one in items])

    def role(self, text: str) -> str:
        directory = self._tenant.directory
        listed = directory.roles(directory.snapshot.collected_at).names if directory else {}
        by_id: Mapping[str, str] = {**listed, **built_in_role_names()}
        found = sorted(one for one, name in by_id.items() if name.casefold() == text.casefold())
        if found:
            return _one("role", text, found)
        return text if text.casefold() in by_id else _id_or_error("role", text, by_id.values())

    def application(self, text: str) -> str:
        identity = application_id(text)
        if identity in applications.suites() or identity == applications.OTHER:
            return identity
        by_name = self._naming.application_ids()
        names = [self._naming.application(one) for one in by_name.values()]
        return by_name.get(text.casefold()) or _id_or_error("application", text, names)

    def locations(self, texts: Sequence[str]) -> list[str] | None:
        """Ids of named locations; `outside` alone is none of them."""
        if not texts:
            return None
        if OUTSIDE in texts and len(texts) > 1:
            raise UsageError("--location outside means in no named location; leave the others out.")
        return [] if OUTSIDE in texts else [self._location(one) for one in texts]

    def _location(self, text: str) -> str:
        locations = self._tenant.locations
        wanted = text.casefold()
        if wanted in locations.by_id:
            return wanted
        found = [key for key, one in locations.by_id.items() if one.name.casefold() == wanted]
        if found:
            return _one("named location", text, found)
        names = [*(one.name for one in locations.by_id.values()), OUTSIDE]
        return _id_or_error("named location", text, names)


def _one(kind: str, text: str, found: Sequence[str]) -> str:
    if len(found) > 1:
        raise UsageError(f"{len(found)} {kind}s are called `{text}`; write one of the ids {', '.join(sorted(found))}.")
    return found[0]


def _id_or_error(kind: str, text: str, known: Iterable[str]) -> str:
    """The text where it is an id, which may be one that the snapshot does not list."""
    if _GUID.fullmatch(text.casefold()):
        return text.casefold()
    by_folded = {one.casefold(): one for one in known}
    near = [by_folded[one] for one in get_close_matches(text.casefold(), by_folded, n=3)]
    hint = f"; did you mean {' or '.join(near)}?" if near else "; write its name as the snapshot has it, or its id."
    raise UsageError(f"There is no {kind} `{text}` in the snapshot{hint}")
