"""The style of a check's METADATA: a title that states the desired state, prose that says something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tenantlint.checks.style_fault import StyleFault
from tenantlint.yaml_document import YamlDocument

_DUTY = re.compile(r"\b(should|shall|must|ought|ensure[sd]?|make sure|please|recommended)\b", re.IGNORECASE)
_COMMANDS = frozenset(
    {
        "add",
        "allow",
        "avoid",
        "block",
        "check",
        "configure",
        "create",
        "deny",
        "disable",
        "do",
        "enable",
        "enforce",
        "limit",
        "prevent",
        "remove",
        "require",
        "restrict",
        "review",
        "set",
        "turn",
        "use",
        "verify",
    }
)
_PLACE = re.compile(r"\b(admin cent(er|re)|portal|Exchange Online PowerShell)\b")
# A Graph property or path (camelCase, a slash), a cmdlet (Set-Thing), or a property of Exchange (TwoWords).
_SETTING = re.compile(r"\b[a-z]+[A-Z]\w+|\b[A-Z][a-z]+-[A-Z]\w+|/[a-z]+[A-Z]\w+|\b[A-Z][a-z]+[A-Z][a-z]\w+")
_LEAST = {"description": 100, "rationale": 120, "remediation": 100}
_LEAST_MEANING = 20
_LENSES = ("risk_reduction", "scope", "effort", "user_impact")
_TITLE = 100


def title(document: YamlDocument) -> Iterator[StyleFault]:
    """The title: the desired state as a sentence without a full stop, no duty and no command."""
    told = str(document.data["title"])
    duty = _DUTY.search(told)
    if duty:
        yield _fault(document, ["title"], "title", f"the title says `{duty[0]}`; state what is so when all is well")
    first = told.partition(" ")[0].lower()
    if first in _COMMANDS:
        yield _fault(document, ["title"], "title", f"the title commands (`{first}`); state what is so when all is well")
    if told.endswith((".", "!", ":")):
        yield _fault(document, ["title"], "title", "the title ends with a stop; leave it out")
    if told[:1].islower():
        yield _fault(document, ["title"], "title", "the title begins in lower case; it is a sentence")
    if len(told) > _TITLE:
        yield _fault(document, ["title"], "title", f"the title has {len(told)} characters; say it in {_TITLE}")


def substance(document: YamlDocument) -> Iterator[StyleFault]:
    """Fields that shipped checks need over the schema, and prose that is more than a word."""
    custom = document.data["custom"]
    for name, least in _LEAST.items():
        holder, path = (document.data, [name]) if name == "description" else (custom, ["custom", name])
        length = len(str(holder.get(name, "")).strip())
        if length < least:
            yield _fault(document, path, "substance", f"{name} has {length} characters; say more, at least {least}")
    for name in ("tags", "bucket", "lenses", "mappings"):
        if not custom.get(name):
            yield _fault(document, ["custom"], "substance", f"`{name}` is missing")
    for name in _LENSES:
        if custom.get("lenses") and name not in custom["lenses"]:
            yield _fault(document, ["custom", "lenses"], "substance", f"the lens `{name}` is missing")
    if not document.data.get("related_resources"):
        yield _fault(document, ["custom"], "substance", "`related_resources` is missing; name the vendor's page")
    for name, told in custom.get("parameters", {}).items():
        if len(told["meaning"].strip()) < _LEAST_MEANING:
            problem = f"the meaning of `{name}` says too little; tell what it sets and why the default is what it is"
            yield _fault(document, ["custom", "parameters", name], "substance", problem)


def remediation(document: YamlDocument) -> Iterator[StyleFault]:
    """The remediation names where the setting is, and what it is called in Graph or PowerShell."""
    told = " ".join(str(document.data["custom"]["remediation"]).split())
    path = ["custom", "remediation"]
    if not _PLACE.search(told):
        yield _fault(document, path, "remediation", "the remediation names no place in a portal")
    if not _SETTING.search(told):
        yield _fault(document, path, "remediation", "the remediation names no property and no cmdlet")


def _fault(document: YamlDocument, path: Sequence[str | int], rule: str, problem: str) -> StyleFault:
    error = document.error(path, problem)
    return StyleFault(file=error.file or "", line=error.line or 1, rule=rule, problem=problem)
