"""When a reply is worth another try, and how long to wait before it. The one retry layer of the collector.

Graph's throttling of Conditional Access, and Exchange's, send no Retry-After: there our own clock backs off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tenantlint.collect.calls import Reason

TOO_MANY = 429
UNAUTHORIZED = 401
_PASSING = frozenset({408, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class RetryRules:
    """How stubborn the collector is. Times in seconds.

    `attempts`: exchanges for one call at most; `throttled_attempts`: the same where only throttling stood in the way
    (somebody else may be using up the limit, and only time helps). A backoff doubles from `first_delay` to
    `longest_delay`; up to `jitter` of it is added by chance, so that calls that failed together do not come back
    together. `longest_wait`: a Retry-After above it is not waited for. `exchange`: one request and its whole reply.
    """

    attempts: int = 6
    throttled_attempts: int = 10
    first_delay: float = 1.0
    longest_delay: float = 60.0
    jitter: float = 0.25
    longest_wait: float = 300.0
    exchange: float = 100.0


def is_throttled(status: int, headers: Mapping[str, str]) -> bool:
    """Whether the reply is about a limit, which others of the rate group share."""
    return status == TOO_MANY or (status == 503 and "retry-after" in headers)


def passing_reason(status: int, headers: Mapping[str, str]) -> Reason | None:
    """Why the reply is worth another try; None when it is not."""
    if is_throttled(status, headers):
        return Reason.THROTTLED
    if status in _PASSING:
        return Reason.TIMEOUT if status == 408 else Reason.UNAVAILABLE
    return None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the service asks to wait: the header holds seconds or a date. None without a usable one."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        pass
    else:
        return seconds if 0 <= seconds < float("inf") else None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:  # "-0000" in the header: a time of day in UTC
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def backoff(rules: RetryRules, failures: int, chance: Callable[[], float], *, pace: float = 0.0) -> float:
    """Seconds after so many failures (from 1), never below the group's own pace. `chance` gives 0 to 1."""
    delay = min(rules.longest_delay, rules.first_delay * 2.0 ** min(failures - 1, 30))
    return max(pace, delay * (1 + rules.jitter * chance()))
