"""Which fault strikes which request: names, what each fits, and the draw."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase


class Fault(StrEnum):
    """The name of a fault, as in plans and tables."""

    THROTTLED = "throttled"  # 429, Retry-After of some seconds
    THROTTLED_BARE = "throttled_bare"  # 429 without Retry-After
    THROTTLED_LONG = "throttled_long"  # 429, Retry-After of minutes
    THROTTLED_DATE = "throttled_date"  # 429, Retry-After as an HTTP date
    INTERNAL_ERROR = "internal_error"  # 500; this one and the next three by turns with JSON and with HTML
    BAD_GATEWAY = "bad_gateway"  # 502
    UNAVAILABLE = "unavailable"  # 503
    GATEWAY_TIMEOUT = "gateway_timeout"  # 504
    UNAVAILABLE_LATER = "unavailable_later"  # 503 with Retry-After
    RESET = "reset"  # the connection is reset before any byte of the reply
    CLOSED = "closed"  # the connection is closed before any byte of the reply
    TIMEOUT = "timeout"  # no reply while the client waits
    SLOW = "slow"  # the reply, late
    HALF_BODY = "half_body"  # the connection ends in the middle of the body
    TRUNCATED_JSON = "truncated_json"  # half a document, with the length of half a document
    HTML_BODY = "html_body"  # 200 with a page for people
    NUL_BODY = "nul_body"  # 200 with NUL bytes
    FORBIDDEN_NUL = "forbidden_nul"  # 403 with NUL bytes, Exchange only
    EMPTY_BODY = "empty_body"  # 200 with nothing
    EXPIRED_TOKEN = "expired_token"  # 400: the skip token is no longer good, until the list is read from its start
    ITEM_MOVED = "item_moved"  # an item comes again on the next page, in the place of one that comes nowhere
    ITEM_DUPLICATED = "item_duplicated"  # an item comes again on the next page
    ITEM_LOST = "item_lost"  # an item comes nowhere; noticeable only by the count, so only where one was given
    FOREIGN_LINK = "foreign_link"  # the next link leads to another host
    FOREIGN_REDIRECT = "foreign_redirect"  # 302 to another host
    DNS_SERVFAIL = "dns_servfail"
    DNS_REFUSED = "dns_refused"
    DNS_TIMEOUT = "dns_timeout"  # no answer
    DNS_TRUNCATED = "dns_truncated"  # over UDP only: nothing but the bit that says to ask over TCP


@dataclass(frozen=True, slots=True)
class Shape:
    """What the reply would be without a fault. `more`: it has a next link. `later`: it is not the first page, and
    the one before was given. `counted`: the list told how many objects it has.
    """

    good: bool = True
    body: bool = True
    more: bool = False
    later: bool = False
    counted: bool = False
    exchange: bool = False
    dns: bool = False
    udp: bool = False


_DNS = frozenset({Fault.DNS_SERVFAIL, Fault.DNS_REFUSED, Fault.DNS_TIMEOUT, Fault.DNS_TRUNCATED})
_BODY = frozenset(
    {Fault.HALF_BODY, Fault.TRUNCATED_JSON, Fault.HTML_BODY, Fault.NUL_BODY, Fault.EMPTY_BODY, Fault.SLOW}
)
_LATER = frozenset({Fault.EXPIRED_TOKEN, Fault.ITEM_MOVED, Fault.ITEM_DUPLICATED, Fault.ITEM_LOST})
RANDOM = tuple(Fault)


def fits(fault: Fault, shape: Shape) -> bool:
    """Whether the fault makes sense for such a reply."""
    if shape.dns or fault in _DNS:
        return shape.dns and fault in _DNS and (shape.udp or fault is not Fault.DNS_TRUNCATED)
    if fault in _BODY:
        return shape.good and shape.body
    if fault in _LATER:
        return shape.good and shape.later and (fault is not Fault.ITEM_LOST or shape.counted)
    if fault is Fault.FOREIGN_LINK:
        return shape.good and shape.more
    return fault is not Fault.FORBIDDEN_NUL or shape.exchange


@dataclass(frozen=True, slots=True)
class Rule:
    """So many of the requests that match have a fault, drawn by weight."""

    match: str
    probability: float
    weights: Mapping[Fault, float]


@dataclass(frozen=True, slots=True)
class Step:
    """This fault on the n-th requests that match; on every one when `on` is None."""

    match: str
    fault: Fault
    on: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Injected:
    """A fault that struck the `number`-th request with this key."""

    key: str
    number: int
    fault: Fault


@dataclass
class Draws:
    """Decides which fault strikes a request, and remembers (see `faults`).

    `last_rule` holds for requests that no other rule matches.
    """

    last_rule: Rule
    seed: int = 0
    rules: Sequence[Rule] = ()
    script: Sequence[Step] = ()
    most_in_a_row: int | None = None
    injected: list[Injected] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._requests: Counter[str] = Counter()
        self._in_a_row: Counter[str] = Counter()

    def draw(self, key: str, shape: Shape) -> Injected | None:
        """The fault of the next request with this key, remembered; None when it is spared."""
        self._requests[key] += 1
        number = self._requests[key]
        fault = self._scripted(key, number, shape) or self._random(key, number, shape)
        if fault is None:
            self._in_a_row[key] = 0
            return None
        self._in_a_row[key] += 1
        struck = Injected(key, number, fault)
        self.injected.append(struck)
        return struck

    @property
    def requests(self) -> int:
        """Among how many requests the faults struck."""
        return self._requests.total()

    def _scripted(self, key: str, number: int, shape: Shape) -> Fault | None:
        for step in self.script:
            if (step.on is None or number in step.on) and fnmatchcase(key, step.match) and fits(step.fault, shape):
                return step.fault
        return None

    def _random(self, key: str, number: int, shape: Shape) -> Fault | None:
        rule = next((rule for rule in self.rules if fnmatchcase(key, rule.match)), self.last_rule)
        if self.most_in_a_row is not None and self._in_a_row[key] >= self.most_in_a_row:
            return None
        dice = random.Random(f"{self.seed} {number} {key}")
        if dice.random() >= rule.probability:
            return None
        fitting = {fault: weight for fault, weight in rule.weights.items() if fits(fault, shape)}
        return dice.choices(list(fitting), list(fitting.values()))[0] if fitting else None


def key_of(method: str, path: str, query: Iterable[tuple[str, str]], cmdlet: str | None = None) -> str:
    """What tells the requests of one list or object apart from all others: `GET /v1.0/users?$top=999`.

    Pages of one list share a key: a skip token is left out. A cmdlet's is `InvokeCommand Get-AcceptedDomain`, a DNS
    question's `DNS contoso.example MX`.
    """
    if cmdlet:
        return f"InvokeCommand {cmdlet}"
    told = "&".join(f"{name}={value}" for name, value in query if not is_skip_token(name))
    return f"{method} {path}{'?' + told if told else ''}"


def is_skip_token(parameter: str) -> bool:
    """Whether the parameter of a link says where in a list it goes on."""
    return parameter.lower() in {"$skiptoken", "skiptoken", "$skip"}
