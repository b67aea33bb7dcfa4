"""Secure Score by day: the newest day whole, what can be trusted of the days before."""

from __future__ import annotations

from collections.abc import AsyncIterator

from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.cleaning import clean
from tenantlint.collect.fetching import Context
from tenantlint.collect.paging import graph_call
from tenantlint.collect.source import Source
from tenantlint.model import JsonObject

# Of a control on an older day. Graph blanks the numbers inside the texts of older days, and leaves counts out.
_TRUSTED = ("controlCategory", "controlName", "score", "scoreInPercentage")


async def fetch_secure_scores(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """One page of days. `$top` is the size of a page here and no limit: the link that follows is left alone."""
    call = graph_call(source, source.request)
    reply = await context.sender.send(call)
    days = reply.get("value")
    if not isinstance(days, list) or not all(isinstance(day, dict) for day in days):
        raise CallError(call, Reason.UNREADABLE, message="the reply holds no list of objects")
    newest = max((str(day.get("createdDateTime")) for day in days), default="")
    yield [clean(day) if str(day.get("createdDateTime")) == newest else _older(clean(day)) for day in days]


def _older(day: JsonObject) -> JsonObject:
    controls = day.get("controlScores")
    if not isinstance(controls, list):
        return day
    return {**day, "controlScores": [_totals(control) for control in controls if isinstance(control, dict)]}


def _totals(control: JsonObject) -> JsonObject:
    kept = {key: control[key] for key in _TRUSTED if key in control}
    return {**kept, "description": None, "implementationStatus": ""}
