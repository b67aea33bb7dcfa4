from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.errors import InputError
from tenantlint.snapshot import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)


def test_the_bytes_of_a_file_are_pinned() -> None:
    value = {
        "b": {"z": 1, "a": "é"},
        "@odata.etag": 'W/"1"',
        "a": [],
        "@odata.type": "#x",
        "u@odata.context": "https://x",
    }
    assert canonical.pretty(value) == (
        '{\n  "@odata.type": "#x",\n  "a": [],\n  "b": {\n    "a": "é",\n    "z": 1\n  }\n}\n'.encode()
    )
    assert canonical.line(value) == '{"@odata.type":"#x","a":[],"b":{"a":"é","z":1}}\n'.encode()


def test_noise_goes_at_every_depth_and_nothing_else_does() -> None:
    value = {"list": [{"@odata.context": 1, "id": 2}], "text": "@odata.context", "etag": 3, "@odata.count": 4}
    assert canonical.without_noise(value) == {
        "list": [{"id": 2}],
        "text": "@odata.context",
        "etag": 3,
        "@odata.count": 4,
    }


@given(VALUES)
def test_bytes_hold_the_same_value_and_do_not_depend_on_the_order_of_keys(value: object) -> None:
    def backwards(found: object) -> object:
        if isinstance(found, dict):
            return {key: backwards(found[key]) for key in reversed(found)}
        return [backwards(one) for one in found] if isinstance(found, list) else found

    for write in (canonical.pretty, canonical.line):
        data = write(value)
        assert json.loads(data) == value
        assert data == write(backwards(value))
        assert data.endswith(b"\n")
    assert canonical.line(value).count(b"\n") == 1


def test_nan_is_refused() -> None:
    with pytest.raises(InputError, match="NaN or an infinity"):
        canonical.pretty({"a": float("nan")})


def test_half_an_emoji_is_written_as_the_replacement_character() -> None:
    assert canonical.line({"a": "x\ud83d"}) == '{"a":"x\ufffd"}\n'.encode()


@pytest.mark.skipif(not which("sha256sum"), reason="needs sha256sum")
def test_the_seal_of_a_folder_can_be_verified_with_sha256sum(tmp_path: Path) -> None:
    from hashlib import sha256

    for name in ("b--2.json", "a--1.json", "a-b.json", "B.json"):
        (tmp_path / name).write_text(name)
    printed = subprocess.run(
        "LC_ALL=C sha256sum *.json | sha256sum", shell=True, cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    files = [(path.name, sha256(path.read_bytes()).hexdigest()) for path in tmp_path.iterdir()]
    assert printed.split()[0] == canonical.folder_seal(files)
