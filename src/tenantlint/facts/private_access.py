"""The facts about Global Secure Access: applications of Private Access, and the Quick Access application among them.

```
coverage.private_access_managed_device: {"applications": [{"id", "name"}], "answer": ANSWER | null}
sessions.quick_access: {"applications": [..],
                        "cutting": [{"policy": {"id", "name"}, "hours": n | null, "certain": bool}]}
```

ANSWER is that of facts/coverage.py, null where there is no such application. Service principals say by their tags
what they are. `cutting`: enabled policies with a sign-in frequency (0 hours: every time) that concern Quick Access
every day; one that answers a risk is meant to cut.
"""

from __future__ import annotations

from typing import Any

from tenantlint.conditional_access.applications import targets
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import Question
from tenantlint.facts.answers import Asked, answer_to, tenant
from tenantlint.facts.coverage import READS, crowd_of, told
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.lockout_ground import named
from tenantlint.facts.sessions import hours_of

QUICK_ACCESS = "NetworkAccessQuickAccessApplication"
PRIVATE_ACCESS = frozenset({QUICK_ACCESS, "PrivateAccessNonWebApplication", "NetworkAccessManagedApplication"})


def managed_device(context: FactContext) -> dict[str, Any]:
    """The fact `coverage.private_access_managed_device`."""
    applications = _applications(context, PRIVATE_ACCESS)
    if not applications:
        return {"applications": [], "answer": None}
    asked = Asked(
        Question.MANAGED_DEVICE,
        "open Private Access applications from a device that is not managed",
        {},
        tuple(one["id"].casefold() for one in applications),
        about="members",
    )
    found = answer_to(context, asked)
    return {"applications": applications, "answer": told(context, asked, found, crowd_of(context, found))}


def quick_access(context: FactContext) -> dict[str, Any]:
    """The fact `sessions.quick_access`."""
    applications = _applications(context, frozenset({QUICK_ACCESS}))
    cutting = []
    for policy in tenant(context).enforced:
        hours = hours_of(policy.raw.get("sessionControls") or {})
        about = [targets(policy, one["id"].casefold()) for one in applications]
        if hours != -1 and _every_day(policy) and any(perhaps for _, perhaps in about):
            certain = hours is not None and any(certainly for certainly, _ in about)
            cutting.append({"policy": named(policy), "hours": hours, "certain": certain})
    return {"applications": applications, "cutting": cutting}


def _every_day(policy: Policy) -> bool:
    return all(one is None or "none" in one for one in (policy.sign_in_risk, policy.user_risk, policy.insider_risk))


def _applications(context: FactContext, tags: frozenset[str]) -> list[dict[str, str]]:
    """The applications whose service principal has one of the tags."""
    found = []
    for item in context.snapshot.items("service_principals"):
        given, identity = item.get("tags"), item.get("appId")
        if isinstance(given, list) and isinstance(identity, str) and tags.intersection(map(str, given)):
            found.append({"id": identity, "name": str(item.get("displayName") or identity)})
    return sorted(found, key=lambda one: (one["name"].casefold(), one["id"]))


FACTS = (
    Fact("coverage.private_access_managed_device", READS, managed_device),
    Fact("sessions.quick_access", ("conditional_access_policies", "service_principals"), quick_access),
)
