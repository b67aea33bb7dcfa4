"""YAML with positions: what is refused, and where it is said to be."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.errors import InputError
from tenantlint.yaml_document import parse

_KEYS = st.text(alphabet="abcdefgh_", min_size=1, max_size=6).filter(lambda key: key not in {"null", "true"})
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | st.text(alphabet="abc xyz:#-'\"\n", max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=5))
def test_parse_gives_what_was_dumped_and_knows_the_line_of_every_top_level_key(value: dict[str, object]) -> None:
    text = yaml.safe_dump(value, default_flow_style=False, allow_unicode=True)
    document = parse(text, file="f.yaml")
    assert document.data == value
    lines = text.split("\n")
    for key in value:
        line, _ = document.place((key,))
        # the value stands on its key's line, or (a block) after it, before the next top-level key
        starts = [n for n, content in enumerate(lines, 1) if content.startswith((f"{key}:", f"'{key}':", f'"{key}":'))]
        following = [n for n, content in enumerate(lines, 1) if n > starts[0] and content[:1].isalpha()]
        assert starts[0] <= line < (following[0] if following else len(lines) + 1)


def test_a_duplicate_key_is_refused_where_it_stands_the_second_time() -> None:
    with pytest.raises(InputError, match=r"f\.yaml:3:1: the key `a` stands twice"):
        parse("a: 1\nb: 2\na: 3\n", file="f.yaml")


def test_positions_shift_for_text_inside_another_file() -> None:
    document = parse("a:\n  b: 1\n", file="f.rego", first_line=10, first_column=3)
    assert document.place(("a", "b")) == (11, 8)


def test_a_date_stays_text() -> None:
    assert parse("d: 2026-12-31", file="f").data == {"d": "2026-12-31"}


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "? [1, 2]\n: 3", "<<: {a: 1}", "--- 1\n--- 2", "a: !!python/object:os.system x"]
)
def test_bad_yaml_is_one_sentence_with_the_file(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse(text, file="f.yaml")
    assert str(refusal.value).startswith("f.yaml")
    assert "\n" not in str(refusal.value)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError):
        parse("[" * 10_000, file="f.yaml")
    with pytest.raises(InputError, match="nested too deeply"):
        parse("[" * 5_000 + "]" * 5_000, file="f.yaml")


def test_an_alias_bomb_is_refused() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdef", "bcdefg", strict=True):
        text += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    with pytest.raises(InputError, match="more than 200000 values"):
        parse(text, file="f.yaml")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name: x\nagee: 3\n", "unknown key `agee`; known keys are age, name"),
        ("age: 3\n", "missing `name`"),
        ("name: x\nage: old\n", "f.yaml:2:6: age: must be integer, not 'old'"),
        ("name: [1]\n", "f.yaml:1:7: name: must be string, not [1]"),
    ],
)
def test_a_schema_fault_names_place_and_mend(text: str, sentence: str) -> None:
    schema = {
        "type": "object",
        "required": ["name"],
        "additionalProperties": False,
        "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    }
    with pytest.raises(InputError) as refusal:
        parse(text, file="f.yaml").validate(schema)
    assert sentence in str(refusal.value)
