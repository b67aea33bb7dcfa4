"""Pairs of unknown groups: what is cut off is said."""

from __future__ import annotations

from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.coverage import cover
from tenantlint.conditional_access.crossings import CUT
from tenantlint.conditional_access.locations import Locations
from tenantlint.conditional_access.policy import parse_policy
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.tenant import Tenant


def _tenant(groups: int) -> Tenant:
    """Two policies for everybody that each exclude so many groups of their own; no directory."""
    policies = tuple(
        parse_policy(
            {
                "displayName": name,
                "state": "enabled",
                "conditions": {
                    "users": {"includeUsers": ["All"], "excludeGroups": [f"{name}-{at}" for at in range(groups)]},
                    "applications": {"includeApplications": ["All"]},
                    "clientAppTypes": ["all"],
                },
                "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
            }
        )
        for name in ("one", "two")
    )
    return Tenant(policies=policies, locations=Locations(), directory=None)


def test_pairs_within_the_bound_are_all_examined_and_open() -> None:
    found = cover(_tenant(3), Question.MFA)
    assert CUT not in found.caveats
    assert found.exact
    assert found.regions


def test_pairs_beyond_the_bound_are_said_and_make_the_answer_inexact() -> None:
    tenant = _tenant(20)
    found = cover(tenant, Question.MFA)
    assert CUT in found.caveats
    assert not found.exact
    changed = compare(tenant, tenant, Question.MFA)
    assert CUT in changed.opened.caveats
    assert not changed.opened.exact
    assert changed.same
