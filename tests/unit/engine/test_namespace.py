"""Modules moved below a package of their own keep their meaning and their places."""

from __future__ import annotations

from tenantlint.engine.embedded import EmbeddedEngine, syntax
from tenantlint.engine.namespace import move
from tenantlint.model import Module

CHECK = Module(
    "c.rego",
    """package tenantlint.checks.own.thing

import rego.v1

import data.tenantlint.lib.names
import data.tenantlint.lib.names as other

# data.tenantlint stays in a comment
findings contains "data.tenantlint" if data.tenantlint.lib.names.data_of(input.data) # ü
findings contains x if { some x in ["ü"]; names.data_of(data["tenantlint"].lib.names.one) }
findings contains other.one
""",
    trusted=True,
)
LIBRARY = Module(
    "l.rego", "package tenantlint.lib.names\n\nimport rego.v1\n\ndata_of(x) if x == 1\n\none := 1\n", trusted=True
)


def test_a_moved_module_says_the_same_under_its_new_name() -> None:
    plain, moved = EmbeddedEngine(), EmbeddedEngine()
    plain.load([CHECK, LIBRARY])
    moved.load([Module(one.path, move(one, syntax(one), "run_1").text, trusted=True) for one in (CHECK, LIBRARY)])
    for text in ('{"data": 1}', '{"data": 2}', "{}"):
        expected = plain.evaluate("tenantlint.checks.own.thing", ["findings"], text)
        assert moved.evaluate("run_1.tenantlint.checks.own.thing", ["findings"], text) == expected


def test_text_and_comments_are_left_alone() -> None:
    text = move(CHECK, syntax(CHECK), "run_1").text
    assert "# data.tenantlint stays in a comment" in text
    assert 'contains "data.tenantlint" if data.run_1.tenantlint.lib' in text
    assert text.startswith("package run_1.tenantlint.checks.own.thing\n")


def test_columns_are_mapped_back_for_every_character() -> None:
    moved = move(CHECK, syntax(CHECK), "run_1")
    for number, (before, after) in enumerate(
        zip(CHECK.text.splitlines(), moved.text.splitlines(), strict=True), start=1
    ):
        columns = [moved.column(number, column) for column in range(1, len(after) + 1)]
        assert columns == sorted(columns)
        last = {column: after[index] for index, column in enumerate(columns)}
        assert "".join(last.values()) == before, "the last place that maps to a column holds its character"
