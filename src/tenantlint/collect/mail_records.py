"""What is looked up for a mail domain, and how the answers become one object of `dns_records`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint.collect.fetching import Context
from tenantlint.collect.hosts import CLOUDS
from tenantlint.model import CollectionStatus, JsonObject

_READ = frozenset({CollectionStatus.OK, CollectionStatus.TRUNCATED})
_USUAL = ("selector1", "selector2")
_NAMING = ("SelectorBeforeRotateOnDate", "SelectorAfterRotateOnDate")
_TARGETS = ("Selector1CNAME", "Selector2CNAME")  # selector1-contoso-com._domainkey.contoso.onmicrosoft.com
_SELECTOR = re.compile(r"[a-z0-9]+(?=-)|[a-z0-9]+(?=\._domainkey\.)")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_HIGHEST = 7  # names above a domain that DMARC's tree walk asks at most
_MICROSOFTS = tuple(f".{hosts.initial}" for hosts in CLOUDS.values())


@dataclass(frozen=True, slots=True)
class Answer:
    """Records as texts, in a fixed order; none is an answer too. `alias`: where a CNAME at the name points."""

    records: tuple[str, ...] = ()
    alias: str = ""


class LookupFailedError(Exception):
    """Nothing is known of the name. `reason`: in a few words that hold nothing of the run."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


Lookup = Callable[[str, str], Awaitable[Answer]]


async def records_of(lookup: Lookup, domain: str, selectors: Iterable[str]) -> JsonObject:
    """One object of `dns_records`. A property whose lookup failed is missing, and named under `failed`."""
    spf, mx, dmarc, *dkim = await asyncio.gather(
        _tried(lookup, domain, "TXT"),
        _tried(lookup, domain, "MX"),
        _tried(lookup, f"_dmarc.{domain}", "TXT"),
        *(_selector(lookup, domain, selector) for selector in selectors),
    )
    found: dict[str, Any] = {"domain": domain, "dkim": dkim}
    failed: dict[str, str] = {}
    if isinstance(spf, Answer):
        found["spf"] = [text for text in spf.records if text.lower().startswith("v=spf1")]
    else:
        failed["spf"] = spf.reason
    if isinstance(mx, Answer):
        found["mx"] = list(dict.fromkeys(mx.records))
    else:
        failed["mx"] = mx.reason
    if isinstance(dmarc, Answer):
        found["dmarc"] = list(dmarc.records)
    else:
        failed["dmarc"] = dmarc.reason
    above = _above(domain)
    if isinstance(dmarc, Answer) and not any(map(_is_dmarc, dmarc.records)) and above:
        try:
            found["dmarc_above"] = await _walk(lookup, above)
        except LookupFailedError as error:
            failed["dmarc_above"] = error.reason
    return {**found, "failed": failed} if failed else found


def failures_of(found: JsonObject) -> list[str]:
    """The failed lookups of one domain, each in a few words."""
    failed = [f"{name} of {found['domain']} ({reason})" for name, reason in found.get("failed", {}).items()]
    keys = [f"{one['selector']} of {found['domain']} ({one['failed']})" for one in found["dkim"] if "failed" in one]
    return failed + keys


async def mail_domains(context: Context) -> tuple[list[str], bool]:
    """The domains that the tenant accepts mail for, and whether they are all.

    Where Exchange's own list is not whole, the verified domains that are set up for mail stand in.
    """
    status = await context.finished("accepted_domains")
    names = [item.get("DomainName") for item in context.items("accepted_domains")] if status in _READ else []
    whole = status is CollectionStatus.OK
    if not whole:
        status = await context.finished("domains")
        verified = context.items("domains") if status in _READ else ()
        names += [item.get("id") for item in verified if item.get("isVerified") is not False and _takes_mail(item)]
        whole = status is CollectionStatus.OK
    plain = (name.strip().lower().removeprefix("*.").rstrip(".") for name in names if isinstance(name, str))
    return sorted({name for name in plain if name and name != "*"}), whole


async def selectors(context: Context, domains: Iterable[str]) -> Mapping[str, list[str]]:
    """The DKIM selectors to look up for each domain: Microsoft's two, and those that its signing names."""
    found = {domain: set(_USUAL) for domain in domains}
    status = await context.finished("dkim_signing_configs")
    for config in context.items("dkim_signing_configs") if status in _READ else ():
        domain = config.get("Domain")
        if not isinstance(domain, str) or domain.lower() not in found:
            continue
        told = [config.get(name) for name in _NAMING]
        told += [match[0] for name in _TARGETS if (match := _SELECTOR.match(str(config.get(name) or "").lower()))]
        found[domain.lower()] |= {
            name.lower() for name in told if isinstance(name, str) and _LABEL.fullmatch(name.lower())
        }
    return {domain: sorted(names) for domain, names in found.items()}


def _takes_mail(domain: JsonObject) -> bool:
    services = domain.get("supportedServices")
    return not isinstance(services, list) or "Email" in services


async def _tried(lookup: Lookup, name: str, kind: str) -> Answer | LookupFailedError:
    try:
        return await lookup(name, kind)
    except LookupFailedError as error:
        return error


async def _selector(lookup: Lookup, domain: str, selector: str) -> dict[str, Any]:
    """What stands at one selector. The alias is known even where the key behind it cannot be had."""
    name = f"{selector}._domainkey.{domain}"
    key = await _tried(lookup, name, "TXT")
    if isinstance(key, Answer):
        return {"selector": selector, "cname": key.alias or None, "rdata": list(key.records)}
    alias = await _tried(lookup, name, "CNAME")
    target = {"cname": next(iter(alias.records), None)} if isinstance(alias, Answer) else {}
    return {"selector": selector, **target, "failed": key.reason}


def _is_dmarc(text: str) -> bool:
    return text.lower().startswith("v=dmarc1")


def _above(domain: str) -> list[str]:
    """The names above a domain whose DMARC policy may hold for it, nearest first.

    Not the top-level domain, and none above a domain that Microsoft gave: those are nobody's organisation.
    """
    if f".{domain}".endswith(_MICROSOFTS):
        return []
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(1, len(labels) - 1)][-_HIGHEST:]


async def _walk(lookup: Lookup, above: list[str]) -> list[dict[str, Any]]:
    """Each name above that has DMARC records, nearest first: which one counts, the records' own tags tell."""
    answers = await asyncio.gather(*(lookup(f"_dmarc.{name}", "TXT") for name in above))
    found = [
        {"domain": name, "records": [text for text in answer.records if _is_dmarc(text)]}
        for name, answer in zip(above, answers, strict=True)
    ]
    return [one for one in found if one["records"]]
