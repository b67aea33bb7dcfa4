"""Escaping, medium by medium, against independent parsers of those media."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from types import MappingProxyType
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.unit.report.hostile import HOSTILE

from tenantlint.report import escaping

# Any text at all, lone surrogates too, weighted towards what is special somewhere.
SPECIAL = st.text(alphabet="`|\\[]()<>{}*_~#@!&$%:;=+-'\".,/ \n\r\t\x1b\x00\x85\u200b\u202e\ud800a1", max_size=40)
ANY = st.one_of(st.sampled_from(HOSTILE), SPECIAL, st.text(st.characters(codec=None), max_size=60))
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def rendered(source: str) -> tuple[str, set[str]]:
    """The text that a reader sees, zero-width breaks taken away, and the names of the tags in it."""
    html = MARKDOWN.render(source)
    root = ElementTree.fromstring(f"<root>{html}</root>")
    return "".join(root.itertext()).replace("\u200b", ""), {one.tag for one in root.iter()} - {"root"}


@given(ANY)
def test_visible_text_is_one_line_that_acts_on_nothing(text: str) -> None:
    shown = escaping.visible(text)
    assert not {unicodedata.category(one) for one in shown} & ACTING
    assert not re.search(r"::[A-Za-z]|##\[|##vso\[", shown)
    assert escaping.visible(shown) == shown


@given(st.text(st.characters(codec="ascii", exclude_characters="\n:#", exclude_categories=["Cc"])))
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert escaping.visible(text) == text


def test_names_in_other_scripts_stay_as_they_are() -> None:
    names = "Łukasz Żółw 山田 太郎 Ольга محمد 🙂 é ñ ß"
    assert escaping.visible(names) == names


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\u001b[31m"),
        ("\u202egnp", "\\u202egnp"),
        ("a\u200bb", "a\\u200bb"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("::set-output name=x::y", ": :set-output name=x: :y"),
        (":::error::", ": : :error::"),
        ("2001:db8::1", "2001:db8::1"),
        ("##[error]", "# #[error]"),
        ("##vso[task]", "# #vso[task]"),
    ],
)
def test_what_acts_unseen_is_shown(text: str, shown: str) -> None:
    assert escaping.visible(text) == shown


@given(ANY, st.integers(min_value=2, max_value=50))
def test_shortened_text_keeps_to_its_limit_and_says_that_it_was_cut(text: str, limit: int) -> None:
    shown = escaping.shortened(text, limit)
    assert len(shown) <= limit
    assert shown == escaping.visible(text) or shown.endswith("…")


def test_a_paragraph_keeps_its_lines() -> None:
    assert escaping.paragraph(" One.\n- two\x1b  \n\nThree. \n") == "One.\n- two\\u001b\n\nThree."


@given(ANY)
def test_markdown_text_renders_as_itself_and_nothing_more(text: str) -> None:
    shown, tags = rendered(f"- {escaping.markdown_text(text)}")
    assert shown.strip() == " ".join(escaping.visible(text).split(" ")).strip()
    assert tags <= {"ul", "li", "span"}


@given(ANY)
def test_markdown_text_stays_in_its_table_cell(text: str) -> None:
    source = f"| a | b |\n|---|---|\n| {escaping.markdown_text(text)} | end |"
    html = MARKDOWN.render(source)
    cells = re.findall(r"<td>(.*?)</td>", html, flags=re.DOTALL)
    assert len(cells) == 2
    assert cells[1] == "end"


@given(ANY)
def test_a_code_span_renders_as_itself(text: str) -> None:
    shown, tags = rendered(f"- x {escaping.markdown_code(text)} y")
    assert tags == {"ul", "li", "code"}
    assert shown.split() == ["x", *escaping.visible(text).split(), "y"]


@given(ANY)
def test_a_sentence_gives_code_spans_and_nothing_more(text: str) -> None:
    _, tags = rendered(f"- **x** {escaping.markdown_sentence(text)}")
    assert tags <= {"ul", "li", "strong", "code", "span"}


def test_a_sentence_shows_what_stands_between_backticks_as_code() -> None:
    assert escaping.markdown_sentence("Policy `a_b` is off") == "Policy `a_b` is off"


@given(ANY)
def test_html_text_renders_as_itself(text: str) -> None:
    root = ElementTree.fromstring(f"<b>{escaping.html_text(text)}</b>".replace("&#8203;", ""))
    assert "".join(root.itertext()) == escaping.visible(text)
    assert {one.tag for one in root} <= {"span"}


@pytest.mark.parametrize(
    "text",
    ["@everyone", "#123", "GH-12", "contoso/repo#7", "!12", "https://evil.example", "www.evil.example", "a@b.example"],
)
@pytest.mark.parametrize("escape", [escaping.markdown_text, escaping.html_text])
def test_mentions_references_and_links_are_broken(text: str, escape: object) -> None:
    shown = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", escape(text))  # type: ignore[operator]
    assert text not in shown
    assert shown.replace("&#8203;", "") == text


def test_prose_keeps_lists_and_code_but_no_markup() -> None:
    prose = "Do `Set-X -Y <z>`:\n- one *two*\n- <b>three</b>\nThen [four](javascript:x)."
    shown, tags = rendered(escaping.markdown_prose(prose))
    assert tags == {"p", "ul", "li", "code"}
    assert "Then [four](javascript:x)." in shown


@given(ANY)
def test_xml_takes_it_and_gives_it_back(text: str) -> None:
    element = ElementTree.Element("a", {"b": escaping.xml_text(text)})
    element.text = escaping.xml_text(text)
    back = ElementTree.fromstring(ElementTree.tostring(element, encoding="unicode"))
    assert back.get("b") == (back.text or "") == escaping.visible(text)


@given(ANY)
def test_a_csv_cell_is_no_formula(text: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow([escaping.csv_cell(text), "end"])
    (row,) = csv.reader(io.StringIO(stream.getvalue()))
    assert row[1] == "end"
    assert not row[0].lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert row[0] in (escaping.visible(text), "'" + escaping.visible(text))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert escaping.csv_cell(text).startswith("'")


def workflow_command(line: str) -> tuple[str, dict[str, str], str]:
    """As the runner of GitHub Actions parses a line, from its documentation."""
    _, head, data = line.split("::", 2)
    name, _, properties = head.partition(" ")
    pairs = dict(one.split("=", 1) for one in properties.split(",") if one)

    def plain(text: str, *codes: str) -> str:
        for code in (*codes, "%0D", "%0A", "%25"):
            text = text.replace(code, unquote(code))
        return text

    return name, {key: plain(value, "%3A", "%2C") for key, value in pairs.items()}, plain(data)


@given(ANY, ANY)
def test_a_workflow_command_says_what_was_meant(title: str, message: str) -> None:
    line = f"::error title={escaping.workflow_property(title)}::{escaping.workflow_data(message)}"
    assert "\n" not in line
    name, properties, data = workflow_command(line)
    assert name == "error"
    assert properties["title"] == escaping.visible(title)
    assert data == escaping.visible(message)


@given(ANY)
def test_a_sarif_message_has_no_link_and_no_placeholder(text: str) -> None:
    shown = escaping.sarif_message(text, 100)
    assert len(shown) <= 100
    assert not re.search(r"(?<!\\)\]\(", shown)
    assert not set(re.sub(r"\{\{|\}\}", "", shown)) & set("{}")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY, inner, max_size=4),
    max_leaves=8,
)


@given(JSON)
def test_json_loses_nothing_and_hides_nothing(value: object) -> None:
    text = escaping.json_text(value)
    assert json.loads(text) == value
    text.encode("utf-8")
    assert not {unicodedata.category(one) for one in text if one != "\n"} & ACTING
    assert "##[" not in text
    assert "##vso[" not in text


def test_json_takes_read_only_mappings_and_refuses_what_is_no_json() -> None:
    assert json.loads(escaping.json_text(MappingProxyType({"a": (1, 2)}))) == {"a": [1, 2]}
    with pytest.raises(TypeError, match="set is not JSON"):
        escaping.json_text({"a": {1}})


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_path_comes_back_from_its_uri(path: str) -> None:
    shown = escaping.uri_path(path)
    assert shown.isascii()
    assert unquote(shown) == path
    if not path.startswith("//"):
        assert urlsplit(shown)[:2] == ("", "")
        assert urlsplit(shown).path == shown


def test_a_lone_surrogate_in_a_path_becomes_the_replacement_character() -> None:
    assert escaping.uri_path("a\ud800b") == "a%EF%BF%BDb"
