"""The fact `idle_sessions`: after how many minutes without use a web session on an unmanaged device ends.

Two settings do it, and either is enough: SharePoint's idle sign-out (`idleSessionSignOut`), and an activity-based
timeout policy that is the organization's default and is for all applications or for SharePoint. A policy's definition
is JSON inside a text (learn.microsoft.com/graph/api/resources/activitybasedtimeoutpolicy).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import identity_of, spec_of

_SETTINGS = "sharepoint_settings"
_POLICIES = "activity_based_timeout_policies"
# Whom a policy may name: everything that supports it, or SharePoint. The Azure portal has one of its own.
_APPLICATIONS = frozenset({"default", "00000003-0000-0ff1-ce00-000000000000"})
_SPAN = re.compile(r"(?:(\d{1,4})\.)?(\d{1,2}):(\d{2})(?::(\d{2}))?")


def idle_sessions(context: FactContext) -> dict[str, Any]:
    """`{minutes, told_by, unknown, resource}`.

    `minutes`: the shortest time that is set, in whole minutes rounded up, null when none is known to be. `told_by`:
    the collections that were read. `unknown`: those of which it is not known whether they set a time.
    """
    settings = context.snapshot.singleton(_SETTINGS)
    policies = context.snapshot.collections.get(_POLICIES)
    listed = policies.items if policies is not None and policies.status is CollectionStatus.OK else None
    found = [*_of_settings(settings or {}), *(span for item in listed or () for span in _of_policy(item))]
    known = [span for span in found if span is not None]
    unknown = [
        name
        for name, told in (
            (_SETTINGS, settings is not None and None not in _of_settings(settings)),
            (_POLICIES, listed is not None and not any(None in _of_policy(item) for item in listed)),
        )
        if not told
    ]
    return {
        "minutes": -(-min(known) // timedelta(minutes=1)) if known else None,
        "told_by": [name for name, there in ((_SETTINGS, settings), (_POLICIES, listed)) if there is not None],
        "unknown": unknown,
        "resource": _resource(context, settings),
    }


def _resource(context: FactContext, settings: JsonObject | None) -> dict[str, str]:
    tenant = context.snapshot.tenant
    if settings is None:
        return {"kind": "tenant", "id": tenant.id, "name": tenant.display_name or ""}
    return {
        "kind": "sharepointSettings",
        "id": identity_of(spec_of(_SETTINGS), settings),
        "name": "SharePoint and OneDrive settings",
    }


def _of_settings(settings: JsonObject) -> list[timedelta | None]:
    """The time that SharePoint sets, if any; None where it does not tell."""
    told = settings.get("idleSessionSignOut")
    enabled = told.get("isEnabled") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(enabled, bool):
        return [None]
    if not enabled:
        return []
    seconds = told.get("signOutAfterInSeconds")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds <= 0:
        return [None]
    return [timedelta(seconds=seconds)]


def _of_policy(policy: JsonObject) -> list[timedelta | None]:
    """The times that a policy sets for applications that count; None where it does not tell."""
    default = policy.get("isOrganizationDefault")
    if default is False:
        return []
    spans = [span for text in policy.get("definition") or () for span in _spans(text)]
    return spans if default is True else [None] * bool(spans)


def _spans(text: object) -> Iterator[timedelta | None]:
    try:
        definition = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        definition = None
    inner = definition.get("ActivityBasedTimeoutPolicy") if isinstance(definition, dict) else None
    applications = inner.get("ApplicationPolicies") if isinstance(inner, dict) else None
    if not isinstance(applications, list):
        yield None
        return
    for one in applications:
        if isinstance(one, dict) and str(one.get("ApplicationId")).lower() in _APPLICATIONS:
            yield _span(one.get("WebSessionIdleTimeout"))


def _span(text: object) -> timedelta | None:
    """`[days.]hours:minutes[:seconds]`."""
    match = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds) or None


FACTS: tuple[Fact, ...] = (Fact(name="idle_sessions", reads=(_SETTINGS, _POLICIES), compute=idle_sessions),)
