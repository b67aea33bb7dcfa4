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

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from tenantlint.conditional_access.applications import USER_ACTION, is_context
from tenantlint.conditional_access.device_filter import ATTRIBUTES, COLLECTIONS, Value
from tenantlint.conditional_access.devices import INTUNE
from tenantlint.conditional_access.devices import INTUNE
from tenantlint.conditional_access.locations import address_number
from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
    application_id,
)
from tenantlint.conditional_access.sign_in import ACTIONS, NOBODY, UNKNOWN_COUNTRY, SignIn, request_body
from tenantlint.conditional_access.universe import UNKNOWN_PLATFORM
from tenantlint.directory import GUEST_TYPES
from tenantlint.errors import InputError

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
        raise _fault(place, f"a request is an object, not {body!r:.40}")
    if not body.keys() <= _TOP:
        raise _unknown(place, "", body, _TOP)
    identity = _object(body, "signInIdentity", place)
    conditions = _object(body, "signInConditions", place)
    if not conditions.keys() <= _CONDITIONS:
        raise _unknown(place, "signInConditions.", conditions, _CONDITIONS)
    applied = body.get("appliedPoliciesOnly")
    if applied is not None and not isinstance(applied, bool):
        raise _fault(place, f"`appliedPoliciesOnly` must be true or false, not {applied!r:.40}")
    flow = conditions.get("authenticationFlow")
    device = conditions.get("deviceInfo")
    country = _text(conditions, "country", place)
    return SignIn(
        **_identity(identity, place),
        resources=_resources(_object(body, "signInContext", place), place),
        client_app_type=_word(conditions, "clientAppType", _CLIENTS, None, place),
        platform=_word(conditions, "devicePlatform", _PLATFORMS, None, place),
        device=None if device is None else _device(device, place),
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
            raise _unknown(place, "signInIdentity.", given, _SERVICE)
        identity = _text(given, "servicePrincipalId", place)
        if identity is None:
            raise _fault(
                place, "`signInIdentity.servicePrincipalId` is empty", "write the object id of a service principal"
            )
        return {"service_principal_id": identity.casefold()}
    if not given.keys() <= _USER:
        raise _unknown(place, "signInIdentity.", given, _USER | _SERVICE)
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
        raise _fault(place, "`signInIdentity` names nobody", "write a userId, or memberOf, roles or externalUserType")
    return found


def _resources(given: Mapping[str, Any], place: str) -> tuple[str, ...]:
    if not given.keys() <= _CONTEXT:
        raise _unknown(place, "signInContext.", given, _CONTEXT)
    kinds = [key for key in ("includeApplications", "userAction", "authenticationContextValue") if given.get(key)]
    if len(kinds) != 1:
        raise _fault(
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
            raise _fault(place, f"`userAction` is {value!r:.60}", f"write one of {', '.join(ACTIONS)}")
        return (action,)
    if not is_context(value.casefold()):
        raise _fault(place, f"`authenticationContextValue` is {value!r:.60}", "write one of c1 to c99")
    return (value.casefold(),)


def _applications(given: Mapping[str, Any], place: str) -> tuple[str, ...]:
    wanted = []
    for one in _list(given, "includeApplications", place):
        identity = application_id(one)
        if identity in {"all", "none"}:
            raise _fault(
                place, f"`includeApplications` has {one}", "name applications; `other` is one that no policy names"
            )
        if identity.startswith(USER_ACTION) or is_context(identity):
            raise _fault(
                place, f"`includeApplications` has {one!r:.60}", "put it in userAction or authenticationContextValue"
            )
        wanted.append(identity)
    return tuple(wanted)


def _device(given: Any, place: str) -> tuple[tuple[str, Value], ...]:
    """Attributes as filter rules read them. Graph's `ownership` is `deviceOwnership` there, and its trust type
    `EntraID` is `AzureAD`. A registered device whose compliance is not given is not compliant (Graph's default);
    extension attributes are readable only of devices that are compliant, hybrid joined or managed by Intune.
    """
    if not isinstance(given, dict):
        raise _fault(place, f"`signInConditions.deviceInfo` must be an object, not {given!r:.40}")
    found: dict[str, Value] = {}
    for key, value in given.items():
        name = _ATTRIBUTES.get(key.casefold())
        if name is None:
            if key != "@odata.type":
                raise _unknown(place, "signInConditions.deviceInfo.", given, {*ATTRIBUTES.values(), "@odata.type"})
            continue
        if value is None:
            continue
        found[name] = _attribute(name, value, place)
    if found and "isCompliant" not in found:
        found["isCompliant"] = "False"
    trust = str(found.get("trustType") or "").casefold()
    if trust == "entraid":
        found["trustType"] = "AzureAD"
    managed = str(found.get("mdmAppId") or "").casefold() == INTUNE
    if found.get("isCompliant") != "True" and trust != "serverad" and not managed:
        found = {name: value for name, value in found.items() if not name.startswith("extensionAttribute")}
    return tuple(sorted(found.items()))


_ATTRIBUTES = {**ATTRIBUTES, "ownership": "deviceOwnership"}


def _attribute(name: str, value: Any, place: str) -> Value:
    if name == "isCompliant":
        if isinstance(value, bool) or str(value).casefold() in {"true", "false"}:
            return "True" if str(value).casefold() == "true" else "False"
        raise _fault(place, f"`deviceInfo.isCompliant` must be true or false, not {value!r:.40}")
    if name in COLLECTIONS:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise _fault(place, f"`deviceInfo.{name}` must be a list of texts, not {value!r:.40}")
    if not isinstance(value, str):
        raise _fault(place, f"`deviceInfo.{name}` must be a text, not {value!r:.40}")
    return value


def _flow(given: Any, place: str) -> str:
    if not isinstance(given, dict):
        raise _fault(place, f"`signInConditions.authenticationFlow` must be an object, not {given!r:.40}")
    if not given.keys() <= _FLOW:
        raise _unknown(place, "signInConditions.authenticationFlow.", given, _FLOW)
    return _word(given, "transferMethod", _FLOWS, "none", place) or "none"


def _address(conditions: Mapping[str, Any], place: str) -> str | None:
    address = _text(conditions, "ipAddress", place)
    if address is not None and address_number(address) is None:
        raise _fault(place, f"`ipAddress` is {address!r:.60}", "write an IPv4 or IPv6 address")
    return address


def _country(country: str, place: str) -> str:
    if country.casefold() == UNKNOWN_COUNTRY:
        return UNKNOWN_COUNTRY
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise _fault(place, f"`country` is {country!r:.60}", "write a code of two letters such as DE, or unknown")
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
    raise _fault(place, f"`{key}` is {value!r:.60}", f"write one of {', '.join(known)}")


def _object(given: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
    value = given.get(key)
    if isinstance(value, dict):
        return value
    if value is None and key == "signInConditions":
        return _EMPTY
    if value is None:
        raise _fault(place, f"`{key}` is missing", "write the body of Graph's What-If call")
    raise _fault(place, f"`{key}` must be an object, not {value!r:.40}")


def _text(given: Mapping[str, Any], key: str, place: str) -> str | None:
    value = given.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _fault(place, f"`{key}` must be a text, not {value!r:.40}")
    return value.strip() or None


def _list(given: Mapping[str, Any], key: str, place: str) -> list[str]:
    value = given.get(key)
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise _fault(place, f"`{key}` must be a list of texts, not {value!r:.40}")
    return [one.strip() for one in value]


def _ids(given: Mapping[str, Any], key: str, place: str) -> tuple[str, ...] | None:
    if given.get(key) is None:
        return None
    return tuple(sorted({one.casefold() for one in _list(given, key, place)}))


def _unknown(place: str, prefix: str, given: Mapping[str, Any], known: Collection[str]) -> InputError:
    key = next(key for key in given if key not in known)
    near = get_close_matches(str(key), [one for one in known if "@" not in one], n=1)
    return _fault(
        place, f"there is no property `{prefix}{repr(key)[1:61]}`", f"did you mean {near[0]}" if near else None
    )


def _fault(place: str, problem: str, mend: str | None = None) -> InputError:
    return InputError(problem, file=place, mend=mend)
