"""A kill at any moment leaves the old or the new folder, whole.

The kill is real: a child process ends without any clean-up (`os._exit`) at the n-th thing that it asks of the
system, for every n. Both ways of swapping are tried: the exchange of Linux, and the two renames of other systems.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tenantlint.errors import InputError
from tenantlint.snapshot import Snapshot, swap
from tenantlint.snapshot.store import is_native, open_snapshot, write_snapshot

Make = Callable[..., Snapshot]
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
WAYS = pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "two renames"])
ASKS = frozenset(
    {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.scandir", "ctypes.dlsym", "shutil.rmtree"}
)
KILLED, DONE = 77, 0


@pytest.fixture
def old_and_new(tenant: Make, tmp_path: Path) -> tuple[Snapshot, Snapshot, Path]:
    root = tmp_path / "t"
    old = tenant(users=[{"id": "old"}], domains=[{"id": f"old{index}.example"} for index in range(3)])
    new = tenant(users=[{"id": "new"}], groups=[{"id": "new"}], domains=[{"id": "new.example"}])
    write_snapshot(old, root, tool_version="old")
    (root / "README.md").write_text("mine")
    return old, new, root


def content(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def die_at(moment: int, write: Callable[[], None]) -> int:
    """Run `write` in a child that dies at the moment-th question to the system; its exit code."""
    child = os.fork()
    if child == 0:
        asked = 0

        def watch(event: str, _arguments: object) -> None:
            nonlocal asked
            if event in ASKS:
                asked += 1
                if asked == moment:
                    os._exit(KILLED)

        try:
            sys.addaudithook(watch)
            write()
        except BaseException:
            os._exit(1)
        os._exit(DONE)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@needs_fork
@WAYS
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_snapshot(
    old_and_new: tuple[Snapshot, Snapshot, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    old, new, root = old_and_new
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    old_digest = open_snapshot(root).digest
    expected = tmp_path / "expected"
    write_snapshot(new, expected, tool_version="new")
    new_digest = open_snapshot(expected).digest
    seen = {old_digest: 0, new_digest: 0}
    outside = {path.name for path in tmp_path.iterdir()}
    moment, code = 0, KILLED
    while code == KILLED:
        moment += 1
        code = die_at(moment, lambda: write_snapshot(new, root, tool_version="new"))
        assert is_native(root)
        opened = open_snapshot(root)
        seen[opened.digest] += 1
        assert (swap.current(root) / "README.md").read_text() == "mine"
        assert {Path(file).parent for file in opened.files} <= {root, root / "domains"}
        write_snapshot(old, root, tool_version="old")
        assert {path.name for path in tmp_path.iterdir()} == outside
    assert code == DONE
    assert moment > 25
    assert seen[old_digest] > 10
    assert seen[new_digest] > 1


@needs_fork
@WAYS
def test_a_kill_before_the_first_snapshot_is_there_leaves_none_or_all(
    tenant: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    new = tenant(users=[{"id": "new"}])
    moment, code = 0, KILLED
    while code == KILLED:
        moment += 1
        root = tmp_path / str(moment)
        code = die_at(moment, lambda root=root: write_snapshot(new, root, tool_version="new"))  # type: ignore[misc]
        if root.exists():
            assert list(open_snapshot(root).items("users")) == [{"id": "new"}]
        else:
            assert code == KILLED
    assert code == DONE


WRITER = """
import sys
from pathlib import Path
from tenantlint.model import Tenant
from tenantlint.snapshot import Collection, Snapshot
from tenantlint.snapshot.store import write_snapshot
number = 0
while True:
    number += 1
    items = [{"id": str(index), "number": number} for index in range(50)]
    write_snapshot(Snapshot(tenant=Tenant(), collections={"domains": Collection("domains", items=items)}),
                   Path(sys.argv[1]), tool_version=str(number))
    print(number, flush=True)
"""


def test_a_killed_process_leaves_one_whole_snapshot(tmp_path: Path) -> None:
    root = tmp_path / "t"
    for writes in range(1, 5):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(writes):
                process.stdout.readline()
            process.kill()  # somewhere in the next write
        opened = open_snapshot(root)
        assert opened.notices == ()
        assert len({item["number"] for item in opened.items("domains")}) == 1
        assert len(opened.items("domains")) == 50


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is of Linux")
def test_linux_exchanges_two_folders_in_one_step(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not swap._exchange(tmp_path / "a", tmp_path / "b"):
        pytest.skip("the file system has no exchange")
    assert (tmp_path / "a" / "b").exists()
    assert (tmp_path / "b" / "a").exists()
    assert not swap._exchange(tmp_path / "a", tmp_path / "missing")


def test_a_second_rename_that_fails_is_taken_back(
    old_and_new: tuple[Snapshot, Snapshot, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, new, root = old_and_new
    before = content(root)
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if ".tenantlint-new-" in self.name:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(
        InputError, match="the snapshot cannot be written: permission denied; what was there before still is"
    ):
        write_snapshot(new, root, tool_version="new")
    assert content(root) == before
    assert [path.name for path in root.parent.iterdir()] == ["t"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no locks on folders")
def test_what_a_running_writer_has_made_is_not_removed_by_another(tenant: Make, tmp_path: Path) -> None:
    root = tmp_path / "t"
    with swap.replacing(root) as staging:
        swap.write_file(staging / "mine", b"1")
        write_snapshot(tenant(users=[{"id": "u"}]), root, tool_version="1")
        assert (staging / "mine").read_bytes() == b"1"
    assert content(root) == {"mine": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["t"]
