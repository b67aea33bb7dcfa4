"""Sharing in SharePoint and OneDrive in one form, whichever of its two sources the snapshot holds.

Graph's `sharepointSettings` speaks in words and knows only the sharing level and the domain lists; the SharePoint
admin service's tenant object speaks in numbers and knows the links too (Set-SPOTenant documents the values). Where
both are there the admin service decides, since it is the source of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject
from tenantlint.snapshot import identity_of, spec_of

_TENANT = "sharepoint_tenant"
_SETTINGS = "sharepoint_settings"

# Set-SPOTenant -SharingCapability; the numbers are not in the order of openness.
_CAPABILITIES = {
    0: "disabled",
    1: "externalUserSharingOnly",
    2: "externalUserAndGuestSharing",
    3: "existingExternalUserSharingOnly",
}
_LEVELS = ("disabled", "existingExternalUserSharingOnly", "externalUserSharingOnly", "externalUserAndGuestSharing")
_ANYONE = "externalUserAndGuestSharing"
_LINK_TYPES = {0: "none", 1: "direct", 2: "internal", 3: "anonymousAccess"}
_PERMISSIONS = {0: "none", 1: "view", 2: "edit", 3: "upload"}
_RESTRICTIONS = {0: "none", 1: "allowList", 2: "blockList"}


def sharing(context: FactContext) -> dict[str, Any]:
    """Tell what may be shared, in Graph's words; null where the snapshot does not say, with `unknown` naming each.

    `{sharing_capability, sharing_rank, onedrive_sharing_capability, onedrive_sharing_rank, anyone_links,
    anonymous_link_expiry_days, file_anonymous_link_permission, folder_anonymous_link_permission, default_link_type,
    default_link_permission, domain_restriction: {mode, allowed, blocked}, resource, source, unknown}`. Ranks run from
    0 (disabled) to 3 (anyone). `anonymous_link_expiry_days` is 0 when such links never expire. `anyone_links`:
    whether links that need no sign-in can be made at all. `source` says which collections were read.
    """
    tenant = context.snapshot.singleton(_TENANT)
    settings = context.snapshot.singleton(_SETTINGS)
    numbers: JsonObject = tenant or {}
    words: JsonObject = settings or {}
    level = _named(numbers, _CAPABILITIES, "SharingCapability") or _word(words.get("sharingCapability"), _LEVELS)
    onedrive = _named(numbers, _CAPABILITIES, "ODBSharingCapability", "OneDriveSharingCapability")
    told = {
        "sharing_capability": level,
        "onedrive_sharing_capability": onedrive,
        "anyone_links": _anyone_links(level, onedrive),
        "anonymous_link_expiry_days": _expiry(numbers.get("RequireAnonymousLinksExpireInDays")),
        "file_anonymous_link_permission": _named(numbers, _PERMISSIONS, "FileAnonymousLinkType"),
        "folder_anonymous_link_permission": _named(numbers, _PERMISSIONS, "FolderAnonymousLinkType"),
        "default_link_type": _named(numbers, _LINK_TYPES, "DefaultSharingLinkType"),
        "default_link_permission": _named(numbers, _PERMISSIONS, "DefaultLinkPermission"),
    }
    restriction = _domain_restriction(numbers, words)
    unknown = [name for name, value in told.items() if value is None]
    if restriction["mode"] is None:
        unknown.append("domain_restriction")
    kind, name = ("sharepointTenant", _TENANT) if tenant is not None else ("sharepointSettings", _SETTINGS)
    return {
        **told,
        "sharing_rank": _rank(level),
        "onedrive_sharing_rank": _rank(onedrive),
        "domain_restriction": restriction,
        "resource": {
            "kind": kind,
            "id": identity_of(spec_of(name), tenant or settings or {}),
            "name": "SharePoint and OneDrive sharing",
        },
        "source": [name for name, found in ((_TENANT, tenant), (_SETTINGS, settings)) if found is not None],
        "unknown": unknown,
    }


def _anyone_links(level: str | None, onedrive: str | None) -> bool | None:
    """A known level of anyone decides; OneDrive alone not known is no more open than SharePoint.

    learn.microsoft.com/sharepoint/turn-external-sharing-on-or-off: OneDrive cannot be set above SharePoint.
    """
    if _ANYONE in (level, onedrive):
        return True
    return None if level is None else False


def _named(item: JsonObject, names: Mapping[int, str], *keys: str) -> str | None:
    """What the number under the first key that has a value means; the REST service also writes numbers as text."""
    for key in keys:
        number = _number(item.get(key))
        if number is not None:
            return names.get(number)
        word = _word(item.get(key), tuple(names.values()))
        if word is not None:
            return word
    return None


def _number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal():
        return int(value)
    return None


def _word(value: object, allowed: tuple[str, ...]) -> str | None:
    """The word in Graph's spelling, whatever its case (PowerShell writes ExternalUserSharingOnly)."""
    text = value.strip().lower() if isinstance(value, str) else ""
    return next((word for word in allowed if word.lower() == text), None)


def _expiry(value: object) -> int | None:
    """Days; 0 when links never expire, which the service writes as -1 or 0."""
    number = _number(value)
    return None if number is None else max(number, 0)


def _rank(level: str | None) -> int | None:
    return None if level is None else _LEVELS.index(level)


def _domain_restriction(numbers: JsonObject, words: JsonObject) -> dict[str, Any]:
    mode = _named(numbers, _RESTRICTIONS, "SharingDomainRestrictionMode")
    if mode is None:
        mode = _word(words.get("sharingDomainRestrictionMode"), tuple(_RESTRICTIONS.values()))
    return {
        "mode": mode,
        "allowed": _domains(numbers.get("SharingAllowedDomainList"), words.get("sharingAllowedDomainList")),
        "blocked": _domains(numbers.get("SharingBlockedDomainList"), words.get("sharingBlockedDomainList")),
    }


def _domains(text: object, listed: object) -> list[str]:
    """The admin service writes one text with blanks between the domains, Graph a list."""
    found = text.replace(",", " ").split() if isinstance(text, str) else listed
    return sorted({str(domain).lower() for domain in found}) if isinstance(found, list) else []


FACTS: tuple[Fact, ...] = (Fact(name="sharing", reads=(_TENANT, _SETTINGS), compute=sharing),)
