from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.collect.calls import Reason
from tenantlint.collect.retries import RetryRules, backoff, passing_reason, retry_after

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        ("Mon, 23 Nov 2026 13:00:30 +0100", 30.0),
        ("Mon, 23 Nov 2026 12:00:30 -0000", 30.0),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("Mon, 99 Nov 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text}, NOW) == seconds


def test_without_the_header_nothing_is_asked() -> None:
    assert retry_after({}, NOW) is None


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (429, Reason.THROTTLED),
        (408, Reason.TIMEOUT),
        (500, Reason.UNAVAILABLE),
        (502, Reason.UNAVAILABLE),
        (503, Reason.UNAVAILABLE),
        (504, Reason.UNAVAILABLE),
        (400, None),
        (401, None),
        (403, None),
        (404, None),
        (410, None),
        (501, None),
        (200, None),
        (302, None),
    ],
)
def test_which_replies_are_worth_another_try(status: int, reason: Reason | None) -> None:
    assert passing_reason(status, {}) is reason


def test_a_503_that_asks_to_wait_is_about_a_limit() -> None:
    assert passing_reason(503, {"retry-after": "5"}) is Reason.THROTTLED


@given(st.integers(1, 10_000), st.floats(0, 1), st.floats(0, 5))
def test_backoff_is_within_its_bounds(failures: int, chance: float, pace: float) -> None:
    rules = RetryRules()
    delay = backoff(rules, failures, lambda: chance, pace=pace)
    assert max(pace, rules.first_delay) <= delay <= max(pace, rules.longest_delay * (1 + rules.jitter))


def test_backoff_doubles() -> None:
    assert [backoff(RetryRules(), failures, lambda: 0.0) for failures in range(1, 9)] == [1, 2, 4, 8, 16, 32, 60, 60]
