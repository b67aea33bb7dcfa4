"""METADATA: found, read, and refused with the place of the fault."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tenantlint.checks import metadata
from tenantlint.errors import CheckLoadError
from tenantlint.model import Check, Module, Parameter, Reference, Severity

FULL = """\
# A licence header may stand above.

# METADATA
# title: Legacy authentication is blocked
# description: >-
#   Looks at every policy, and
#   says which clients get through.
# related_resources:
#   - ref: https://learn.microsoft.com/a
#   - {ref: https://learn.microsoft.com/b, description: More}
# custom:
#   id: CA001
#   severity: critical
#   requires: [conditional_access_policies, atp_policy_for_o365|safe_links_policies]
#   refines: [users]
#   raw: [users]
#   facts: [coverage.mfa]
#   licences: [entra_p1]
#   tags: [legacy-auth]
#   bucket: foundational
#   lenses: {risk_reduction: high, scope: all_users, effort: low, user_impact: low}
#   rationale: Because passwords alone are guessed.
#   remediation: Block it for all users everywhere.
#   parameters:
#     limit: {type: integer, default: 4, meaning: how many}
#   mappings: {scuba: [MS.AAD.1.1v1], cis_m365: []}
package tenantlint.checks.conditional_access.legacy_authentication_blocked

import rego.v1

not_applicable contains "nothing there" if count(input.x) == 0

findings contains 1 if input.y
"""
BARE = """\
# METADATA
# title: A thing is right
# description: Looks at a thing and tells whether it is right.
# custom:
#   id: X001
#   severity: high
#   requires: [users]
#   rationale: A wrong thing helps whoever wants in.
#   remediation: Make the thing right again.
package custom.checks.own.thing
"""


def read(text: str, *, custom: bool = False, **more: Any) -> Check:
    return metadata.read(Module("own/thing.rego", text), service="own", custom=custom, **more)


def refused(text: str, **more: Any) -> str:
    with pytest.raises(CheckLoadError) as caught:
        read(text, custom=True, **more)
    return str(caught.value)


def test_everything_that_metadata_says_is_kept() -> None:
    check = read(FULL)
    assert check == Check(
        id="CA001",
        slug="legacy_authentication_blocked",
        title="Legacy authentication is blocked",
        description="Looks at every policy, and says which clients get through.",
        severity=Severity.CRITICAL,
        service="own",
        package="tenantlint.checks.conditional_access.legacy_authentication_blocked",
        path="own/thing.rego",
        requires=("conditional_access_policies", "atp_policy_for_o365|safe_links_policies"),
        refines=("users",),
        raw=("users",),
        facts=("coverage.mfa",),
        licences=("entra_p1",),
        tags=("legacy-auth",),
        bucket="foundational",
        lenses={"risk_reduction": "high", "scope": "all_users", "effort": "low", "user_impact": "low"},
        rationale="Because passwords alone are guessed.",
        remediation="Block it for all users everywhere.",
        parameters={"limit": Parameter(name="limit", type="integer", default=4, meaning="how many")},
        mappings={"scuba": ("MS.AAD.1.1v1",), "cis_m365": ()},
        references=(
            Reference(url="https://learn.microsoft.com/a"),
            Reference(url="https://learn.microsoft.com/b", description="More"),
        ),
        tells_not_applicable=True,
    )


def test_a_full_annotation_satisfies_the_schema() -> None:
    metadata.validate(metadata.annotation(Module("x.rego", FULL)), facts=["coverage.mfa"])


def test_optional_parts_have_their_defaults() -> None:
    check = read(BARE, custom=True)
    assert (check.custom, check.bucket, check.refines, check.parameters) == (True, "situational", (), {})
    assert not check.tells_not_applicable


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("severity: high", "severity: grave", "own/thing.rego:6:15: custom/severity: `grave` is not one of critical,"),
        ("id: X001", "id: Y1", "own/thing.rego:5:9: custom/id: `Y1` is not in the right form (a prefix and"),
        ("#   severity: high\n", "", "own/thing.rego:5:5: custom: missing `severity`"),
        ("# custom:", "# colour: red\n# custom:", "own/thing.rego:2:3: the document: unknown key `colour`"),
        ("#   id:", "#   owner: me\n#   id:", "own/thing.rego:5:5: custom: unknown key `owner`"),
        ("[users]", "[usres]", "own/thing.rego:7:16: custom/requires: there is no collection `usres`; did you mean"),
        ("[users]", "[users|gruops]", "custom/requires: there is no collection `gruops`; did you mean `groups`"),
        ("[users]", "[]", "own/thing.rego:7:15: custom/requires"),
        ("[users]", "users", "own/thing.rego:7:15: custom/requires: must be array"),
        (
            "[users]",
            "[users]\n#   refines: [users]",
            "own/thing.rego:8:14: custom/refines: `users` is already required",
        ),
        ("[users]", "[users]\n#   raw: [no_such]", "own/thing.rego:8:11: custom/raw: there is no collection `no_such`"),
        (
            "[users]",
            "[users]\n#   licences: [e5]",
            "own/thing.rego:8:16: custom/licences/0: `e5` is not one of entra_p1",
        ),
        ("[users]", "[users]\n#   mappings: {nist: [x]}", "own/thing.rego:8:15: custom/mappings: unknown key `nist`"),
        ("[users]", "[users]\n#   tags: [Two Words]", "own/thing.rego:8:12: custom/tags/0: `Two Words` is not in the"),
        ("id: X001", "id: X001\n#   id: X002", "own/thing.rego:6:5: the key `id` stands twice"),
        ("title: A", "title: [A", "not valid YAML"),
        (
            "[users]",
            "[users]\n#   parameters: {n: {type: integer, default: many, meaning: x}}",
            "own/thing.rego:8:46: custom/parameters/n/default: must be integer, not 'many'",
        ),
        (
            "[users]",
            "[users]\n#   parameters: {n: {type: integer, default: 1, meaning: x, min: 2}}",
            "own/thing.rego:8:21: custom/parameters/n: unknown key `min`",
        ),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(before: str, after: str, sentence: str) -> None:
    assert before in BARE
    assert sentence in refused(BARE.replace(before, after, 1))


def test_an_unknown_fact_is_refused_where_the_facts_are_known() -> None:
    text = BARE.replace("[users]", "[users]\n#   facts: [coverage.mfaa]")
    sentence = refused(text, facts=["coverage.mfa", "sharing.effective"])
    assert sentence == (
        "own/thing.rego:8:13: custom/facts: there is no fact `coverage.mfaa`; did you mean `coverage.mfa`."
    )
    assert read(text, custom=True).facts == ("coverage.mfaa",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("package custom.checks.own.thing\n", "there is no `# METADATA` comment"),
        ("package custom.checks.own.thing\n# METADATA\n# title: x\n", "there is no `# METADATA` comment"),
        (BARE.replace("package", "#\npackage = "), "there is no `package` line"),
        ("", "there is no `# METADATA` comment"),
        ("# METADATA\npackage custom.checks.own.thing\n", "must be object"),
    ],
)
def test_a_module_without_metadata_or_package_is_refused(text: str, problem: str) -> None:
    assert problem in refused(text)


def test_shipped_metadata_that_cannot_be_read_is_still_one_sentence() -> None:
    with pytest.raises(CheckLoadError, match=r"own/thing\.rego:5:5: custom: missing `severity`"):
        read(BARE.replace("#   severity: high\n", ""))


def test_reading_shipped_metadata_takes_less_than_a_few_milliseconds() -> None:
    began = time.perf_counter()
    for _ in range(20):
        read(FULL)
    assert (time.perf_counter() - began) / 20 < 0.005
