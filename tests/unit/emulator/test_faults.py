"""Fault plans: the draw, and what each fault looks like to a client."""

from __future__ import annotations

import errno
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from tests.emulator.asking import Told, emulated, get, invoke, send, snapshot_of
from tests.emulator.emulator import Emulator
from tests.emulator.faults import Fault, FaultPlan, Shape, Step, key_of
from tests.emulator.faults_drawn import fits

PAGED = Shape(more=True, later=True, counted=True)
POLICIES = [{"Identity": "Global", "AllowCloudRecording": True}]
BOXES: dict[str, list[dict[str, Any]]] = {
    "mailboxes": [{"Identity": str(number)} for number in range(6)],
    "teams_meeting_policies": POLICIES,
}
MAILBOX = "InvokeCommand Get-Mailbox"
MEETING = "GET /Skype.Policy/configurations/TeamsMeetingPolicy"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class StillClock:
    """A clock that stands still and notes who sleeps."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def now(self) -> datetime:
        return NOW


def struck(*faults: Fault, match: str = "*", on: int | None = 1) -> FaultPlan:
    steps = [Step(match, fault, None if on is None else frozenset({on})) for fault in faults]
    return FaultPlan(script=steps)


def meeting(plan: FaultPlan, *, clock: StillClock | None = None) -> Told:
    async def one(running: Emulator) -> Told:
        url = f"{running.teams_url}/Skype.Policy/configurations/TeamsMeetingPolicy"
        return await get(running, url, x_authz_scope="tenant")

    return emulated(Emulator(snapshot_of(BOXES), faults=plan, clock=clock or StillClock()), one)


def pages(plan: FaultPlan, *, again: int = 0) -> list[Told]:
    """Mailboxes, two a page, until a reply has no link; `again`: how many further times from the start."""

    async def walk(running: Emulator) -> list[Told]:
        told = []
        for _ in range(again + 1):
            url = ""
            while True:
                given = {"ResultSize": "Unlimited"}
                told.append(await invoke(running, "Get-Mailbox", given, url=url, Prefer="odata.maxpagesize=2"))
                url = told[-1].json.get("@odata.nextLink", "") if told[-1].status == 200 else ""
                if not url.startswith(running.exchange_url):
                    break
        return told

    return emulated(Emulator(snapshot_of(BOXES), faults=plan), walk)


def names(told: Sequence[Told]) -> list[list[str]]:
    return [[item["Identity"] for item in one.json["value"]] for one in told]


def test_the_draw_depends_on_seed_key_and_number_alone() -> None:
    keys = [f"GET /v1.0/thing/{number}" for number in range(20)]

    def drawn(order: Sequence[str], seed: int) -> dict[str, list[Fault | None]]:
        plan, made = FaultPlan(0.5, seed=seed), {key: list[Fault | None]() for key in keys}
        for key in order:
            one = plan.draw(key, PAGED)
            made[key].append(one.fault if one else None)
        return made

    order = keys * 10
    shuffled = random.Random(3).sample(order, len(order))
    assert drawn(order, 1) == drawn(shuffled, 1)
    assert drawn(order, 1) != drawn(order, 2)


def test_the_probability_is_met_over_many_requests() -> None:
    plan = FaultPlan(0.2, seed=5)
    for number in range(5000):
        plan.draw(f"key {number}", PAGED)
    assert 900 < len(plan.injected) < 1100
    assert plan.requests == 5000
    assert set(plan.counts()) == {fault.value for fault in Fault if fits(fault, PAGED)}


@pytest.mark.parametrize(
    ("shape", "only"),
    [
        (Shape(), {Fault.HALF_BODY, Fault.THROTTLED}),
        (Shape(later=True), {Fault.EXPIRED_TOKEN, Fault.ITEM_MOVED}),
        (Shape(later=True, counted=True), {Fault.ITEM_LOST}),
        (Shape(more=True), {Fault.FOREIGN_LINK}),
        (Shape(exchange=True), {Fault.FORBIDDEN_NUL}),
        (Shape(dns=True, udp=True), {Fault.DNS_TRUNCATED}),
    ],
)
def test_some_faults_need_a_shape(shape: Shape, only: set[Fault]) -> None:
    assert all(fits(fault, shape) for fault in only)
    others = {Fault.ITEM_LOST, Fault.FOREIGN_LINK, Fault.FORBIDDEN_NUL, Fault.DNS_TRUNCATED, Fault.EXPIRED_TOKEN}
    for fault in others - only - {Fault.EXPIRED_TOKEN}:
        assert not fits(fault, shape)
    assert not fits(Fault.HALF_BODY, Shape(good=False))
    assert fits(Fault.THROTTLED, Shape(good=False))
    assert not fits(Fault.DNS_TRUNCATED, Shape(dns=True))


def test_a_script_strikes_on_the_requests_that_it_names() -> None:
    plan = FaultPlan(
        script=[Step("GET /v1.0/users*", Fault.THROTTLED, frozenset({1, 3})), Step("DNS *", Fault.DNS_REFUSED)]
    )
    users = [plan.draw("GET /v1.0/users?$top=999", Shape()) for _ in range(4)]
    assert [one and one.fault for one in users] == [Fault.THROTTLED, None, Fault.THROTTLED, None]
    assert plan.draw("GET /v1.0/groups", Shape()) is None
    assert [plan.draw("DNS a.example MX", Shape(dns=True)) is not None for _ in range(3)] == [True] * 3


def test_most_in_a_row_spares_the_next_request() -> None:
    plan = FaultPlan(1.0, most_in_a_row=2, faults=["reset"])
    assert [plan.draw("key", Shape()) is not None for _ in range(6)] == [True, True, False, True, True, False]


def test_a_plan_from_json(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    told: dict[str, Any] = {
        "seed": 7,
        "probability": 0.0,
        "faults": {"reset": 1, "closed": 0},
        "long_retry_after": 900,
        "rules": [{"match": "GET /a*", "probability": 1}, {"match": "GET /b*", "probability": 1, "faults": ["slow"]}],
        "script": [{"match": "GET /c", "on": [2], "fault": "empty_body"}],
    }
    path.write_text(json.dumps(told), encoding="utf-8")
    plan = FaultPlan.load(path)
    drawn = [plan.draw(key, Shape()) for key in ("GET /a/1", "GET /b/1", "GET /c", "GET /c", "GET /d")]
    assert [one and one.fault for one in drawn] == [Fault.RESET, Fault.SLOW, None, Fault.EMPTY_BODY, None]
    assert plan.counts() == {"empty_body": 1, "reset": 1, "slow": 1}


@pytest.mark.parametrize(
    "told",
    [
        {"fautls": []},
        {"faults": ["no_such_fault"]},
        {"rules": [{"match": "*", "probability": 1, "weight": 3}]},
        {"script": [{"match": "*", "fault": "sluggish"}]},
        {"script": [{"match": "*"}]},
        {"rules": [{"match": "*"}]},
    ],
)
def test_a_wrong_plan_is_refused_by_name(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"there (is|are)"):
        FaultPlan.parse(told)


def test_pages_share_a_key_and_cmdlets_have_one_each() -> None:
    first = key_of("GET", "/v1.0/users", [("$top", "2")])
    later = key_of("GET", "/v1.0/users", [("$top", "2"), ("$skiptoken", "x")])
    assert first == later == "GET /v1.0/users?$top=2"
    assert key_of("POST", "/adminapi/beta/t/InvokeCommand", [("$select", "A")], "Get-Mailbox") == MAILBOX


@pytest.mark.parametrize(
    ("fault", "retry_after"),
    [(Fault.THROTTLED, "1"), (Fault.THROTTLED_BARE, None), (Fault.THROTTLED_LONG, "300")],
)
def test_429(fault: Fault, retry_after: str | None) -> None:
    plan = struck(fault)
    told = meeting(plan)
    assert (told.status, told.headers.get("retry-after")) == (429, retry_after)
    assert [(one.key, one.number, one.fault) for one in plan.injected] == [(MEETING, 1, fault)]


def test_429_with_a_date() -> None:
    told = meeting(struck(Fault.THROTTLED_DATE), clock=StillClock())
    assert (parsedate_to_datetime(told.headers["retry-after"]) - NOW).total_seconds() == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.INTERNAL_ERROR, 500),
        (Fault.BAD_GATEWAY, 502),
        (Fault.UNAVAILABLE, 503),
        (Fault.UNAVAILABLE_LATER, 503),
        (Fault.GATEWAY_TIMEOUT, 504),
    ],
)
def test_5xx_by_turns_with_json_and_html(fault: Fault, status: int) -> None:
    async def twice(running: Emulator) -> list[Told]:
        url = f"{running.teams_url}/Skype.Policy/configurations/TeamsMeetingPolicy"
        return [await get(running, url, x_authz_scope="tenant") for _ in range(2)]

    told = emulated(Emulator(snapshot_of(BOXES), faults=struck(fault, on=None)), twice)
    assert [one.status for one in told] == [status, status]
    assert "error" in told[0].json
    assert told[1].body.startswith(b"<!DOCTYPE html>")
    assert ("retry-after" in told[0].headers) == (fault is Fault.UNAVAILABLE_LATER)


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.CLOSED, Fault.HALF_BODY])
def test_the_connection_breaks(fault: Fault) -> None:
    with pytest.raises(aiohttp.ClientError) as caught:
        meeting(struck(fault, on=None))  # aiohttp tries a GET twice
    if fault is Fault.RESET:
        assert isinstance(caught.value, aiohttp.ClientOSError)
        assert caught.value.errno == errno.ECONNRESET
    if fault is Fault.HALF_BODY:
        assert isinstance(caught.value, aiohttp.ClientPayloadError)


def test_no_reply_until_the_client_gives_up() -> None:
    async def one(running: Emulator) -> None:
        url = f"{running.teams_url}/Skype.Policy/configurations/TeamsMeetingPolicy"
        await send(running, "GET", url, headers={"x-authz-scope": "tenant"}, seconds=0.05)

    with pytest.raises(TimeoutError):
        emulated(Emulator(snapshot_of(BOXES), faults=struck(Fault.TIMEOUT)), one)


def test_a_slow_reply_is_whole() -> None:
    clock = StillClock()
    told = meeting(struck(Fault.SLOW), clock=clock)
    assert (told.status, told.json, clock.slept) == (200, POLICIES, [0.2])


def test_spoilt_bodies_come_with_their_own_length() -> None:
    whole = meeting(FaultPlan()).body
    half = meeting(struck(Fault.TRUNCATED_JSON))
    assert half.status == 200
    assert whole.startswith(half.body)
    with pytest.raises(ValueError, match=r".+"):
        json.loads(half.body)
    assert meeting(struck(Fault.EMPTY_BODY)).body == b""
    assert set(meeting(struck(Fault.NUL_BODY)).body) == {0}
    html = meeting(struck(Fault.HTML_BODY))
    assert (html.status, html.headers["content-type"][:9]) == (200, "text/html")


def test_a_forbidden_body_of_nul_bytes_is_for_exchange() -> None:
    told = pages(struck(Fault.FORBIDDEN_NUL))
    assert (told[0].status, set(told[0].body)) == (403, {0})
    assert meeting(struck(Fault.FORBIDDEN_NUL)).status == 200


def test_a_redirect_leads_to_another_host() -> None:
    told = meeting(struck(Fault.FOREIGN_REDIRECT))
    assert told.status == 302
    assert told.headers["location"].startswith("https://graph.microsoft.com.evil.example/Skype.Policy/")


def test_a_next_link_leads_to_another_host() -> None:
    told = pages(struck(Fault.FOREIGN_LINK, match=MAILBOX))
    assert len(told) == 1
    assert told[0].json["@odata.nextLink"].startswith("https://graph.microsoft.com.evil.example/adminapi/")


def test_an_expired_token_stays_expired_until_the_list_starts_again() -> None:
    plan = struck(Fault.EXPIRED_TOKEN, on=2)

    async def walk(running: Emulator) -> list[int]:
        given = {"ResultSize": "Unlimited"}
        first = await invoke(running, "Get-Mailbox", given, Prefer="odata.maxpagesize=2")
        link = first.json["@odata.nextLink"]
        again = [await invoke(running, "Get-Mailbox", given, url=link) for _ in range(3)]
        anew = await invoke(running, "Get-Mailbox", given, Prefer="odata.maxpagesize=2")
        after = await invoke(running, "Get-Mailbox", given, url=anew.json["@odata.nextLink"])
        return [one.status for one in (first, *again, anew, after)]

    assert emulated(Emulator(snapshot_of(BOXES), faults=plan), walk) == [200, 400, 400, 400, 200, 200]
    assert plan.counts() == {"expired_token": 1}


@pytest.mark.parametrize(
    ("fault", "second"),
    [(Fault.ITEM_MOVED, [["1", "2"], ["1", "3"]]), (Fault.ITEM_DUPLICATED, [["1", "2", "3"]])],
)
def test_an_item_moves_between_pages_once(fault: Fault, second: list[list[str]]) -> None:
    told = names(pages(struck(fault, on=2), again=1))
    assert told[1] in second
    assert told[:1] + told[2:] == [["0", "1"], ["4", "5"], ["0", "1"], ["2", "3"], ["4", "5"]]


def users(plan: FaultPlan, query: str) -> list[Told]:
    """Users of Graph until there is no link."""

    async def walk(running: Emulator) -> list[Told]:
        told, url = [], f"{running.graph_url}/v1.0/users?{query}"
        while url:
            told.append(await get(running, url, ConsistencyLevel="eventual"))
            url = told[-1].json.get("@odata.nextLink", "")
        return told

    people = [{"id": f"{number:08}-0000-4000-8000-000000000000", "displayName": str(number)} for number in range(6)]
    return emulated(Emulator(snapshot_of({"users": people}), faults=plan, limits="none"), walk)


def test_a_lost_item_needs_a_count_to_be_noticed_by() -> None:
    plan = struck(Fault.ITEM_LOST, on=2)
    assert [len(one.json["value"]) for one in users(plan, "$select=id&$top=2")] == [2, 2, 2]
    assert not plan.injected
    plan = struck(Fault.ITEM_LOST, on=2)
    counted = users(plan, "$select=id&$top=2&$count=true")
    assert [len(one.json["value"]) for one in counted] == [2, 1, 2]
    assert counted[0].json["@odata.count"] == 6
    assert plan.counts() == {"item_lost": 1}


def test_an_expired_token_of_graph_has_graphs_code() -> None:
    told = users(struck(Fault.EXPIRED_TOKEN, on=2), "$select=id&$top=2")
    assert [one.status for one in told] == [200, 400]
    assert told[1].json["error"]["code"] == "Directory_ExpiredPageToken"


def test_a_run_without_faults_is_untouched() -> None:
    plan = FaultPlan(0.0)
    assert names(pages(plan)) == [["0", "1"], ["2", "3"], ["4", "5"]]
    assert (plan.requests, plan.counts()) == (3, {})
