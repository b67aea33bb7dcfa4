"""What a run looks like while it runs, driven by hand with a clock that stands still."""

import io
from typing import Any

import pytest
from rich.console import Console

from tenantlint.cli.collect_progress import LiveProgress, PlainProgress
from tenantlint.cli.collect_tally import Tally, duration, shown_request, shown_url, size_of
from tenantlint.collect.calls import Call, Rate, Service
from tenantlint.model import CollectionStatus


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def call(url: str = "/v1.0/users?$top=999", **more: Any) -> Call:
    return Call(
        **{
            "service": Service.GRAPH,
            "url": url,
            "rate": Rate.DIRECTORY,
            "area": "users",
            "collection": "users",
            **more,
        }
    )


def done(progress: Tally, one: Call | None = None, **more: Any) -> None:
    said: dict[str, Any] = {"status": 200, "seconds": 0.25, "size": 1000, "attempt": 1, "waiting": 0.0, **more}
    progress.request_done(one or call(), **said)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_an_area_that_is_done_is_a_line(clock: Clock) -> None:
    said: list[str] = []
    progress = PlainProgress(clock, said.append)
    progress.area_started("users", 3)
    progress.area_started("teams", 1)
    progress.advanced("users", "users", 999, None)
    clock.at += 2.5
    progress.collection_finished("users", "users", CollectionStatus.OK, 1500, "")
    progress.collection_finished("users", "user_sign_in_activity", CollectionStatus.DENIED, 0, "why")
    progress.collection_finished("users", "other", CollectionStatus.NOT_COLLECTED, 0, "not asked")
    progress.area_finished("users")
    progress.collection_finished("teams", "teams_messaging_policies", CollectionStatus.NOT_COLLECTED, 0, "not asked")
    progress.area_finished("teams")
    assert said == ["users: 2 collections, 1,500 objects, 2.5 s; 1 denied"]


def test_a_long_collection_says_now_and_then_how_far_it_is(clock: Clock) -> None:
    said: list[str] = []
    progress = PlainProgress(clock, said.append)
    progress.area_started("users", 1)
    for count in range(1, 101):
        progress.advanced("users", "users", count * 1000, 100_000)
        clock.at += 0.5
    assert said == [
        "users: users, 31,000 of 100,000 objects so far",
        "users: users, 61,000 of 100,000 objects so far",
        "users: users, 91,000 of 100,000 objects so far",
    ]


def test_long_waits_are_told_once_in_a_while_and_short_ones_never(clock: Clock) -> None:
    said: list[str] = []
    progress = PlainProgress(clock, said.append)
    progress.area_started("users", 1)
    done(progress, status=429, waiting=2.0)
    for _ in range(5):
        done(progress, status=429, waiting=70.0)
    done(progress, call(rate=Rate.EXCHANGE, service=Service.EXCHANGE), status=503, waiting=6.0)
    clock.at += 11
    done(progress, status=None, waiting=8.0)
    assert said == [
        "users: waiting 1 min 10 s, Microsoft Graph limits the requests",
        "users: waiting 6.0 s, Exchange Online answered 503",
        "users: waiting 8.0 s, Microsoft Graph did not answer",
    ]


def test_quiet_counts_and_says_nothing(clock: Clock) -> None:
    said: list[str] = []
    progress = PlainProgress(clock, said.append, quiet=True)
    progress.area_started("users", 1)
    done(progress, status=429, waiting=60.0)
    done(progress, attempt=2)
    progress.collection_finished("users", "users", CollectionStatus.OK, 1, "")
    progress.area_finished("users")
    assert said == []
    assert (progress.requests, progress.retries, progress.bytes) == (2, 1, 2000)


def test_the_request_log_holds_no_secret_and_no_host() -> None:
    link = "https://user:pw@graph.example/v1.0/users?$top=999&$skiptoken=SECRETTOKEN&x=OTHER"
    line = shown_request(call(link), status=503, seconds=1.2345, size=12_345, attempt=2, waiting=4.0)
    assert (
        line == "GET /v1.0/users?$top=999&$skiptoken=…&x=…  [users]  503  1,234 ms  12,345 bytes  try 2  next in 4.0 s"
    )
    assert shown_request(call("/v1.0/x"), status=None, seconds=0, size=0, attempt=1, waiting=0).endswith(
        "no reply  0 ms  0 bytes"
    )


def test_hostile_urls_and_names_do_nothing_to_a_terminal() -> None:
    assert "\x1b" not in shown_url(call("/v1.0/users?$filter=\x1b[2J\u202e&\x1b]0;x=1"))
    assert len(shown_url(call("/" + "x" * 10_000))) <= 160
    line = shown_request(
        call("/\x1b[31m", collection="a\x1b[2Jb\nGET /forged"), status=200, seconds=0, size=0, attempt=1, waiting=0
    )
    assert "\x1b" not in line
    assert "\n" not in line


def test_the_live_table_shows_counts_waits_and_what_is_left(clock: Clock) -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None)
    progress = LiveProgress(clock, console)
    for area, count in (("users", 2), ("groups", 1), ("teams", 1), ("purview", 1)):
        progress.area_started(area, count)
    progress.advanced("users", "users", 10_000, 100_000)
    clock.at += 10
    progress.advanced("users", "users", 20_000, 100_000)
    done(progress, call(area="groups"), status=429, waiting=30.0)
    progress.collection_finished("teams", "teams_messaging_policies", CollectionStatus.FAILED, 0, "")
    progress.area_finished("teams")
    progress.collection_finished("purview", "protection_alerts", CollectionStatus.NOT_COLLECTED, 0, "")
    progress.area_finished("purview")
    console.print(progress.table())
    text = console.file.getvalue()  # type: ignore[attr-defined]
    users, groups, teams, requests = text.splitlines()
    assert users.split() == ["·", "users", "0/2", "20,000", "about", "40.0", "s", "left"]
    assert groups.split("waiting ")[1].strip() == "30.0 s: Microsoft Graph limits the requests"
    assert teams.split() == ["!", "teams", "1/1", "0", "10.0", "s,", "1", "failed"]
    assert requests.strip() == "1 requests, 0 retries"
    assert progress.areas["users"].left(clock.at) == pytest.approx(40.0)


def test_what_is_left_is_not_guessed() -> None:
    clock = Clock()
    tally = Tally(clock)
    tally.area_started("users", 2)
    area = tally.areas["users"]
    assert area.left(clock.at) is None
    tally.advanced("users", "users", 10, None)
    clock.at += 5
    assert area.left(clock.at) is None  # nobody told the total
    tally.advanced("users", "user_sign_in_activity", 10, 10)
    assert area.left(clock.at) is None  # all that is known is here


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0.0 s"), (59.94, "59.9 s"), (60, "1 min 00 s"), (185.4, "3 min 05 s"), (7800, "2 h 10 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_960, "1.0 MB"),
        (3_440_000, "3.4 MB"),
        (5 * 10**12, "5000.0 GB"),
    ],
)
def test_sizes(count: int, text: str) -> None:
    assert size_of(count) == text
