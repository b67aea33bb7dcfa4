"""The style of a check's Rego: messages, findings, dead rules, what is declared and not used, lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tenantlint.checks.rego_text import RegoText
from tenantlint.checks.style_fault import StyleFault
from tenantlint.model import Check, Module

_DUTY = re.compile(r"\b(should|shall|ensure|please|recommended)\b", re.IGNORECASE)
_WIDTH = 119
_LENGTH = 300
_MESSAGE = 300
_ENTRY = frozenset({"findings", "not_applicable"})


def lines(module: Module) -> Iterator[StyleFault]:
    """Lines under 120 columns, no blanks at their end, files of at most 300 lines that end in a line end."""
    told = module.text.split("\n")
    for number, line in enumerate(told, start=1):
        if len(line.expandtabs(4)) > _WIDTH + 12 or len(line) > _WIDTH:
            yield StyleFault(module.path, number, "lines", f"the line has {len(line)} characters; break it below 120")
        if line != line.rstrip():
            yield StyleFault(module.path, number, "lines", "the line ends in blanks")
    if len(told) - 1 > _LENGTH:
        yield StyleFault(module.path, _LENGTH, "lines", f"the file has {len(told) - 1} lines; split it at {_LENGTH}")
    if not module.text.endswith("\n"):
        yield StyleFault(module.path, len(told), "lines", "the last line has no end")


def findings(module: Module) -> Iterator[StyleFault]:
    """Every finding that is written out has a resource, a message and evidence."""
    rego = RegoText(module.text)
    needed = {"resource", "message", "evidence"}
    for offset in rego.values_of("message"):
        braced = rego.enclosing(offset)
        keys = rego.keys(braced) if braced else set()
        if not keys & {"resource", "evidence"} and not _is_finding(rego, braced.start if braced else 0):
            continue  # a table of words, no finding
        for name in sorted(needed - keys):
            yield StyleFault(module.path, rego.line(offset), "findings", f"a finding without `{name}`")


def _is_finding(rego: RegoText, start: int) -> bool:
    return bool(re.search(r"findings[ \t]+contains[ \t]*$", rego.code[:start]))


def messages(module: Module) -> Iterator[StyleFault]:
    """A message is a sentence about what was observed: a capital, a full stop, and no advice."""
    rego = RegoText(module.text)
    starts = [*rego.values_of("message")]
    starts += [match.end() for match in re.finditer(r"^\s*message(?:\([^)\n]*\))? := ", rego.code, re.MULTILINE)]
    for offset in sorted(starts):
        literal = rego.literal_at(offset)
        if literal is None:
            continue
        for problem in _message(literal.text):
            yield StyleFault(module.path, literal.line, "messages", problem)


def _message(text: str) -> Iterator[str]:
    shown = text.replace('\\"', '"').replace("%%", "%")
    if not re.match(r'[A-Z0-9"%`]', shown):
        yield "the message does not begin with a capital letter"
    if not shown.endswith(".") and shown != "%s":
        yield "the message does not end with a full stop"
    duty = _DUTY.search(shown)
    if duty:
        yield f"the message says `{duty[0]}`; say what was observed"
    if re.search(r"<\w+>|\*\*|\\n", shown):
        yield "the message has markup or a line break"
    if len(shown) > _MESSAGE:
        yield f"the message has {len(shown)} characters; put the details into the evidence"


def dead(module: Module) -> Iterator[StyleFault]:
    """Rules that nothing in the module reads, and imports that are never named."""
    rego = RegoText(module.text)
    for name, line in rego.heads.items():
        if name not in _ENTRY and not rego.uses(name):
            yield StyleFault(module.path, line, "dead", f"nothing reads the rule `{name}`")
    for alias, (path, line) in rego.imports.items():
        if not rego.uses(alias):
            yield StyleFault(module.path, line, "dead", f"the import `{path}` is never named")


def unused(
    check: Check, module: Module, libraries: Mapping[str, Module], reads: Mapping[str, Sequence[str]]
) -> Iterator[StyleFault]:
    """What METADATA declares and neither the Rego, nor a library that it calls, nor a declared fact reads."""
    texts = [RegoText(one.text) for one in _with_libraries(module, libraries)]
    body = "\n".join(_body(text) for text in texts)
    by_facts = {name for fact in check.facts for name in reads.get(fact, ())}
    for name in check.parameters:
        if not re.search(rf"\bparameters\.{name}\b|\"{name}\"", body):
            yield _declared(module, name, f"the parameter `{name}` is never read")
    for fact in check.facts:
        if not _reads_fact(fact, body):
            yield _declared(module, fact, f"the fact `{fact}` is never read")
    for name in dict.fromkeys([*(part for told in check.requires for part in told.split("|")), *check.refines]):
        if name not in by_facts and not re.search(rf"\b{name}\b", body):
            yield _declared(module, name, f"neither the Rego nor a fact reads the collection `{name}`")
    for name in check.raw:
        if not re.search(rf"\b{name}\b", body):
            yield _declared(module, name, f"`raw` names `{name}`, which the Rego does not read")


def _reads_fact(fact: str, body: str) -> bool:
    """The fact by its whole dotted name, or a parent of it that is indexed by a variable."""
    parts = fact.split(".")
    if re.search(rf"\bfacts\.{re.escape(fact)}\b", body):
        return True
    return any(
        re.search(rf"\bfacts\.{re.escape('.'.join(parts[:size]))}(\[|$|[^.\w])", body) for size in range(1, len(parts))
    )


def _with_libraries(module: Module, libraries: Mapping[str, Module]) -> list[Module]:
    """The module and every library that it imports, directly or not."""
    found = {module.path: module}
    waiting = [module]
    while waiting:
        for path, _ in RegoText(waiting.pop().text).imports.values():
            one = libraries.get(path.removeprefix("data."))
            if one is not None and one.path not in found:
                found[one.path] = one
                waiting.append(one)
    return list(found.values())


def _body(rego: RegoText) -> str:
    """The source without comments: strings stay."""
    return re.sub(r"(?m)^\s*#.*$", "", rego.text)


def _declared(module: Module, name: str, problem: str) -> StyleFault:
    numbered = enumerate(module.text.splitlines(), start=1)
    line = next((number for number, text in numbered if text.startswith("#") and name in text), 1)
    return StyleFault(module.path, line, "unused", problem)
