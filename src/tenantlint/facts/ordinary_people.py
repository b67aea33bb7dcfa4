"""The fact `coverage.admin_portals_others`: who opens the admin portals or manages Azure without any role.

```
{"holders_known": bool, **ANSWER}
```

ANSWER is that of facts/coverage.py, about those who hold no directory role, active or eligible, over any scope.
"""

from __future__ import annotations

from typing import Any

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.people import People, Side
from tenantlint.conditional_access.questions import Question
from tenantlint.facts.administrators import READS
from tenantlint.facts.answers import AZURE_MANAGEMENT, Asked, conditions, mark, marks, tenant
from tenantlint.facts.coverage import described
from tenantlint.facts.crowd import Crowd
from tenantlint.facts.interface import Fact, FactContext

_ASKED = Asked(
    Question.BLOCKED,
    "open the admin portals or manage Azure without holding a role",
    {},
    ("MicrosoftAdminPortals", AZURE_MANAGEMENT),
)


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    roles = context.directory.roles(context.judged_at)
    holders = {
        holding.principal.id.casefold()
        for item in roles.assignments
        for holding in roles.holders(item)
        if holding.principal.kind in ("user", "unknown")
    }
    holding = mark(includeUsers=sorted(holders))
    own = tenant(context)
    key = (__name__, "answer")
    if key not in context.shared:
        people = People([Side((*own.enforced, *marks(context).all, holding), own.directory)])
        context.shared[key] = (
            cover(own, _ASKED.question, within=conditions(_ASKED), applications=_ASKED.applications, people=people),
            Crowd(context, people, "ordinary_people"),
        )
    found: Coverage
    crowd: Crowd
    found, crowd = context.shared[key]
    about = crowd.about("everyone") & ~crowd.people.reach(0, holding).must
    return {
        "holders_known": roles.sources.active is not None,
        **described(context, _ASKED, found, crowd, about),
        "by_application": {},
        "by_platform": {},
    }


FACTS = (Fact("coverage.admin_portals_others", READS, compute),)
