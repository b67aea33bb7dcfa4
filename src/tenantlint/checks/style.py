"""The linter of checks (`tenantlint rules lint`): whether they read alike, say enough and declare what they use.

Faults of metadata that make a check unusable are errors of loading, not of style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tenantlint.checks import catalog, metadata, style_prose, style_rego
from tenantlint.checks.library import Library
from tenantlint.checks.rego_text import RegoText
from tenantlint.checks.style_fault import StyleFault
from tenantlint.model import Check, Module

RULES = {
    "title": "the title states the desired state: no duty, no command, no full stop",
    "substance": "shipped checks have every field, and prose that says something",
    "remediation": "the remediation of a shipped check names a place in a portal, and a property or cmdlet",
    "messages": "messages are sentences about what was observed",
    "findings": "every finding has a resource, a message and evidence",
    "dead": "no rule and no import that nothing reads",
    "unused": "no parameter, fact or collection that is declared and not read",
    "lines": "lines under 120 columns, files of at most 300 lines",
    "tests": "tests for pass, for fail, and for nulls where the Rego reads objects itself",
}
"""The rules by name, each in one clause."""
_READS_OBJECTS = re.compile(r"\binput\.collections\b|\.(collection|singleton)\(")


def lint(
    library: Library, checks: Sequence[Check], tests: Mapping[str, Module], reads: Mapping[str, Sequence[str]]
) -> list[StyleFault]:
    """The faults of these checks, by file and line.

    `tests`: the test module by the path of its check, where there is one. `reads`: the collections that each fact
    reads. Libraries are looked at, too, when all shipped checks are.
    """
    modules = {module.path: module for module in library.modules}
    paths = {check.path for check in library.checks}
    libraries = {metadata.package_of(one): one for one in library.modules if one.path not in paths}
    found: list[StyleFault] = []
    for check in checks:
        module = modules[check.path]
        found += _check(check, module, tests.get(check.path), libraries, reads)
    if not {check.id for check in library.checks if not check.custom} - {check.id for check in checks}:
        for one in libraries.values():
            found += [*style_rego.lines(one), *style_rego.messages(one)]
    return sorted(set(found))


def _check(
    check: Check,
    module: Module,
    test: Module | None,
    libraries: Mapping[str, Module],
    reads: Mapping[str, Sequence[str]],
) -> Iterator[StyleFault]:
    document = metadata.annotation(module)
    yield from style_prose.title(document)
    if not check.custom:
        yield from style_prose.substance(document)
        yield from style_prose.remediation(document)
    yield from style_rego.lines(module)
    yield from style_rego.findings(module)
    yield from style_rego.messages(module)
    yield from style_rego.dead(module)
    yield from style_rego.unused(check, module, libraries, reads)
    yield from _tests(module, test)


def _tests(module: Module, test: Module | None) -> Iterator[StyleFault]:
    """Beside the check, with a rule `test_pass…`, one `test_fail…`, and nulls for what the Rego itself reads."""
    if test is None:
        yield StyleFault(module.path, 1, "tests", "there is no test beside the check")
        return
    yield from style_rego.lines(test)
    heads = RegoText(test.text).heads
    for word in ("pass", "fail"):
        if not any(name.startswith(f"test_{word}") for name in heads):
            yield StyleFault(test.path, 1, "tests", f"there is no rule `test_{word}…`")
    code = RegoText(test.text).code
    if _READS_OBJECTS.search(RegoText(module.text).code) and not re.search(r"\bnull\b", code):
        yield StyleFault(test.path, 1, "tests", "no test has a null, though the check reads objects itself")


def test_modules(library: Library, folders: Mapping[str, Path]) -> dict[str, Module]:
    """The test beside each check that has one, by the path of the check. `folders`: where each shown path lies."""
    found = {}
    for check in library.checks:
        file = folders.get(check.path)
        test = file.with_name(f"{check.slug}{catalog.TEST_SUFFIX}") if file else None
        if test is not None and test.is_file():
            shown = check.path.removesuffix(".rego") + catalog.TEST_SUFFIX
            found[check.path] = catalog.read_module(test, shown)
    return found
