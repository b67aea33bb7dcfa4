"""The key: made once, kept private, refused when it is none."""

import stat
import sys
from pathlib import Path

import pytest

from tenantlint.errors import InputError, UsageError
from tenantlint.snapshot.redaction import check_place, open_key

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


def test_a_key_that_is_not_there_is_made_and_then_read(tmp_path: Path) -> None:
    file = tmp_path / "key"
    made = open_key(file)
    again = open_key(file)
    assert made.created
    assert not again.created
    assert made.secret == again.secret
    assert len(made.secret) >= 32
    assert open_key(tmp_path / "other").secret != made.secret


@posix
def test_a_new_key_is_its_owners_alone(tmp_path: Path) -> None:
    open_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert not open_key(tmp_path / "key").readable_by_others


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_can_read_is_told(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    open_key(file)
    file.chmod(mode)
    assert open_key(file).readable_by_others


@pytest.mark.parametrize("content", [b"", b"\n\n", b"short", b"a" * 64, b"ab" * 40, bytes(range(31)), b"x" * 70_000])
def test_what_can_be_guessed_is_no_key(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(InputError, match="this is no key") as caught:
        open_key(file)
    assert str(file.as_posix()) in str(caught.value)


def test_an_editors_line_end_is_no_part_of_the_key(tmp_path: Path) -> None:
    file = tmp_path / "key"
    secret = open_key(file).secret
    file.write_bytes(secret + b"\r\n")
    assert open_key(file).secret == secret


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        open_key(tmp_path)
    with pytest.raises(UsageError, match="cannot be made"):
        open_key(tmp_path / "no" / "key")


def test_a_key_inside_the_snapshot_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="in the snapshot"):
        check_place(out / "key", out)
    with pytest.raises(UsageError, match="in the snapshot"):
        check_place(tmp_path / "other" / ".." / "out" / "deep" / "key", out)
    check_place(tmp_path / "out.key", out)


def test_the_fingerprint_and_the_repr_give_nothing_away(tmp_path: Path) -> None:
    key = open_key(tmp_path / "key")
    assert len(key.fingerprint) == 16
    assert key.fingerprint == open_key(tmp_path / "key").fingerprint
    for shown in (repr(key), str(key), key.fingerprint):
        assert key.secret.decode() not in shown
        assert key.secret.hex() not in shown
