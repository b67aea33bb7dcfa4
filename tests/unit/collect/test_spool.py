"""The spool: what is kept, what is noticed, and what survives a kill."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collect.scripted import NOW

from tenantlint.collect.spool import Encoded, Finished, Spool
from tenantlint.errors import InputError, UsageError
from tenantlint.model import CollectionStatus
from tenantlint.snapshot import canonical

OPTIONS = {"tenant": "contoso", "areas": "all"}
OK = CollectionStatus.OK


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "snapshot"


def test_objects_come_back_in_the_order_of_their_identity(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        spool.add("users", [{"id": "b", "x": [1.0, None]}, {"id": "ä"}, {"id": "Z"}])
        spool.add("users", [{"id": "a"}])
        assert [identity for identity, _ in spool.lines("users")] == ["Z", "a", "b", "ä"]
        assert list(spool.objects("users"))[2] == {"id": "b", "x": [1.0, None]}
        assert spool.count("users") == 4
        assert spool.count("groups") == 0


@given(ids=st.lists(st.text(min_size=1, max_size=5), unique=True, max_size=30))
def test_order_is_that_of_python_for_any_identity(ids: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    with Spool(tmp_path_factory.mktemp("spool") / "out", {}, now=NOW) as spool:
        spool.add("users", [{"id": one} for one in ids])
        assert [identity for identity, _ in spool.lines("users")] == sorted(ids)
        assert spool.note("set", ids) == ids
        assert spool.note("set", ids) == []
        heap = spool.heap()
        heap.put((number % 2, one) for number, one in enumerate(ids + ids[:3]))
        other = spool.heap()
        other.put([(0, "of another heap")])
        assert [one for chunk in heap.chunks(0, 1) for one in chunk] == sorted(ids)
        assert heap.distinct() == len(ids)
        heap.clear()
        assert list(heap.chunks(0, 1)) == []
        assert list(other.chunks(0)) == [["of another heap"]]


def test_an_object_that_comes_twice_is_noticed_and_kept_once(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        assert spool.add("users", [{"id": "a", "x": 1}]).repeated == ""
        same = spool.add("users", [{"x": 1, "id": "a"}, {"id": "b"}])
        assert (same.repeated, same.changed) == ("a", False)
        other = spool.add("users", [{"id": "a", "x": 2}])
        assert (other.repeated, other.changed) == ("a", True)
        assert list(spool.objects("users")) == [{"id": "a", "x": 1}, {"id": "b"}]


def test_objects_without_identity_are_counted_and_left_out(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        assert spool.add("users", [{"x": 1}, {"id": None}, {"id": "a"}]).nameless == 2
        assert spool.count("users") == 1


def test_a_batch_that_fails_leaves_nothing_of_itself(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        with pytest.raises(InputError, match="NaN"):
            spool.add("users", [{"id": "a"}, {"id": "b", "x": float("nan")}])
        assert spool.count("users") == 0


def test_encoded_lines_are_taken_as_they_are(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        line = canonical.line({"group_id": "g", "members": []})
        assert spool.add("group_members", [Encoded("g", bytearray(line))]).repeated == ""
        assert spool.add("group_members", [Encoded("g", bytearray(line))]).changed is False
        assert list(spool.lines("group_members")) == [("g", line)]


def test_a_large_line_comes_back_as_it_went_in(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        line = canonical.line({"group_id": "g", "members": [str(number) for number in range(400_000)]})
        assert len(line) > 3_000_000
        spool.add("group_members", [Encoded("g", bytearray(line)), Encoded("h", b"{}\n")])
        assert dict(spool.lines("group_members")) == {"g": line, "h": b"{}\n"}
        assert spool.add("group_members", [Encoded("g", line)]).changed is False
        assert spool.add("group_members", [Encoded("g", line[:-3] + b"}\n")]).changed is True


def test_begin_forgets_one_collection_and_no_other(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        spool.add("users", [{"id": "a"}])
        spool.add("groups", [{"id": "g"}])
        spool.finish("users", Finished(OK))
        spool.begin("users")
        assert (spool.count("users"), spool.count("groups"), spool.finished("users")) == (0, 1, None)


def test_digest_is_of_the_objects_and_not_of_their_order(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        spool.add("users", [{"id": "a"}, {"id": "b"}])
        before = spool.digest("users")
        spool.begin("users")
        spool.add("users", [{"id": "b"}, {"id": "a"}])
        assert spool.digest("users") == before
        spool.add("users", [{"id": "c"}])
        assert spool.digest("users") != before


def test_a_resumed_spool_holds_what_was_there(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        spool.add("users", [{"id": "a"}])
        spool.finish("users", Finished(CollectionStatus.UNLICENSED, "why", 3))
        spool.say("tenant", "t")
        spool.note("half", ["done"])
    with Spool(out, OPTIONS, now=NOW + timedelta(hours=2), resume=True) as spool:
        assert spool.resumed
        assert spool.started == NOW
        assert spool.finished("users") == Finished(CollectionStatus.UNLICENSED, "why", 3)
        assert spool.count("users") == 1
        assert spool.said("tenant") == "t"
        assert spool.note("half", ["done"]) == ["done"]  # what was under way begins anew


def test_without_resume_the_interrupted_run_is_thrown_away_and_told(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        spool.add("users", [{"id": "a"}])
    later = NOW + timedelta(hours=1)
    with Spool(out, OPTIONS, now=later) as spool:
        assert (spool.resumed, spool.discarded, spool.started) == (False, NOW, later)
        assert spool.count("users") == 0


def test_resuming_where_nothing_is_starts_anew(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW, resume=True) as spool:
        assert (spool.resumed, spool.discarded) == (False, None)


@pytest.mark.parametrize(
    ("options", "hours", "why"),
    [
        ({**OPTIONS, "areas": "users"}, 1, r"other options \(areas\)"),
        ({"tenant": "contoso"}, 1, r"other options \(areas\)"),
        (OPTIONS, 25, "more than a day ago"),
    ],
)
def test_another_run_is_not_continued(out: Path, options: dict[str, str], hours: int, why: str) -> None:
    Spool(out, OPTIONS, now=NOW).close()
    with pytest.raises(UsageError, match=why):
        Spool(out, options, now=NOW + timedelta(hours=hours), resume=True)
    Spool(out, options, now=NOW).close()  # and the refusal holds no lock


def test_two_runs_do_not_share_a_spool(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        spool.add("users", [{"id": "a"}])
        for resume in (False, True):
            with pytest.raises(UsageError, match="Another run is collecting"):
                Spool(out, OPTIONS, now=NOW, resume=resume)
        assert spool.count("users") == 1


def test_a_damaged_spool_is_refused_or_replaced(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        file = next(spool.folder.glob("*.sqlite3"))
    file.write_bytes(b"not a database" * 500)
    with pytest.raises(UsageError, match="damaged"):
        Spool(out, OPTIONS, now=NOW, resume=True)
    with Spool(out, OPTIONS, now=NOW) as spool:
        assert spool.count("users") == 0


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_only_the_owner_may_look(out: Path) -> None:
    with Spool(out, OPTIONS, now=NOW) as spool:
        spool.add("users", [{"id": "a"}])
        assert spool.folder.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in spool.folder.iterdir()} == {0o600}


def test_discard_leaves_nothing(out: Path) -> None:
    spool = Spool(out, OPTIONS, now=NOW)
    spool.discard()
    assert list(out.parent.iterdir()) == []


def test_a_kill_in_the_middle_leaves_whole_batches(out: Path) -> None:
    """Another process is killed while it writes; what it had told of is there, and nothing half."""
    script = f"""
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from tenantlint.collect.spool import Spool, Finished
from tenantlint.model import CollectionStatus
spool = Spool(Path({str(out)!r}), {OPTIONS!r}, now=datetime.fromisoformat({NOW.isoformat()!r}))
spool.add("groups", [{{"id": str(number)}} for number in range(10)])
spool.finish("groups", Finished(CollectionStatus.OK))
def forever():
    for number in range(1000):
        yield {{"id": f"{{number:04}}"}}
        if number == 500:
            os.kill(os.getpid(), 9)
spool.add("users", [{{"id": "whole"}}])
spool.add("users", forever())
"""
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert done.returncode != 0
    with Spool(out, OPTIONS, now=NOW, resume=True) as spool:
        assert spool.finished("groups") == Finished(OK)
        assert spool.count("groups") == 10
        assert spool.finished("users") is None
        assert [identity for identity, _ in spool.lines("users")] == ["whole"]
