"""Words that the formats of a scenario run share."""

from __future__ import annotations

from collections.abc import Mapping

from tenantlint.conditional_access.scenarios.outcomes import Group
from tenantlint.conditional_access.scenarios.run import CaseResult, ScenarioResult, Status
from tenantlint.report.escaping import shortened
from tenantlint.report.wording import NAME, counted

_NAMES = 4
_POLICIES = 6
_TEXT = 200


def came_out(group: Group, controls: Mapping[str, str]) -> str:
    """`blocked`, `granted with nothing asked`, `granted with mfa and (compliantDevice or domainJoinedDevice)`."""
    if group.outcome == "blocked":
        return "blocked"
    if not group.requires:
        return "granted with nothing asked"
    clauses = []
    for alternatives in group.requires:
        text = " or ".join(shortened(controls.get(one, one), NAME) for one in alternatives)
        clauses.append(f"({text})" if len(alternatives) > 1 and len(group.requires) > 1 else text)
    return f"granted with {' and '.join(clauses)}"


def people(group: Group, case: CaseResult) -> str:
    """Whom a group holds: `for 4 of 265 users: Anna, Ben, and 2 more`, `for a member of X`."""
    others = [shortened(one, NAME * 2) for one in group.others[:_NAMES]]
    if len(group.others) > _NAMES:
        others.append(f"{len(group.others) - _NAMES:,} more kinds of people")
    if not group.users:
        return f"for {', '.join(others)}"
    names = [shortened(one, NAME) for one in group.names[:_NAMES]]
    if group.users > len(names):
        names.append(f"{group.users - len(names):,} more")
    total = f"{group.users:,} of {counted(case.users, 'user')}" if group.users != case.users else "all "
    if group.users == case.users:
        total = "the one user" if group.users == 1 else f"all {group.users:,} users"
    text = f"for {total}: {', '.join(names)}"
    return f"{text}; and {', '.join(others)}" if others else text


def decided(group: Group) -> str:
    """`by CA009 Block countries`; empty when no policy decides."""
    if not group.decided:
        return ""
    names = [shortened(one, _TEXT) for one in group.decided[:_POLICIES]]
    more = len(group.decided) - len(names)
    return f"by {', '.join([*names, *([f'{more:,} more'] if more else [])])}"


def depends(group: Group) -> str:
    """What a group hangs on."""
    shown = [shortened(one, _TEXT) for one in group.depends_on[:_NAMES]]
    more = len(group.depends_on) - len(shown)
    return ", ".join([*shown, *([f"{more:,} more things"] if more else [])]) or "what a control means"


def label(case: CaseResult) -> str:
    """What tells a case from the others: `client browser, location Headquarters`."""
    return ", ".join(f"{name.replace('_', ' ')} {shortened(value, NAME * 2)}" for name, value in case.label)


def unmet(case: CaseResult) -> list[Group]:
    """The groups that made the case what it is."""
    wanted = False if case.status is Status.MISS else None
    return [one for one in case.groups if one.met is wanted]


def sign_ins(scenario: ScenarioResult) -> str:
    """How many sign-ins a scenario is."""
    return counted(len(scenario.cases), "sign-in")
