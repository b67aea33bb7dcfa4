"""Cmdlets of Exchange Online and Security & Compliance over the InvokeCommand REST of the Exchange module.

Not a published contract: section 3.4 of the reference says what is known of it. A reply is an envelope
`{"@odata.context", "@adminapi.warnings": [], "value": [{...}]}`, also for cmdlets that give a single object. A warning
or a link to more rows means that the rows are not all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from tenantlint.collect import cmdlets, compliance
from tenantlint.collect.calls import Call, CallError, Reason, Service
from tenantlint.collect.catalog_services import MAILBOX_KEYS
from tenantlint.collect.cleaning import clean
from tenantlint.collect.error_text import cleaned
from tenantlint.collect.fetching import Context, IncompleteError
from tenantlint.collect.paging import in_short
from tenantlint.collect.source import Source
from tenantlint.model import Json, JsonObject
from tenantlint.snapshot.catalog import Storage, spec_of

_BYPASS = "Get-MailboxAuditBypassAssociation"
_SELECT = {  # an unpaged mailbox has some 280 properties
    "Get-Mailbox": MAILBOX_KEYS,
    _BYPASS: "AuditBypassEnabled,Guid,Identity,Name",
}
_LEFT_OUT = {_BYPASS: "AuditBypassEnabled"}  # rows in which this is false: one for every account of the tenant
_PAGED = frozenset({"Get-Mailbox", _BYPASS})  # those with more rows than one reply holds
_TYPES = ("@odata.type", "@data.type")


async def fetch(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
    """Every object that the source's cmdlet gives.

    Raises CallError, also for a reply that is no envelope and for a singleton with several objects; IncompleteError
    when the service warns, when a link to more rows cannot be followed, and when a later call of the cmdlet fails.
    """
    calls = [await _call(context, source, parameters) for parameters in cmdlets.CMDLETS[source.request]]
    several: list[JsonObject] = []
    kept = 0
    for number, (parameters, call) in enumerate(zip(cmdlets.CMDLETS[source.request], calls, strict=True)):
        try:
            async for batch in _rows(context, source, call, kept):
                rows = [_told_apart(row, parameters) for row in batch]
                if len(calls) > 1:  # two calls may show the same object
                    rows = [row for row in rows if row not in several]
                    several += rows
                kept += len(rows)
                _check_count(source, call, kept)
                yield rows
        except CallError as error:
            if number == 0:
                raise
            raise IncompleteError(f"{in_short(error)} for {_shown(parameters)}; {_kept(source, kept)}") from error


async def _rows(context: Context, source: Source, call: Call, kept: int) -> AsyncIterator[list[JsonObject]]:
    """The rows of one call, its further pages included. `kept`: rows of earlier calls."""
    seen: set[str] = set()
    while True:
        try:
            reply = await context.sender.send(call)
            rows = _value(call, reply)
        except CallError as error:
            if not seen:
                raise
            told = f"The service has more rows than it gave: its link to them gave {in_short(error)}"
            raise IncompleteError(f"{told}; {_kept(source, kept)}") from error
        kept += len(rows)
        unwanted = _LEFT_OUT.get(source.request)
        yield [_clean(row) for row in rows if unwanted is None or row.get(unwanted) is not False]
        link = reply.get("@odata.nextLink")
        complaints = _complaints(reply)
        if not link:
            if complaints:
                raise IncompleteError(f"The service warned: {complaints}")
            return
        if source.request not in _PAGED or not isinstance(link, str) or link in seen:
            warned = f"; it warned: {complaints}" if complaints else ""
            raise IncompleteError(f"The service has more rows than it gave{warned}")
        seen.add(link)
        call = replace(call, url=link)


async def _call(context: Context, source: Source, parameters: cmdlets.Parameters) -> Call:
    tenant = context.tenant
    root = await compliance.region(context, source) if source.service is Service.COMPLIANCE else ""
    select = _SELECT.get(source.request)
    return Call(
        service=source.service,
        url=f"{root}/adminapi/beta/{quote(tenant.id, safe='')}/InvokeCommand{'?$select=' + select if select else ''}",
        rate=source.rate,
        area=source.area,
        collection=source.collection,
        method="POST",
        cost=source.cost,
        headers={
            "Accept": "application/json",
            "Content-Type": "application/json; charset=utf-8",
            "Prefer": "odata.maxpagesize=1000",
            "X-AnchorMailbox": cmdlets.anchor(tenant, source.service),
            "X-CmdletName": source.request,
            "X-ResponseFormat": "json",
        },
        body=cmdlets.request(source.request, parameters),
    )


def _value(call: Call, reply: JsonObject) -> list[JsonObject]:
    """The rows of an envelope. A cmdlet without output gives null; a reply without `value` is none of ours."""
    if "value" not in reply:
        raise CallError(call, Reason.UNREADABLE, message="the reply holds no value")
    value: Json = reply["value"]
    rows = [] if value is None else [value] if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CallError(call, Reason.UNREADABLE, message="the reply holds no list of objects")
    return rows


def _complaints(reply: JsonObject) -> str:
    """Warnings and errors that came beside the rows, shortened; "" without any."""
    found: list[str] = []
    for key in ("@adminapi.warnings", "@adminapi.errors"):
        told = reply.get(key)
        for each in told if isinstance(told, list) else [told]:
            text = cleaned(str(each)) if each is not None else ""
            if text and text not in found:
                found.append(text)
    return cleaned("; ".join(found)).rstrip(".")


def _check_count(source: Source, call: Call, kept: int) -> None:
    if kept > 1 and spec_of(source.collection).storage is Storage.SINGLETON:
        raise CallError(call, Reason.UNREADABLE, message="the reply holds several objects where there is one")


def _told_apart(row: JsonObject, parameters: cmdlets.Parameters) -> JsonObject:
    """An entry of the Tenant Allow/Block List with the list that it was asked from, which it may not tell itself."""
    kind = parameters.get("ListType")
    return row if kind is None or row.get("ListType") is not None else {**row, "ListType": kind}


def _clean(row: JsonObject) -> JsonObject:
    """The row without the siblings that tell .NET types (`WhenChanged@data.type`), at any depth."""
    rest: JsonObject = _without_types(clean(row))
    return rest


def _without_types(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: _without_types(child) for key, child in value.items() if not key.endswith(_TYPES)}
    if isinstance(value, list):
        return [_without_types(child) for child in value]
    return value


def _shown(parameters: cmdlets.Parameters) -> str:
    return " ".join(f"-{name} {value}" for name, value in parameters.items())


def _kept(source: Source, kept: int) -> str:
    return f"kept the {kept:,} {source.collection.replace('_', ' ')} before it"
