"""SPF records as RFC 7208 reads them: what becomes of mail from a sender whom nobody approved.

Only what a record says is followed: `a`, `mx`, `ptr` and `exists` name hosts that the owner chose, so no stranger
matches them, and a record of another domain that was not looked up is taken to list senders and nothing else.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field

_RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_WORST = ("permerror", "pass", "unknown", "neutral", "softfail", "fail")
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(.*)", re.DOTALL)
_MECHANISM = re.compile(r"([+~?-]?)([A-Za-z][A-Za-z0-9_.-]*)(.*)", re.DOTALL)
_PREFIXES = re.compile(r"(?:/(\d{1,3}))?(?://(\d{1,3}))?")
_PREFIXES_AT_END = re.compile(r"(?:/\d{1,3})?(?://\d{1,3})?$")
_LOOKS_UP = frozenset({"include", "a", "mx", "ptr", "exists"})
_NEEDS_DOMAIN = frozenset({"include", "exists"})
_LIMIT = 10  # RFC 7208, 4.6.4: terms that make a receiver ask DNS


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism. `everyone`: the families (4, 6) of which it matches every address, whoever sends."""

    qualifier: str
    name: str
    domain: str = ""
    everyone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Record:
    """A record in parts. `faults`: what makes it void for receivers (permerror)."""

    terms: tuple[Term, ...] = ()
    redirect: str | None = None
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class Verdict:
    """What strangers get, in RFC 7208's words, with `none` (no record) and `unknown`.

    `lookups`: terms that make a receiver ask DNS, as far as the records are known; `unread`: domains whose records
    were needed for `unknown` or taken on trust; `why`: the reason of a permerror.
    """

    result: str
    lookups: int = 0
    unread: list[str] = field(default_factory=list)
    why: str = ""


# The SPF records of a domain: a list, empty for none; None where they are not known.
Known = Callable[[str], list[str] | None]


def is_spf(text: str) -> bool:
    """Whether a TXT record is an SPF record of version 1 (RFC 7208, 4.5)."""
    return re.match(r"v=spf1(?: |$)", text, re.IGNORECASE) is not None


def parse(text: str) -> Record:
    """Take an SPF record apart. Unknown modifiers are ignored, unknown mechanisms are faults (RFC 7208, 4.6.1)."""
    terms: list[Term] = []
    faults: list[str] = []
    modifiers: dict[str, str] = {}
    for word in text.split()[1:]:
        if modifier := _MODIFIER.fullmatch(word):
            name = modifier[1].lower()
            if name in ("redirect", "exp") and (name in modifiers or not modifier[2]):
                faults.append(f"{name} stands twice or without a domain")
            modifiers.setdefault(name, modifier[2].lower().rstrip("."))
            continue
        term = _term(word)
        if term is None:
            faults.append(f"{word} is no mechanism of SPF")
        else:
            terms.append(term)
    return Record(tuple(terms), modifiers.get("redirect"), tuple(faults))


def _term(word: str) -> Term | None:
    found = _MECHANISM.fullmatch(word)
    if found is None:
        return None
    qualifier, name, rest = found[1] or "+", found[2].lower(), found[3]
    if name == "all":
        return None if rest else Term(qualifier, name, everyone=frozenset({4, 6}))
    if name in ("ip4", "ip6"):
        return _network(qualifier, name, rest)
    return _asking(qualifier, name, rest) if name in _LOOKS_UP else None


def _asking(qualifier: str, name: str, rest: str) -> Term | None:
    """A mechanism that makes receivers ask DNS: a domain, and of `a` and `mx` a prefix for each family."""
    prefixes = _PREFIXES_AT_END.search(rest) if name in ("a", "mx") else None
    told = prefixes[0] if prefixes else ""
    domain = rest.removesuffix(told)
    everyone = _whole_families(told)
    well_formed = len(domain) > 1 and domain.startswith(":") if domain else name not in _NEEDS_DOMAIN
    if everyone is None or not well_formed:
        return None
    return Term(qualifier, name, domain[1:].lower().rstrip("."), everyone)


def _network(qualifier: str, name: str, rest: str) -> Term | None:
    family = int(name[-1])
    try:
        network = ipaddress.ip_network(rest.removeprefix(":"), strict=False) if rest.startswith(":") else None
    except ValueError:
        return None
    if network is None or network.version != family:
        return None
    return Term(qualifier, name, everyone=frozenset({family}) if network.prefixlen == 0 else frozenset())


def _whole_families(prefixes: str) -> frozenset[int] | None:
    """The families that `/0` and `//0` open to everyone; None for a prefix that no address has."""
    found = _PREFIXES.fullmatch(prefixes)
    if found is None or int(found[1] or 0) > 32 or int(found[2] or 0) > 128:
        return None
    return frozenset(family for family, prefix in ((4, found[1]), (6, found[2])) if prefix and int(prefix) == 0)


def judge(records: list[str], known: Known) -> Verdict:
    """What mail from a stranger gets under the SPF records of one domain; the worse of IPv4 and IPv6."""
    verdicts = [_Walk(family, known).domain(records) for family in (4, 6)]
    return min(verdicts, key=lambda one: _WORST.index(one.result) if one.result in _WORST else -1)


class _Walk:
    """One evaluation for a stranger's address of one family."""

    def __init__(self, family: int, known: Known) -> None:
        self._family = family
        self._known = known
        self._verdict = Verdict("none")

    def domain(self, records: list[str]) -> Verdict:
        self._verdict.result = self._evaluate(records)
        return self._verdict

    def _evaluate(self, records: list[str]) -> str:
        own = [text for text in records if is_spf(text)]
        if not own:
            return "none"
        if len(own) > 1:
            return self._void(f"there are {len(own)} SPF records")
        record = parse(own[0])
        if record.faults:
            return self._void(record.faults[0])
        found = next((result for term in record.terms if (result := self._term(term))), None)
        return found or self._last(record)

    def _term(self, term: Term) -> str | None:
        """The result where the mechanism decides, None where it does not match a stranger."""
        if term.name in _LOOKS_UP and not self._asks():
            return "permerror"
        matched = self._family in term.everyone
        if term.name == "include":
            inner = self._of(term.domain)
            if inner in ("none", "permerror"):
                return self._void(f"{term.domain}, which it includes, has no valid record")
            matched = inner == "pass"
        return _RESULTS[term.qualifier] if matched else None

    def _last(self, record: Record) -> str:
        """Where no mechanism matches. `redirect` counts only in a record without `all` (RFC 7208, 6.1)."""
        if record.redirect is None or any(term.name == "all" for term in record.terms):
            return "neutral"
        if not self._asks():
            return "permerror"
        result = self._of(record.redirect)
        return self._void(f"{record.redirect}, to which it redirects, has no record") if result == "none" else result

    def _of(self, domain: str) -> str:
        records = None if "%" in domain else self._known(domain)
        if records is None:
            if domain not in self._verdict.unread:
                self._verdict.unread.append(domain)
            return "unknown"
        return self._evaluate(records)

    def _asks(self) -> bool:
        self._verdict.lookups += 1
        if self._verdict.lookups > _LIMIT:
            self._void(f"it makes receivers ask DNS more than {_LIMIT} times")
            return False
        return True

    def _void(self, why: str) -> str:
        self._verdict.why = self._verdict.why or why
        return "permerror"
