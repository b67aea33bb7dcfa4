"""Writes a new check and its test for users: both work as they are, and show where to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tenantlint import shipped
from tenantlint.checks import catalog, metadata
from tenantlint.errors import UsageError
from tenantlint.snapshot import CollectionSpec, Storage, collection_names, spec_of

_NAME = re.compile(r"^[a-z][a-z0-9_]{0,63}$")
_ID = re.compile(r"^X[0-9]{3,4}$")
# What may be no part of a package's path, or has a meaning of its own in our trees.
_KEYWORDS = frozenset(
    {
        *("as", "contains", "data", "default", "else", "every", "false", "if", "import", "in", "input"),
        *("not", "null", "package", "some", "true", "with", "lib", "checks"),
    }
)
_COLLECTION_OF_SERVICE = {
    "conditional_access": "conditional_access_policies",
    "privileged_access": "role_management_policies",
    "applications": "applications",
    "sharepoint": "sharepoint_settings",
    "teams": "teams_meeting_policies",
    "defender_office": "anti_phish_policies",
    "exchange": "remote_domains",
    "devices": "device_compliance_policies",
}
_DEFAULT_COLLECTION = "conditional_access_policies"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    id: str
    check: Path
    test: Path


def scaffold(
    folder: Path, slug: str, *, service: str, identity: str | None = None, collection: str | None = None
) -> Written:
    """Write `<folder>/<service>/<slug>.rego` and its test, which passes.

    `identity`: the id, by default the next free one of the prefix X. `collection`: what the check reads, by
    default one of the service. Raises UsageError for a bad name, a taken id, a file that exists already.
    """
    for what, name in (("slug", slug), ("service", service)):
        if not _NAME.match(name) or name in _KEYWORDS or (what == "slug" and name.endswith("_test")):
            raise UsageError(f"the {what} `{name}` is not usable: take lower-case words joined by _, such as my_check.")
    if folder.exists() and folder.resolve() == shipped.policies().resolve():
        raise UsageError(f"{folder} holds the shipped checks; name a folder of your own with --policies.")
    name = collection or _COLLECTION_OF_SERVICE.get(service, _DEFAULT_COLLECTION)
    if name not in collection_names():
        from tenantlint.checks.selection import unknown

        raise unknown(f"there is no collection `{name}`", name, collection_names(), listing="tenantlint schema")
    taken = _taken(folder)
    identity = identity or _next_free(taken)
    if not _ID.match(identity):
        raise UsageError(f"the id `{identity}` is not usable: custom checks have ids such as X001.")
    if identity in taken:
        raise UsageError(f"the id {identity} is already that of {taken[identity]}.")
    check = folder / service / f"{slug}.rego"
    test = folder / service / f"{slug}{catalog.TEST_SUFFIX}"
    for path in (check, test):
        if path.exists():
            raise UsageError(f"{path} exists already; choose another slug.")
    check.parent.mkdir(parents=True, exist_ok=True)
    texts = _texts(spec_of(name), slug=slug, service=service, identity=identity)
    for path, text in zip((check, test), texts, strict=True):
        path.write_text(text, encoding="utf-8", newline="\n")
    return Written(identity, check, test)


def _taken(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in catalog.rego_files(folder) if folder.is_dir() else ():
        module = catalog.read_module(path, path.as_posix())
        if metadata.has_annotation(module):
            found[str(metadata.annotation(module).data.get("custom", {}).get("id"))] = path
    return found


def _next_free(taken: dict[str, Path]) -> str:
    number = 1
    while f"X{number:03}" in taken:
        number += 1
    return f"X{number:03}"


def _texts(spec: CollectionSpec, *, slug: str, service: str, identity: str) -> tuple[str, str]:
    single = spec.storage is Storage.SINGLETON
    words = {
        "SLUG": slug,
        "SERVICE": service,
        "ID": identity,
        "COLLECTION": spec.name,
        "KIND": spec.kind,
        "IDENTITY": spec.identity[0] if spec.identity else spec.name_property,
        "NAME": spec.name_property,
        "RAW": "" if spec.delivery == "raw" else f"#   raw: [{spec.name}]\n",
        "ITEMS": f"[input.collections.{spec.name}]" if single else f"input.collections.{spec.name}",
        "MOCK": "object_named(name)" if single else "[object_named(name)]",
    }
    return _filled(_CHECK, words), _filled(_TEST, words)


def _filled(template: str, words: dict[str, str]) -> str:
    return re.sub(r"@([A-Z]+)@", lambda found: words[found[1]], template)


_CHECK = """\
# METADATA
# title: No @KIND@ is named as a test
# description: >-
#   Looks at every object of @COLLECTION@ and reports those whose name begins with a word
#   that marks a test. Say here what your check looks at.
# related_resources:
#   - ref: https://learn.microsoft.com/
#     description: Say here where the setting is documented
# custom:
#   id: @ID@
#   severity: low
#   requires: [@COLLECTION@]
@RAW@#   tags: [own]
#   rationale: What was made for a test tends to stay, and nobody feels responsible for it.
#   remediation: Remove the object, or give it a name that tells what it is for.
#   parameters:
#     prefix: {type: string, default: test, meaning: "the first letters of a name that marks a test"}
package custom.checks.@SERVICE@.@SLUG@

import rego.v1

findings contains {
	"resource": {"kind": "@KIND@", "id": item.@IDENTITY@, "name": name},
	"message": sprintf("The name %s marks a test.", [name]),
	"evidence": {"/@NAME@": name},
	"pointer": "/@NAME@",
} if {
	some item in @ITEMS@
	name := object.get(item, "@NAME@", "")
	is_string(name)
	startswith(lower(name), input.parameters.prefix)
}
"""

_TEST = """\
package custom.checks.@SERVICE@.@SLUG@_test

import rego.v1

import data.custom.checks.@SERVICE@.@SLUG@

object_named(name) := object.union({"@IDENTITY@": "id-1"}, {"@NAME@": name})

input_named(name) := {
	"parameters": {"prefix": "test"},
	"collections": {"@COLLECTION@": @MOCK@},
}

test_fail_when_the_name_marks_a_test if {
	found := @SLUG@.findings with input as input_named("Test 1")
	{finding.message | some finding in found} == {"The name Test 1 marks a test."}
}

test_pass_when_the_name_tells_a_purpose if {
	@SLUG@.findings == set() with input as input_named("Block legacy authentication")
}

test_ignores_an_object_without_a_name if {
	@SLUG@.findings == set() with input as input_named(null)
}
"""
