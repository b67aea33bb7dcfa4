"""One sign-in to be judged: the body of Graph's What-If call (`POST /identity/conditionalAccess/evaluate`).

Properties, words and defaults are Graph's (`signInIdentity`, `signInContext`, `signInConditions`; resource pages of
2025-07). What tenantlint adds, for sign-ins that Graph cannot name:

- `signInIdentity.memberOf` and `.roles`: group ids (a group stands for those that hold it, too) and role template
  ids of the person, in the place of what the directory says. With them, or with `externalUserType`, a person needs
  no `userId`; what is then not given is empty.
- `signInConditions.locations`: the ids of the named locations that the sign-in is in, and it is in no other.
- `devicePlatform` `unknown`: a device whose platform is not recognised. `all`, as in Graph, says nothing.
- `country` `unknown`: an address that belongs to no country.
- the application `other`: any application that no policy names.

`deviceInfo` that is left out says nothing; `{}` is a device that is not registered, whose attributes are all null.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.conditional_access.applications import USER_ACTION, is_context
from tenantlint.conditional_access.device_info import parse_device
from tenantlint.conditional_access.locations import address_number
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
    application_id,
)
from tenantlint.conditional_access.request_faults import fault, unknown_property
from tenantlint.conditional_access.sign_in import ACTIONS, NOBODY, UNKNOWN_COUNTRY, SignIn, request_body
from tenantlint.conditional_access.universe import UNKNOWN_PLATFORM
from tenantlint.directory import GUEST_TYPES

__all__ = ["SignIn", "parse_request", "request_body"]


def _words(*values: str, **others: str | None) -> dict[str, str | None]:
    """Words by their own and their lower-case spelling."""
    return {key: one for one in values for key in (one, one.casefold())} | others


_CLIENTS = _words(*CLIENT_APP_TYPES, all=None, eassupported="exchangeActiveSync")
_PLATFORMS = _words(*PLATFORMS, UNKNOWN_PLATFORM, all=None)
_RISKS = _words(*RISK_LEVELS, "hidden")
_INSIDER = _words(*INSIDER_RISK_LEVELS)
_FLOWS = _words(*TRANSFER_METHODS)
_TYPES = _words(*GUEST_TYPES, NOBODY)
_ACTIONS = {key.casefold(): urn for name, urn in ACTIONS.items() for key in (name, urn)}

_TOP = frozenset({"signInIdentity", "signInContext", "signInConditions", "appliedPoliciesOnly", "@odata.type"})
_USER = frozenset({"userId", "externalTenantId", "externalUserType", "memberOf", "roles", "@odata.type"})
_SERVICE = frozenset({"servicePrincipalId", "@odata.type"})
_CONTEXT = frozenset({"includeApplications", "authenticationContextValue", "userAction", "@odata.type"})
_CONDITIONS = frozenset(
    {
        "clientAppType",
        "devicePlatform",
        "deviceInfo",
        "ipAddress",
        "country",
        "locations",
        "signInRiskLevel",
        "userRiskLevel",
        "insiderRiskLevel",
        "servicePrincipalRiskLevel",
        "authenticationFlow",
        "@odata.type",
    }
)
_FLOW = frozenset({"transferMethod", "@odata.type"})
_EMPTY: Mapping[str, Any] = {}


def parse_request(body: Any, place: str = "the request") -> SignIn:
    """The sign-in that a What-If body describes. `place`: how errors name it, such as `requests.jsonl:12`.

    Raises InputError with one sentence when a property is unknown, has the wrong type, or says nothing usable.
    """
    if not isinstance(body, dict):
        raise fault(place, f"a request is an object, not {body!r:.40}")
    if not body.keys() <= _TOP:
        raise unknown_property(place, "", body, _TOP)
    identity = _object(body, "signInIdentity", place)
    conditions = _object(body, "signInConditions", place)
    if not conditions.keys() <= _CONDITIONS:
        raise unknown_property(place, "signInConditions.", conditions, _CONDITIONS)
    applied = body.get("appliedPoliciesOnly")
    if applied is not None and not isinstance(applied, bool):
        raise fault(place, f"`appliedPoliciesOnly` must be true or false, not {applied!r:.40}")
    flow = conditions.get("authenticationFlow")
    device = conditions.get("deviceInfo")
    country = _text(conditions, "country", place)
    return SignIn(
        **_identity(identity, place),
        resources=_resources(_object(body, "signInContext", place), place),
        client_app_type=_word(conditions, "clientAppType", _CLIENTS, None, place),
        platform=_word(conditions, "devicePlatform", _PLATFORMS, None, place),
        device=None if device is None else parse_device(device, place),
        ip_address=_address(conditions, place),
        country=None if country is None else _country(country, place),
        locations=_ids(conditions, "locations", place),
        sign_in_risk=_word(conditions, "signInRiskLevel", _RISKS, "none", place) or "none",
        user_risk=_word(conditions, "userRiskLevel", _RISKS, "none", place) or "none",
        insider_risk=_word(conditions, "insiderRiskLevel", _INSIDER, "none", place) or "none",
        service_principal_risk=_word(conditions, "servicePrincipalRiskLevel", _RISKS, "none", place) or "none",
        flow="none" if flow is None else _flow(flow, place),
        applied_only=bool(applied),
    )


def _identity(given: Mapping[str, Any], place: str) -> dict[str, Any]:
    if "servicePrincipalId" in given:
        if not given.keys() <= _SERVICE:
            raise unknown_property(place, "signInIdentity.", given, _SERVICE)
        identity = _text(given, "servicePrincipalId", place)
        if identity is None:
            raise fault(
                place, "`signInIdentity.servicePrincipalId` is empty", "write the object id of a service principal"
            )
        return {"service_principal_id": identity.casefold()}
    if not given.keys() <= _USER:
        raise unknown_property(place, "signInIdentity.", given, _USER | _SERVICE)
    user = _text(given, "userId", place)
    tenant = _text(given, "externalTenantId", place)
    found = {
        "user_id": user.casefold() if user else None,
        "external_user_type": _word(given, "externalUserType", _TYPES, None, place),
        "external_tenant_id": tenant.casefold() if tenant else None,
        "member_of": _ids(given, "memberOf", place),
        "roles": _ids(given, "roles", place),
    }
    if all(found[key] is None for key in ("user_id", "external_user_type", "member_of", "roles")):
        raise fault(place, "`signInIdentity` names nobody", "write a userId, or memberOf, roles or externalUserType")
    return found


def _resources(given: Mapping[str, Any], place: str) -> tuple[str, ...]:
    if not given.keys() <= _CONTEXT:
        raise unknown_property(place, "signInContext.", given, _CONTEXT)
    kinds = [key for key in ("includeApplications", "userAction", "authenticationContextValue") if given.get(key)]
    if len(kinds) != 1:
        raise fault(
            place,
            "`signInContext` must have one of includeApplications, userAction and authenticationContextValue, not "
            + (" and ".join(kinds) or "none"),
        )
    if kinds[0] == "includeApplications":
        return _applications(given, place)
    value = _text(given, kinds[0], place) or ""
    if kinds[0] == "userAction":
        action = _ACTIONS.get(value.casefold())
        if action is None:
            raise fault(place, f"`userAction` is {value!r:.60}", f"write one of {', '.join(ACTIONS)}")
        return (action,)
    if not is_context(value.casefold()):
        raise fault(place, f"`authenticationContextValue` is {value!r:.60}", "write one of c1 to c99")
    return (value.casefold(),)


def _applications(given: Mapping[str, Any], place: str) -> tuple[str, ...]:
    wanted = []
    for one in _list(given, "includeApplications", place):
        identity = application_id(one)
        if identity in {"all", "none"}:
            raise fault(
                place, f"`includeApplications` has {one}", "name applications; `other` is one that no policy names"
            )
        if identity.startswith(USER_ACTION) or is_context(identity):
            raise fault(
                place, f"`includeApplications` has {one!r:.60}", "put it in userAction or authenticationContextValue"
            )
        wanted.append(identity)
    return tuple(wanted)


def _flow(given: Any, place: str) -> str:
    if not isinstance(given, dict):
        raise fault(place, f"`signInConditions.authenticationFlow` must be an object, not {given!r:.40}")
    if not given.keys() <= _FLOW:
        raise unknown_property(place, "signInConditions.authenticationFlow.", given, _FLOW)
    return _word(given, "transferMethod", _FLOWS, "none", place) or "none"


def _address(conditions: Mapping[str, Any], place: str) -> str | None:
    address = _text(conditions, "ipAddress", place)
    if address is not None and address_number(address) is None:
        raise fault(place, f"`ipAddress` is {address!r:.60}", "write an IPv4 or IPv6 address")
    return address


def _country(country: str, place: str) -> str:
    if country.casefold() == UNKNOWN_COUNTRY:
        return UNKNOWN_COUNTRY
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise fault(place, f"`country` is {country!r:.60}", "write a code of two letters such as DE, or unknown")
    return country.upper()


def _word(
    given: Mapping[str, Any], key: str, words: Mapping[str, str | None], default: str | None, place: str
) -> str | None:
    value = given.get(key)
    if value is None:
        return default
    if isinstance(value, str):
        if value in words:
            return words[value]
        folded = value.casefold()
        if folded in words:
            return words[folded]
    known = dict.fromkeys(one for one in words.values() if one is not None)
    raise fault(place, f"`{key}` is {value!r:.60}", f"write one of {', '.join(known)}")


def _object(given: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
    value = given.get(key)
    if isinstance(value, dict):
        return value
    if value is None and key == "signInConditions":
        return _EMPTY
    if value is None:
        raise fault(place, f"`{key}` is missing", "write the body of Graph's What-If call")
    raise fault(place, f"`{key}` must be an object, not {value!r:.40}")


def _text(given: Mapping[str, Any], key: str, place: str) -> str | None:
    value = given.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise fault(place, f"`{key}` must be a text, not {value!r:.40}")
    return value.strip() or None


def _list(given: Mapping[str, Any], key: str, place: str) -> list[str]:
    value = given.get(key)
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise fault(place, f"`{key}` must be a list of texts, not {value!r:.40}")
    return [one.strip() for one in value]


def _ids(given: Mapping[str, Any], key: str, place: str) -> tuple[str, ...] | None:
    if given.get(key) is None:
        return None
    return tuple(sorted({one.casefold() for one in _list(given, key, place)}))
