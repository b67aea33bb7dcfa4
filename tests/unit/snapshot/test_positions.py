"""Positions, held against a parser written for this test that knows the place of every value."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.snapshot.positions import SourceText, locate

Path = tuple[str | int, ...]


class Oracle:
    """A plain recursive-descent reader: the offset of each value by its path."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.offsets: dict[Path, int] = {}
        self.value(())

    def space(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
            self.at += 1

    def value(self, path: Path) -> None:
        self.space()
        self.offsets[path] = self.at
        if self.text[self.at] == "{":
            self.members(path)
        elif self.text[self.at] == "[":
            self.elements(path)
        elif self.text[self.at] == '"':
            self.string()
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]} \t\r\n":
                self.at += 1
        self.space()

    def string(self) -> str:
        start = self.at
        self.at += 1
        while self.text[self.at] != '"':
            self.at += 2 if self.text[self.at] == "\\" else 1
        self.at += 1
        return str(json.loads(self.text[start : self.at]))

    def members(self, path: Path) -> None:
        self.at += 1
        self.space()
        while self.text[self.at] != "}":
            self.space()
            key = self.string()
            self.space()
            self.at += 1
            self.value((*path, key))
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1

    def elements(self, path: Path) -> None:
        self.at += 1
        self.space()
        index = 0
        while self.text[self.at] != "]":
            self.value((*path, index))
            index += 1
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1

    def place(self, path: Path) -> tuple[int, int]:
        before = self.text[: self.offsets[path]].split("\n")
        return len(before), len(before[-1]) + 1


def pointer(path: Path) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet='aB/~0 é😀\n"\\', max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)
STYLES = st.fixed_dictionaries(
    {
        "ensure_ascii": st.booleans(),
        "indent": st.sampled_from([None, 0, 2, "\t"]),
        "separators": st.sampled_from([(",", ":"), (" ,", " : ")]),
    }
)


@given(VALUES, STYLES, st.sampled_from(["", "\n ", "\r\n\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_every_value_is_found_where_a_plain_parser_finds_it(value: Any, style: Any, ahead: str, encoding: str) -> None:
    text = ahead + json.dumps(value, **style)
    oracle = Oracle(text)
    source = SourceText(text.encode(encoding))
    for path in oracle.offsets:
        assert locate(source, pointer(path)) == oracle.place(path)


@given(st.lists(VALUES, min_size=1, max_size=5), st.booleans())
def test_in_a_lines_file_each_value_is_found_on_its_line(values: list[Any], blank_lines: bool) -> None:
    between = "\n \n" if blank_lines else "\n"
    lines = [" " + json.dumps(value) for value in values]
    source = SourceText(between.join(lines).encode())
    for index, line in enumerate(lines):
        number = 1 + index * (2 if blank_lines else 1)
        oracle = Oracle(line)
        for path in oracle.offsets:
            assert locate(source, pointer(path), line=number) == (number, oracle.place(path)[1])


@given(VALUES, st.lists(st.text(alphabet="aB/~01é", max_size=2), max_size=4))
def test_a_pointer_that_leads_nowhere_gives_its_deepest_existing_ancestor(value: Any, parts: list[str]) -> None:
    text = json.dumps(value, indent=1)
    oracle = Oracle(text)
    path: Path = ()
    here = value
    for part in parts:
        if isinstance(here, dict):
            folded = [key for key in here if key.lower() == part.lower()]
            key = part if part in here else folded[0] if folded else None
            if key is None:
                if part == "0":
                    continue
                break
            path, here = (*path, key), here[key]
        elif isinstance(here, list) and part in {str(index) for index in range(len(here))}:
            path, here = (*path, int(part)), here[int(part)]
        else:
            break
    assert locate(SourceText(text.encode()), pointer(tuple(parts))) == oracle.place(path)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("", (1, 1)),
        ("/Conditions/Users", (2, 26)),
        ("/conditions/users", (2, 26)),
        ("/conditions/users/0", (2, 26)),
        ("/conditions/users/0/all", (2, 34)),
        ("/conditions/users/1", (2, 26)),
        ("/STATE", (3, 12)),
        ("/state", (4, 12)),
        ("/state/deeper/still", (4, 12)),
        ("/nothing", (1, 1)),
        ("no pointer", (1, 1)),
    ],
)
def test_keys_match_without_regard_to_case_and_a_list_of_one_may_be_its_object(
    wanted: str, place: tuple[int, int]
) -> None:
    text = '{\n "Conditions": {"Users": {"All": true}},\n "State":  1,\n "state":  2}'
    assert locate(SourceText(text.encode()), wanted) == place


def test_columns_count_characters_and_not_bytes() -> None:
    assert locate(SourceText('{"é😀": "😀", "b": 1}'.encode()), "/b") == (1, 18)


@pytest.mark.parametrize("data", [b"", b"\xff", b"{", b'{"a"', b'{"a": [1, ', b"[" * 100_000, b'{"a" 1}', b"{]"])
@pytest.mark.parametrize("wanted", ["", "/a/0", "/0/0"])
def test_text_that_is_no_json_still_has_a_place(data: bytes, wanted: str) -> None:
    line, column = locate(SourceText(data), wanted)
    assert line == 1
    assert column >= 1


def test_a_line_beyond_the_end_gives_the_last_one() -> None:
    assert locate(SourceText(b"1\n2"), "", line=9) == (2, 1)


def test_a_key_with_a_lone_surrogate_is_found_under_the_name_that_was_read() -> None:
    assert locate(SourceText(rb'{"a": 1, "\ud83d": 2}'), "/\ufffd") == (1, 20)


def test_hundreds_of_lookups_in_a_large_file_take_little() -> None:
    policies = [{"id": str(index), "conditions": {"users": {"includeUsers": ["All"] * 60}}} for index in range(2000)]
    text = json.dumps({"policies": policies}, indent=2)
    assert len(text) > 1_700_000
    source = SourceText(text.encode())
    lines = text.split("\n")
    started = time.perf_counter()
    for index in random.Random(1).sample(range(2000), 500):
        line, column = locate(source, f"/policies/{index}/conditions/users/includeUsers/59")
        assert lines[line - 1][column - 1 :] == '"All"'
    assert time.perf_counter() - started < 2
