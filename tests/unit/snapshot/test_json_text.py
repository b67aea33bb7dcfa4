"""Strict parsing: what is read, what is refused, and that a refusal names the right place."""

from __future__ import annotations

import gc
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.errors import InputError
from tenantlint.snapshot import json_text
from tenantlint.snapshot.json_text import Limits, decode, parse, parse_lines

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def refused(text: str, limits: Limits = json_text.DEFAULT_LIMITS) -> InputError:
    with pytest.raises(InputError) as caught:
        parse(text, "in/policy.json", limits)
    return caught.value


@given(JSON)
def test_sound_json_is_read_as_the_standard_library_reads_it(value: object) -> None:
    assert parse(json.dumps(value), "f") == json.loads(json.dumps(value))


@given(st.lists(JSON, max_size=6), st.sampled_from(["\n", "\r\n", "\n\n", "\n \t\n"]))
def test_lines_are_read_one_by_one_with_their_numbers(values: list[object], between: str) -> None:
    text = between.join(json.dumps(value) for value in values)
    expected = [(json.loads(line), number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    found, numbers = parse_lines(text, "f")
    assert list(zip(found, numbers, strict=True)) == expected


def test_lines_keep_their_numbers_over_many_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", 40)
    text = "".join(f'{{"id": {number}}}\n' + ("\n" if number % 7 == 0 else "") for number in range(100))
    found, numbers = parse_lines(text, "f")
    assert [item["id"] for item in found] == list(range(100))
    assert all(
        text.split("\n")[number - 1] == f'{{"id": {item["id"]}}}' for item, number in zip(found, numbers, strict=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1},{"b":2\n"c":3}',  # joined by a comma these would be sound
        '{"a":[1\n2]}',
        '{"a":1}\n2]},{"b":[1',
        '{"a":1} {"b":2}',
        '{"a":[1\n2]},"\\u0001 between two lines \\u0001",{"b":1}',
    ],
)
def test_a_line_that_is_not_one_value_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_lines(text, "users.jsonl")
    assert caught.value.file == "users.jsonl"


def test_a_line_may_hold_the_mark_that_stands_between_lines() -> None:
    line = '"\\u0001 between two lines \\u0001"'
    assert parse_lines(f"{line}\n{line}", "f") == ([json.loads(line)] * 2, [1, 2])


def test_the_bad_line_among_many_is_named_with_its_column() -> None:
    lines = ['{"id": "a"}', '{"id": "b"}', '{"id": "c", "id": "d"}', '{"id": }']
    with pytest.raises(InputError) as caught:
        parse_lines("\n".join(lines), "users.jsonl")
    assert str(caught.value) == ("users.jsonl:3:13: the key `id` stands twice in one object; keep one of the two.")


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('{\n "a": 1,\n  "a": 2}', (3, 3), "the key `a` stands twice in one object"),
        ('{"x": {"b": [{"k": 1}, {"k": 2, "\\u006b": 3}]}}', (1, 33), "the key `k` stands twice in one object"),
        ("[1,\n NaN]", (2, 2), "NaN is not a JSON value"),
        ('{"a": -Infinity}', (1, 7), "-Infinity is not a JSON value"),
        ('["Infinity", Infinity]', (1, 14), "Infinity is not a JSON value"),
        ("[1e999]", (1, 2), "a number too large"),
        ("[-1e999]", (1, 2), "a number too large"),
        (f"[{'9' * 101}]", (1, 2), "a number of more than 100 digits"),
        (f"[{'9' * 5000}]", (1, 2), "a number of more than 100 digits"),
        ('{"a": 1}\n{"b": 2}', (2, 1), "there is text after the end of the JSON value"),
        ("", (1, 1), "the file is empty"),
        (" \n ", (1, 1), "the file is empty"),
        ("{'a': 1}", (1, 2), "not valid JSON: expecting property name enclosed in double quotes"),
        ('{"a" 1}', (1, 6), "not valid JSON: expecting ':' delimiter"),
        ('["a\tb"]', (1, 4), "not valid JSON: invalid control character at"),
    ],
)
def test_a_fault_is_refused_with_its_place(text: str, place: tuple[int, int], problem: str) -> None:
    error = refused(text)
    assert (error.line, error.column) == place
    assert error.problem == problem
    assert error.mend
    assert error.file == "in/policy.json"
    assert error.exit_code == 2


def test_the_first_of_two_faults_is_named() -> None:
    assert refused('{"a": 1, "a": 2, ]').problem.startswith("the key `a`")
    assert refused('{"b" 1, "a": 1, "a": 2}').problem.startswith("not valid JSON")


def test_keys_may_repeat_in_different_objects_and_differ_in_case() -> None:
    text = '{"a": {"a": 1}, "A": [{"a": "a"}, {"a": "NaN"}], "c": ["a", "a"]}'
    assert parse(text, "f") == json.loads(text)


@given(JSON.filter(lambda value: isinstance(value, dict | list) and value), st.data())
def test_every_cut_of_a_container_is_told_to_be_truncated(value: object, data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.sampled_from([None, 2])))
    cut = text[: data.draw(st.integers(1, len(text) - 1))]
    error = refused(cut)
    assert "truncated" in error.problem
    assert error.line == cut.rstrip().count("\n") + 1


@pytest.mark.parametrize("depth", [101, 10_000, 200_000])
@pytest.mark.parametrize("pair", ["[]", '{"a":}'])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting_is_one_sentence_and_cheap(depth: int, pair: str, closed: bool) -> None:
    text = pair[:-1] * depth + "1" + pair[-1] * depth * closed
    started = time.perf_counter()
    error = refused(text)
    assert time.perf_counter() - started < 2
    assert error.problem == "nested deeper than 100 levels"
    assert (error.line, error.column) == (1, 100 * len(pair[:-1]) + 1)


def test_nesting_at_the_limit_is_read_whatever_stands_beside_it() -> None:
    text = "[" * 100 + "]" * 100
    assert parse(text, "f") == json.loads(text)
    wide = "[" + ",".join(["{}"] * 500) + "]"
    assert parse(wide, "f") == [{}] * 500
    assert parse_lines(f"{text}\n{wide}", "f")[0] == [json.loads(text), [{}] * 500]


def test_deep_nesting_in_a_line_names_the_line() -> None:
    with pytest.raises(InputError) as caught:
        parse_lines("{}\n" + "[" * 500 + "]" * 500 + "\n{}", "f")
    assert (caught.value.line, caught.value.column) == (2, 101)


def test_brackets_inside_text_are_no_nesting_and_no_containers() -> None:
    text = json.dumps(["[" * 5000 + '\\"{'])
    assert parse(text, "f", Limits(containers=3)) == json.loads(text)


def test_too_many_containers_are_refused_at_the_one_too_many() -> None:
    error = refused("[{},{},\n{}]", Limits(containers=3))
    assert error.problem == "more than 3 objects and lists in one file"
    assert (error.line, error.column) == (2, 1)
    assert parse("[{},{}]    ", "f", Limits(containers=3)) == [{}, {}]


def test_too_many_values_are_refused() -> None:
    assert refused("[1,2,3,4,5]", Limits(values=3)).problem == "more than 3 values in one file"


def test_a_file_over_the_size_limit_is_refused() -> None:
    with pytest.raises(InputError, match=r"big\.json: the file is larger than 0 MiB; split it\."):
        decode(b"[1]", "big.json", Limits(file_bytes=2))


def test_the_collector_of_garbage_is_on_again_after_a_refusal() -> None:
    refused("[")
    assert gc.isenabled()


@given(JSON, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]))
def test_every_unicode_encoding_is_read(value: object, encoding: str) -> None:
    text = json.dumps([value, "é😀"], ensure_ascii=False, indent=1).replace("\x00", "")
    if encoding == "utf-16":
        for mark, half in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
            assert decode(mark + text.encode(half), "f") == text
    assert decode(text.encode(encoding), "f") == text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{\n "a": "caf\xe9"}', "f:2:11: the bytes here are not UTF-8 text; save the file as UTF-8."),
        (b"\xff\xfe[\x00\x00\xd8", "f:1:2: the bytes here are not UTF-16 text; save the file as UTF-8."),
        (b"\xff\xfe[\x00]", "f:1:2: the bytes here are not UTF-16 text; save the file as UTF-8."),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "f")
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\ud83d"', "\ufffd"),
        (r'"x\uDE00y"', "x\ufffdy"),
        (r'"\ud83d\ude00"', "😀"),
        (r'"\ud83d\ud83d\ude00"', "\ufffd😀"),
        (r'"\\ud83d"', r"\ud83d"),
        (r'"\\\ud83d"', "\\\ufffd"),
        (r'"\uD83D\u0041"', "\ufffdA"),
    ],
)
def test_a_lone_surrogate_becomes_the_replacement_character(text: str, expected: str) -> None:
    assert parse(text, "f") == expected
    assert parse_lines(text, "f") == ([expected], [1])
    expected.encode("utf-8")


@given(st.text(alphabet='\\ud8D3eF0c"x', max_size=40))
def test_no_text_that_parses_fails_to_be_written_as_utf_8(inner: str) -> None:
    try:
        found = parse(f'"{inner}"', "f")
    except InputError:
        return
    found.encode("utf-8")


@given(st.text(alphabet='{}[]",:\\ \n0e9aN-', max_size=60))
def test_arbitrary_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    try:
        found = parse(text, "f")
    except InputError as error:
        lines = text.split("\n")
        assert error.line is not None
        assert error.column is not None
        assert 1 <= error.line <= len(lines)
        assert 1 <= error.column <= len(lines[error.line - 1]) + 1
    else:
        assert found == json.loads(text)


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_read_or_refused_and_never_crash(data: bytes) -> None:
    try:
        parse_lines(decode(data, "f"), "f")
    except InputError as error:
        assert error.exit_code == 2
