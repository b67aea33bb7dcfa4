"""A run with fetchers of our own: statuses, restarts, bugs, interruptions and what is taken over from before."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.collect.scripted import NOW, Scripted, graph_source
from tests.unit.collect.virtual_clock import VirtualClock

from tenantlint.collect import spool_base
from tenantlint.collect.calls import CallError, Reason, Service
from tenantlint.collect.fetching import Context, IncompleteError, RestartNeededError, Scope
from tenantlint.collect.paging import graph_call
from tenantlint.collect.progress import Silent
from tenantlint.collect.run import CollectReport, collect
from tenantlint.collect.source import Source, Way
from tenantlint.collect.spool import Spool
from tenantlint.collect.spool_base import SpoolError
from tenantlint.collect.writing import write_collected
from tenantlint.errors import UsageError
from tenantlint.model import CollectionStatus, JsonObject, Tenant
from tenantlint.snapshot.store import open_snapshot

Step = list[JsonObject] | Exception
ORGANIZATION = graph_source("organization", "/organization", Way.LIST)
SKUS = graph_source("subscribed_skus", "/subscribedSkus")
USERS = graph_source("users", "/users", permissions=("User.Read.All",))
GROUPS = graph_source("groups", "/groups", parents=("users",))
PIM = graph_source("role_management_policies", "/x", licence=("entra_p2",))
SOURCES = (USERS, GROUPS, PIM, SKUS, ORGANIZATION)
TENANT = {
    "id": "t1",
    "displayName": "Contoso",
    "verifiedDomains": [{"name": "contoso.example"}, {"name": "c.onmicrosoft.example", "isInitial": True}],
}
PLAN = {
    "id": "s",
    "capabilityStatus": "Enabled",
    "servicePlans": [{"servicePlanName": "AAD_PREMIUM", "provisioningStatus": "Success"}],
}


class Play:
    """Fetchers that do what the script says; several readings of one collection take one scene after the other."""

    def __init__(self, scenes: Mapping[str, Sequence[Sequence[Step]]]) -> None:
        self.scenes = {"organization": [[[TENANT]]], "subscribed_skus": [[[PLAN]]], **scenes}
        self.readings: dict[str, int] = {}
        self.waits_for: dict[str, str] = {}

    def fetcher(self, source: Source) -> Callable[[Context, Source], AsyncIterator[list[JsonObject]]]:
        async def fetch(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
            number = self.readings.get(source.collection, 0)
            self.readings[source.collection] = number + 1
            if source.collection in self.waits_for:
                await context.finished(self.waits_for[source.collection])
            scenes = self.scenes.get(source.collection, [[]])
            for step in scenes[min(number, len(scenes) - 1)]:
                await asyncio.sleep(0)
                if isinstance(step, Exception):
                    raise step
                yield step

        return fetch


def run(
    tmp_path: Path,
    play: Play,
    *,
    sources: Sequence[Source] = SOURCES,
    resume: bool = False,
    granted: frozenset[str] | None = None,
    keep: bool = False,
    told: list[Tenant] | None = None,
) -> tuple[CollectReport, dict[str, list[Any]]]:
    clock = VirtualClock()
    with Spool(tmp_path / "out", {}, now=NOW, resume=resume) as spool:
        report = clock.run(
            collect(
                sources,
                included={source.collection for source in sources} - {"groups_not_asked_for"},
                tenant=Tenant(id="from the token", cloud="global"),
                granted={Service.GRAPH: granted},
                scope=Scope(now=NOW),
                sender=Scripted({}),
                spool=spool,
                observer=Silent(),
                clock=clock,
                fetchers=play.fetcher,
                on_tenant=told.append if told is not None else None,
            )
        )
        objects = {name: list(spool.objects(name)) for name in report.collections}
        if not keep:
            spool.discard()
    return report, objects


def failing(reason: Reason = Reason.UNAVAILABLE, status: int | None = 503) -> CallError:
    return CallError(graph_call(USERS, "/users"), reason, status=status, code="", attempts=6)


def statuses(report: CollectReport) -> dict[str, str]:
    return {name: ended.status.value for name, ended in report.collections.items()}


def test_the_tenant_and_its_licences_come_first_and_decide(tmp_path: Path) -> None:
    told: list[Tenant] = []
    play = Play({"users": [[[{"id": "a"}], [{"id": "b"}]]]})
    report, objects = run(tmp_path, play, told=told)
    assert report.tenant == Tenant(
        id="t1", display_name="Contoso", initial_domain="c.onmicrosoft.example", cloud="global"
    )
    assert told == [report.tenant]
    assert report.licences == {"entra_p1"}
    assert statuses(report)["role_management_policies"] == "unlicensed"
    assert "role_management_policies" not in play.readings
    assert objects["users"] == [{"id": "a"}, {"id": "b"}]
    assert report.collections["users"].count == 2
    assert report.complete


def test_without_the_tenant_and_licences_the_others_are_read_all_the_same(tmp_path: Path) -> None:
    play = Play({"organization": [[failing()]], "subscribed_skus": [[failing()]], "users": [[[{"id": "a"}]]]})
    report, _ = run(tmp_path, play)
    assert report.tenant.id == "from the token"
    assert report.licences is None
    assert statuses(report)["users"] == "ok"
    assert play.readings["role_management_policies"] == 1
    assert not report.complete


def test_a_missing_permission_makes_no_call(tmp_path: Path) -> None:
    play = Play({})
    report, _ = run(tmp_path, play, granted=frozenset({"Other"}))
    assert statuses(report)["users"] == "denied"
    assert "User.Read.All" in report.collections["users"].detail
    assert "users" not in play.readings


@pytest.mark.parametrize(
    ("scene", "status", "count"),
    [
        ([failing()], "failed", 0),
        ([[{"id": "a"}], IncompleteError("Half")], "truncated", 1),
        ([[{"id": "a"}], failing()], "truncated", 1),
        ([[{"id": "a"}, {"x": 1}]], "truncated", 1),
    ],
)
def test_one_that_fails_stops_no_other(tmp_path: Path, scene: list[Step], status: str, count: int) -> None:
    report, _ = run(tmp_path, Play({"users": [scene], "groups": [[[{"id": "g"}]]]}))
    assert statuses(report)["users"] == status
    assert report.collections["users"].count == count
    assert report.collections["users"].detail
    assert statuses(report)["groups"] == "ok"


def test_a_bug_fails_its_collection_and_is_told(tmp_path: Path) -> None:
    report, _ = run(tmp_path, Play({"users": [[[{"id": "a"}], KeyError("x")]], "groups": [[[{"id": "g"}]]]}))
    ended = report.collections["users"]
    assert (ended.status, ended.detail) == (CollectionStatus.FAILED, "A fault in tenantlint: KeyError")
    assert [(fault.collection, type(fault.error)) for fault in report.faults] == [("users", KeyError)]
    assert statuses(report)["groups"] == "ok"
    assert not report.complete


def test_an_expired_link_reads_the_collection_again(tmp_path: Path) -> None:
    play = Play({"users": [[[{"id": "old"}], RestartNeededError("it expired")], [[{"id": "new"}]]]})
    report, objects = run(tmp_path, play)
    assert (statuses(report)["users"], objects["users"]) == ("ok", [{"id": "new"}])


def test_links_that_always_expire_end_the_collection(tmp_path: Path) -> None:
    play = Play({"users": [[[{"id": "a"}], RestartNeededError("the link to page 2 had expired")]]})
    report, _ = run(tmp_path, play)
    assert play.readings["users"] == 3
    assert statuses(report)["users"] == "truncated"
    assert report.collections["users"].detail == "Read 3 times, and each time the link to page 2 had expired"


def test_an_object_that_comes_twice_is_read_again(tmp_path: Path) -> None:
    moved: list[Step] = [[{"id": "a"}, {"id": "b"}], [{"id": "b"}]]
    still: list[Step] = [[{"id": "a"}, {"id": "b"}], [{"id": "c"}]]
    play = Play({"users": [moved, still]})
    report, objects = run(tmp_path, play)
    assert (statuses(report)["users"], len(objects["users"])) == ("ok", 3)


def test_a_list_that_repeats_itself_the_same_way_twice_is_so(tmp_path: Path) -> None:
    play = Play({"users": [[[{"id": "a"}, {"id": "b"}], [{"id": "b"}]]]})
    report, objects = run(tmp_path, play)
    assert play.readings["users"] == 2
    assert (statuses(report)["users"], len(objects["users"])) == ("ok", 2)


def test_an_object_that_is_never_the_same_is_named(tmp_path: Path) -> None:
    play = Play({"users": [[[{"id": "a", "x": 1}], [{"id": "a", "x": 2}]]]})
    report, _ = run(tmp_path, play)
    assert statuses(report)["users"] == "truncated"
    assert "`a`" in report.collections["users"].detail


def test_who_waits_for_another_gets_its_status_and_none_waits_for_ever(tmp_path: Path) -> None:
    play = Play({"users": [[[{"id": "a"}]]], "groups": [[[{"id": "g"}]]]})
    play.waits_for = {"groups": "users", "users": "not in this run"}
    report, _ = run(tmp_path, play)
    assert statuses(report)["groups"] == "ok"


def test_an_interrupted_run_is_continued(tmp_path: Path) -> None:
    class Stop(Play):
        def fetcher(self, source: Source) -> Any:
            if source.collection != "groups":
                return super().fetcher(source)

            async def fetch(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
                await context.finished("users")
                yield [{"id": "half"}]
                (whole,) = (one for one in asyncio.all_tasks() if one.get_coro().__name__ == "collect")  # type: ignore[union-attr]
                whole.cancel()  # as ctrl-C does
                await asyncio.Event().wait()

            return fetch

    with pytest.raises(asyncio.CancelledError):
        run(tmp_path, Stop({"users": [[[{"id": "a"}]]]}), keep=True)
    play = Play({"users": [[[{"id": "never asked for"}]]], "groups": [[[{"id": "g"}]]]})
    report, objects = run(tmp_path, play, resume=True)
    assert "users" not in play.readings
    assert objects["users"] == [{"id": "a"}]
    assert objects["groups"] == [{"id": "g"}]
    assert report.collections["users"].resumed
    assert not report.collections["groups"].resumed


@pytest.mark.parametrize("scene", [[failing()], [[{"id": "a"}], failing()], [failing(Reason.REFUSED, 403)]])
def test_what_failed_before_is_asked_for_again_and_what_hangs_on_it(tmp_path: Path, scene: list[Step]) -> None:
    run(tmp_path, Play({"users": [scene], "groups": [[[{"id": "g"}]]]}), keep=True)
    play = Play({"users": [[[{"id": "a"}]]], "groups": [[[{"id": "g2"}]]]})
    report, objects = run(tmp_path, play, resume=True)
    assert play.readings["users"] == 1
    assert play.readings["groups"] == 1  # its parent was read anew
    assert objects["groups"] == [{"id": "g2"}]
    assert statuses(report)["users"] == "ok"


def test_a_full_disk_ends_the_run_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = spool_base.connect

    def small(file: Path) -> Any:
        base = opened(file)
        base.execute("PRAGMA max_page_count = 30")
        return base

    monkeypatch.setattr("tenantlint.collect.spool.connect", small)
    much: list[Step] = [[{"id": f"{number}", "x": "y" * 10_000}] for number in range(50)]
    with pytest.raises(SpoolError, match="full; make room on the disk and run again with --resume"):
        run(tmp_path, Play({"users": [much]}))
    monkeypatch.undo()
    report, _ = run(tmp_path, Play({"users": [[[{"id": "a"}]]]}), resume=True)
    assert statuses(report)["users"] == "ok"


def test_another_tenant_is_not_mixed_in(tmp_path: Path) -> None:
    run(tmp_path, Play({}), keep=True)
    other = Play({"organization": [[[{**TENANT, "id": "t2"}]]]})
    with pytest.raises(UsageError, match="another tenant"):
        run(tmp_path, other, resume=True)


def written(tmp_path: Path, play: Play, sources: Sequence[Source] = SOURCES) -> Path:
    clock, out = VirtualClock(), tmp_path / "out"
    with Spool(out, {}, now=NOW) as spool:
        report = clock.run(
            collect(
                sources,
                included={source.collection for source in sources},
                tenant=Tenant(cloud="global"),
                granted={Service.GRAPH: None},
                scope=Scope(now=NOW),
                sender=Scripted({}),
                spool=spool,
                observer=Silent(),
                clock=clock,
                fetchers=play.fetcher,
            )
        )
        write_collected(report, spool, out, tool_version="0.1.0", left_out={"teams_tenant": "No way reaches it"})
        spool.discard()
    return out


def test_the_snapshot_says_what_became_of_each_collection(tmp_path: Path) -> None:
    play = Play({"users": [[[{"id": "b"}, {"id": "a"}]]], "groups": [[failing()]]})
    out = written(tmp_path, play)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    snapshot = open_snapshot(out)
    assert snapshot.notices == ()
    assert snapshot.tenant.display_name == "Contoso"
    assert snapshot.collected_at == NOW
    assert snapshot.licences == {"entra_p1"}
    head = json.loads((out / "snapshot.json").read_bytes())["collections"]
    assert head["users"] | {"sha256": ""} == {
        "status": "ok",
        "count": 2,
        "sha256": "",
        "source": "GET /users",
        "api_version": "v1.0",
    }
    assert (out / "users.jsonl").read_bytes() == b'{"id":"a"}\n{"id":"b"}\n'
    assert head["groups"]["status"] == "failed"
    assert "count" not in head["groups"]
    assert head["teams_tenant"] == {"status": "not_collected", "detail": "No way reaches it"}
    assert (out.stat().st_mode & 0o777, (out / "users.jsonl").stat().st_mode & 0o777) == (0o700, 0o600)


def test_the_order_in_which_things_came_leaves_no_trace(tmp_path: Path) -> None:
    one = written(tmp_path / "1", Play({"users": [[[{"id": "b"}], [{"id": "a", "x": 1, "y": 2}]]]}))
    other = written(
        tmp_path / "2",
        Play({"users": [[RestartNeededError("x")], [[{"y": 2, "x": 1, "id": "a"}, {"id": "b"}]]]}),
        tuple(reversed([replace(source, cost=2) for source in SOURCES])),
    )
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    assert all((one / path).read_bytes() == (other / path).read_bytes() for path in files)
