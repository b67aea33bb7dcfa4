"""Graph's lists, page by page: links followed, loops, expired tokens and broken pages told apart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from tenantlint.collect.calls import Call, CallError, Reason
from tenantlint.collect.cleaning import clean, cut_short
from tenantlint.collect.fetching import Context, IncompleteError, RestartNeededError
from tenantlint.collect.source import Source
from tenantlint.model import Json, JsonObject

# Without it Graph says `unknownFutureValue` for enumeration members that are newer than the client.
_PREFER = "include-unknown-enum-members"
_SAFE = "/?&=$@:;,!*'()%+~-._"  # everything that means something in a Graph URL; a space and `#` do not
_COUNT = "$count=true"
# Graph publishes no list of these. The first two are what directory lists answer; the words stand in the messages of
# services that give no code of their own ("Invalid Skip Token", "Skip token is null", "Token not found: token is
# either invalid or expired").
_EXPIRED_CODES = frozenset({"directory_expiredpagetoken", "directory_invalidpagetoken"})
_EXPIRED_WORDS = ("skiptoken", "skip token", "page token", "token is either invalid or expired")
_LINK_STATUS = frozenset({400, 404, 410})


@dataclass(frozen=True, slots=True)
class Page:
    """Objects without transport noise. `total`: how many the service counts in all, on the page that tells it."""

    items: list[JsonObject]
    total: int | None = None


def graph_call(source: Source, request: str, *, cost: int | None = None) -> Call:
    """A GET under the source's version. `request`: path and query, or a whole link that the service gave."""
    headers = {"Prefer": _PREFER}
    if _COUNT in request:
        headers["ConsistencyLevel"] = "eventual"  # without it directory lists do not count
    whole = request.startswith(("https://", "http://"))
    return Call(
        service=source.service,
        url=request if whole else f"/{source.api_version}{quote(request, safe=_SAFE)}",
        rate=source.rate,
        area=source.area,
        collection=source.collection,
        cost=source.cost if cost is None else cost,
        headers=headers,
    )


async def pages(context: Context, source: Source, request: str, *, cost: int | None = None) -> AsyncIterator[Page]:
    """Every page of a list.

    Raises CallError when the first page cannot be had, RestartNeededError when a later one's token has expired, and
    IncompleteError when a later one cannot be had, comes a second time, or lists only a part of an expanded property.
    """
    call = graph_call(source, request, cost=cost)
    headers = call.headers
    seen = {call.url}
    kept, number = 0, 1
    cut: str | None = None
    while True:
        try:
            reply = await context.sender.send(call)
            items = _values(call, reply)
        except CallError as error:
            if number == 1:
                raise
            if _expired(error):
                raise RestartNeededError(f"the link to page {number} had expired") from error
            raise IncompleteError(_broken(source, error, number, kept)) from error
        cut = cut or cut_short(items)
        total = reply.get("@odata.count")
        yield Page([clean(item) for item in items], total if isinstance(total, int) else None)
        kept += len(items)
        number += 1
        link = reply.get("@odata.nextLink")
        if not link:
            break
        if not isinstance(link, str) or link in seen:
            raise IncompleteError(
                f"The service gave a link to page {number} that leads nowhere new; {_kept(source, kept)}"
            )
        seen.add(link)
        call = _following(call, link, headers)
    if cut is not None:
        raise IncompleteError(f"The service gave only the first part of `{cut}` of some {_noun(source)}")


def in_short(error: CallError) -> str:
    """A failed call in a few words that are the same on every run: `503`, `403 Authorization_RequestDenied`."""
    if error.status is not None and error.reason in {Reason.REFUSED, Reason.THROTTLED, Reason.UNAVAILABLE}:
        return " ".join(part for part in (str(error.status), error.code) if part)
    return _WORDS[error.reason]


_WORDS: Mapping[Reason, str] = {
    Reason.REFUSED: "a refusal",
    Reason.THROTTLED: "429",
    Reason.UNAVAILABLE: "no service",
    Reason.UNREADABLE: "an unreadable reply",
    Reason.CONNECTION: "no connection",
    Reason.TIMEOUT: "no reply in time",
    Reason.BUDGET: "the end of the time given",
    Reason.FOREIGN_LINK: "a link to another host",
}


def _values(call: Call, reply: JsonObject) -> list[JsonObject]:
    found: Json = reply.get("value")
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise CallError(call, Reason.UNREADABLE, message="the reply holds no list of objects")
    return found


def _following(call: Call, link: str, headers: Mapping[str, str]) -> Call:
    return Call(
        service=call.service,
        url=link,
        rate=call.rate,
        area=call.area,
        collection=call.collection,
        cost=call.cost,
        headers=headers,
    )


def _expired(error: CallError) -> bool:
    if error.reason is not Reason.REFUSED or error.status not in _LINK_STATUS:
        return False
    return error.code.lower() in _EXPIRED_CODES or any(word in error.message.lower() for word in _EXPIRED_WORDS)


def _broken(source: Source, error: CallError, number: int, kept: int) -> str:
    return f"{in_short(error)[:1].upper()}{in_short(error)[1:]} on page {number}; {_kept(source, kept)}"


def _kept(source: Source, kept: int) -> str:
    return f"kept the {kept:,} {_noun(source)} before it"


def _noun(source: Source) -> str:
    return source.collection.replace("_", " ")
