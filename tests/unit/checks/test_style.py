"""The linter of checks: each rule finds its fault where it is, and nothing in a check that is in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.checks.conftest import METADATA, Write, merged

from tenantlint.checks import catalog, style
from tenantlint.checks.rego_text import RegoText
from tenantlint.model import Module

RULES = """\
import rego.v1

import data.tenantlint.lib.findings as lib

policies := lib.collection("conditional_access_policies")

findings contains {
\t"resource": {"kind": "conditionalAccessPolicy", "id": policy.id, "name": name(policy)},
\t"message": sprintf("The policy %s is off.", [name(policy)]),
\t"evidence": {"/state": policy.state},
} if {
\tsome policy in policies
\tpolicy.state == "off"
}

name(policy) := object.get(policy, "displayName", "")
"""
TEST = """\
package custom.checks.own.thing_test

import rego.v1

test_pass_when_on if true

test_fail_when_off if null == null
"""
Lint = Callable[..., list[str]]


@pytest.fixture
def lint(write: Write) -> Lint:
    """The faults of one custom check, as `line rule`, with its text after `replace`."""

    def linted(
        *replace: tuple[str, str], metadata: Mapping[str, Any] = METADATA, test: str | None = TEST, **reads: Any
    ) -> list[str]:
        rules = RULES
        for old, new in replace:
            assert old in rules
            rules = rules.replace(old, new)
        folder = write("own/thing", metadata=dict(metadata), rules=rules)
        file = folder / "own" / "thing.rego"
        if test is not None:
            (folder / "own" / "thing_test.rego").write_text(test, encoding="utf-8")
        library = catalog.load((folder,))
        checks = [check for check in library.checks if check.custom]
        tests = style.test_modules(library, {file.as_posix(): file})
        found = style.lint(library, checks, tests, reads)
        text = file.read_text(encoding="utf-8").splitlines()
        for fault in found:
            assert Path(fault.file).parent == file.parent
            assert fault.rule in style.RULES
        return [f"{one.rule}: {one.problem} @ {text[one.line - 1].strip()[:40]}" for one in found]

    return linted


def test_a_check_in_order_has_no_fault(lint: Lint) -> None:
    assert lint() == []


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("Guests should be named", "the title says `should`"),
        ("It is ensured that guests are named", "the title says `ensured`"),
        ("Enable naming of guests", "the title commands (`enable`)"),
        ("Guests are named.", "the title ends with a stop"),
        ("guests are named", "the title begins in lower case"),
        ("Guests are named " * 6 + "all", "the title has 105 characters"),
    ],
)
def test_titles(lint: Lint, title: str, fault: str) -> None:
    (found,) = lint(metadata={**METADATA, "title": title})
    assert found.startswith(f"title: {fault}")
    assert found.endswith(f"@ {f'# title: {title}'.strip()[:40]}")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("is off.", "is off", "messages: the message does not end with a full stop"),
        ("The policy %s is", "the policy %s is", "messages: the message does not begin with a capital letter"),
        ("is off.", "should be on.", "messages: the message says `should`"),
        ("is off.", "is <b>off</b>.", "messages: the message has markup or a line break"),
        ("is off.", "is off" + ", really" * 40 + ".", "messages: the message has 341 characters"),
    ],
)
def test_messages(lint: Lint, old: str, new: str, fault: str) -> None:
    found = [one for one in lint((old, new)) if not one.startswith("lines")]
    assert len(found) == 1
    assert found[0].startswith(fault)
    assert '@ "message": ' in found[0]


def test_a_finding_without_resource_or_evidence_is_told_and_a_table_of_words_is_not(lint: Lint) -> None:
    table = ("policies := ", 'words := {"a": {"message": "no capital, but no finding"}}\n\npolicies := words | ')
    assert [one for one in lint(table) if one.startswith("findings")] == []
    resource = '\t"resource": {"kind": "conditionalAccessPolicy", "id": policy.id, "name": name(policy)},\n'
    assert lint((resource, "")) == ['findings: a finding without `resource` @ "message": sprintf("The policy %s is off']
    found = lint(('\t"evidence": {"/state": policy.state},\n', ""))
    assert found == ['findings: a finding without `evidence` @ "message": sprintf("The policy %s is off']


def test_rules_and_imports_that_nothing_reads(lint: Lint) -> None:
    unread = ("policies := ", "# unread is only told of here\nunread := 1\n\npolicies := ")
    assert lint(unread) == ["dead: nothing reads the rule `unread` @ unread := 1"]
    named = ("import data.tenantlint.lib.findings as lib", "import data.tenantlint.lib.mail")
    inlined = ('lib.collection("conditional_access_policies")', "input.collections.conditional_access_policies")
    assert lint(named, inlined) == [
        "dead: the import `data.tenantlint.lib.mail` is never named @ import data.tenantlint.lib.mail"
    ]


def test_what_is_declared_and_not_read(lint: Lint) -> None:
    parameters = {"least": {"type": "integer", "default": 1, "meaning": "how many there are at least"}}
    told = merged(parameters=parameters, facts=["coverage.mfa"], refines=["users", "groups"], raw=["users"])
    found = lint(metadata=told, **{"coverage.mfa": ("groups",)})
    assert {one.partition(" @")[0] for one in found} == {
        "unused: the parameter `least` is never read",
        "unused: the fact `coverage.mfa` is never read",
        "unused: neither the Rego nor a fact reads the collection `users`",
        "unused: `raw` names `users`, which the Rego does not read",
    }


@pytest.mark.parametrize(
    "expression", ["input.facts.coverage.mfa", "input.facts.coverage[kind]", "input.facts.coverage"]
)
def test_a_fact_is_read_by_its_name_or_through_its_parent(lint: Lint, expression: str) -> None:
    read = ('policy.state == "off"', f'policy.state == "off"\n\tsome kind in ["mfa"]\n\t{expression} != kind')
    assert lint(read, metadata=merged(facts=["coverage.mfa"])) == []


def test_lines(lint: Lint) -> None:
    found = lint(("policies := ", f"# {'x' * 130}\n# blank \npolicies := "))
    assert [one.partition(" @")[0] for one in found] == [
        "lines: the line has 132 characters; break it below 120",
        "lines: the line ends in blanks",
    ]


@pytest.mark.parametrize(
    ("test", "problem"),
    [
        (None, "there is no test beside the check"),
        (TEST.replace("test_pass", "test_peace"), "there is no rule `test_pass…`"),
        (TEST.replace("test_fail", "test_fall"), "there is no rule `test_fail…`"),
        (TEST.replace("null == null", "true"), "no test has a null"),
        (TEST.replace("null == null", '"null" == "null" # null'), "no test has a null"),
    ],
)
def test_tests(write: Write, lint: Lint, test: str | None, problem: str) -> None:
    folder = write("own/thing", rules=RULES)
    library = catalog.load((folder,))
    checks = [check for check in library.checks if check.custom]
    module = Module("t.rego", test) if test else None
    found = style.lint(library, checks, {checks[0].path: module} if module else {}, {})
    assert [one.problem.startswith(problem) for one in found] == [True]


def test_shipped_checks_must_say_more(write: Write) -> None:
    root = write("checks/own/thing", package="tenantlint.checks.own.thing", rules=RULES)
    (root / "lib").mkdir()
    library = catalog.load(policies_dir=root)
    found = style.lint(library, library.checks, {}, {})
    assert {one.problem for one in found if one.rule == "substance"} == {
        "description has 47 characters; say more, at least 100",
        "rationale has 37 characters; say more, at least 120",
        "remediation has 27 characters; say more, at least 100",
        *(f"`{name}` is missing" for name in ("tags", "bucket", "lenses", "mappings")),
    }
    assert {one.problem for one in found if one.rule == "remediation"} == {
        "the remediation names no place in a portal",
        "the remediation names no property and no cmdlet",
    }


@given(st.text(alphabet='ab"`#\\\n {}[]():,', max_size=60))
def test_blanking_keeps_every_place_and_leaves_no_comment(text: str) -> None:
    code = RegoText(text).code
    assert len(code) == len(text)
    assert [place for place, character in enumerate(text) if character == "\n"] == [
        place for place, character in enumerate(code) if character == "\n"
    ]
    assert "#" not in code.replace('"', "").replace("`", "") or "#" in text


def test_strings_and_comments_hide_what_is_in_them() -> None:
    rego = RegoText('a := "b # c" # d\ne := `f\ng` # "h\ni(x) := a\n')
    assert rego.code == 'a := "     "    \ne := ` \n `     \ni(x) := a\n'
    assert rego.heads == {"a": 1, "e": 2, "i": 4}
    assert rego.uses("a")
    assert not rego.uses("e")
