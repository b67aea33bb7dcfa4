"""ScubaGear's own exception list (`scuba_config`) as imported exceptions.

Its settings: `CapExclusions` and `RoleExclusions` under a policy id, `AllowedForwardingDomains`, and at the top
`OmitPolicy` (policy ids with Rationale and Expiration). ScubaGear's documentation of its configuration file
names them; the letter case of keys differs from export to export, and so does that of policy ids.

What they come to is documented in `read_configuration`. Imported exceptions are active and nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tenantlint.errors import InputError
from tenantlint.model import Exemption
from tenantlint.sources.readers.scubagear.export import Export
from tenantlint.sources.readers.scubagear.keys import CONFIGURATION
from tenantlint.sources.wording import lookup, moment

_POLICY_ID = re.compile(r"MS\.([A-Z]+)\.(\d+)\.(\d+)V(\d+)")
_PRODUCTS = ("Aad", "SecuritySuite", "Defender", "Exo", "Teams", "SharePoint")
_EXCLUSIONS = ("CapExclusions", "RoleExclusions")
_PRINCIPALS = ("Users", "Groups", "Roles", "GuestUserTypes")


def read_configuration(export: Export) -> tuple[tuple[Exemption, ...], tuple[InputError, ...]]:
    """The exceptions of `scuba_config`, and a problem for each that cannot be understood (and excuses nobody).

    - Excluded users, groups, roles and guest types of a policy: one exception that names them as principals.
    - Excluded applications of a policy: one that names them as resources, so that it excuses no user.
    - Allowed forwarding domains: one that names the domains.
    - An omitted policy: one for the whole check, with its expiration.
    """
    entry = export.found(CONFIGURATION)
    if entry is None or not isinstance(entry[1], Mapping):
        return (), ()
    found: list[Exemption] = []
    for product in _PRODUCTS:
        for control, settings in _entries(entry[1], product):
            found += _excluded(control, settings)
    problems: list[InputError] = []
    for control, settings in _entries(entry[1], "OmitPolicy"):
        try:
            found.append(_omitted(control, settings))
        except ValueError as error:
            problems.append(
                InputError(
                    f"the omission of {control} in scuba_config is not taken over: {error}",
                    file=export.document.file,
                    mend="write its Expiration as year-month-day",
                )
            )
    source = f"{export.document.path.name} ({CONFIGURATION})"
    unique = {one.id: replace(one, source=source) for one in found}
    return tuple(unique.values()), tuple(problems)


def control_id(text: str) -> str:
    """`ms.aad.1.1V1` as `MS.AAD.1.1v1`; text that is no policy id comes back as it is."""
    match = _POLICY_ID.fullmatch(text.strip().upper())
    return f"MS.{match[1]}.{match[2]}.{match[3]}v{match[4]}" if match else text.strip()


def _entries(configuration: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    entry = lookup(configuration, name)
    if entry and isinstance(entry[1], Mapping):
        for key, settings in entry[1].items():
            yield control_id(key), settings if isinstance(settings, Mapping) else {}


def _excluded(control: str, settings: Mapping[str, Any]) -> Iterator[Exemption]:
    principals: list[str] = []
    applications: list[str] = []
    for name in _EXCLUSIONS:
        exclusions = lookup(settings, name)
        if exclusions and isinstance(exclusions[1], Mapping):
            for kind in _PRINCIPALS:
                principals += _texts(exclusions[1], kind)
            applications += _texts(exclusions[1], "Applications")
    domains = _texts(settings, "AllowedForwardingDomains")
    if principals:
        yield _exemption(control, "", "excluded in ScubaGear's configuration", principals=_unique(principals))
    if applications:
        resources = tuple(("application", one) for one in _unique(applications))
        yield _exemption(
            control, ":applications", "applications excluded in ScubaGear's configuration", resources=resources
        )
    if domains:
        reason = "forwarding domains allowed in ScubaGear's configuration"
        yield _exemption(control, ":domains", reason, principals=_unique(domains))


def _omitted(control: str, settings: Mapping[str, Any]) -> Exemption:
    rationale = lookup(settings, "Rationale")
    reason = (
        str(rationale[1]) if rationale and rationale[1] else "omitted in ScubaGear's configuration, no rationale given"
    )
    expiration = lookup(settings, "Expiration")
    expires = _day(expiration[1]) if expiration and expiration[1] not in (None, "") else None
    return _exemption(control, ":omitted", reason, whole_check=True, expires=expires)


def _day(value: Any) -> date:
    found = moment(value)
    if found is None:
        raise ValueError(f"its Expiration `{value}` is not a date")
    return found.date()


def _exemption(control: str, suffix: str, reason: str, **rest: Any) -> Exemption:
    return Exemption(
        id=f"scuba:{control}{suffix}",
        kind="accepted_risk",
        checks=(f"scuba:{control}",),
        reason=reason,
        imported=True,
        **rest,
    )


def _texts(settings: Mapping[str, Any], name: str) -> list[str]:
    entry = lookup(settings, name)
    value = entry[1] if entry else None
    if isinstance(value, str):
        return [value] if value else []
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
