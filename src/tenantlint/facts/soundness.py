"""The facts `lockout.*` about policies that do other than they seem to.

```
lockout.unsatisfiable: {"demands": [
    {"policy", "reasons": [..], "controls": [..], "where": [..], "all_of_it": bool, "certain", "depends_on", "exact",
     ...people}], "strengths": [{"policies": [..]}]}
lockout.idle_policies: {"idle": [{"policy", "reason", "detail", "certain", "depends_on"}],
                        "redundant": [{"policy", "by": [..], "today": bool, "certain", "depends_on"}],
                        "undecided": [..]}
lockout.report_only: {"policies": [
    {"policy", "exact", "nothing": bool, "depends_on", "blocked": {people}, "perhaps_blocked": n,
     "example": {..} | null, "asked": [{"demand": [..], "perhaps": n, "example", ...people}],
     "locked_out": {people}, "administrators_lost": [..]}], "together": {"locked_out": {people}, ...}}
```

`where` names the dimensions that are narrowed, in the tokens of the contract. Counts are of enabled users; people
whom the snapshot does not list appear by `labels` only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tenantlint.conditional_access import lockout, redundancy, report_only, satisfiable
from tenantlint.conditional_access.ground import Ground
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.walk import TooHardError
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.facts.lockout_ground import GROUPS, READS, ground, named, people


def unsatisfiable(context: FactContext) -> dict[str, Any]:
    """The fact `lockout.unsatisfiable`."""
    here = ground(context)
    return {
        "demands": [
            {
                "policy": named(one.policy),
                "reasons": list(one.reasons),
                "controls": list(one.controls),
                "where": [here.told(masks) for masks in one.boxes],
                "all_of_it": one.all_of_it,
                "certain": one.certain,
                "depends_on": list(one.unknowns) or ([] if one.certain else _places(here)),
                "exact": one.exact,
                **people(context, f"lockout/unsatisfiable/{one.policy.identity}/{'+'.join(one.reasons)}", one.users),
            }
            for one in satisfiable.unmeetable_demands(here)
        ],
        "strengths": [{"policies": [named(a), named(b)]} for a, b in satisfiable.strength_pairs(here)],
    }


def _places(here: Ground) -> list[str]:
    return here.doubtful_places() or ["which of these people there are"]


def idle_policies(context: FactContext) -> dict[str, Any]:
    """The fact `lockout.idle_policies`."""
    here = ground(context)
    found, undecided = redundancy.redundant(here)
    return {
        "idle": [
            {
                "policy": named(one.policy),
                "reason": one.reason,
                "detail": one.detail,
                "certain": one.certain,
                "depends_on": list(one.unknowns),
            }
            for one in redundancy.idle(here)
        ],
        "redundant": [
            {
                "policy": named(one.policy),
                "by": [named(other) for other in one.by],
                "today": one.today,
                "certain": one.certain,
                "depends_on": list(one.unknowns),
            }
            for one in found
        ],
        "undecided": [named(one) for one in undecided],
    }


def enabling(context: FactContext) -> dict[str, Any]:
    """The fact `lockout.report_only`."""
    here = ground(context)
    before = _after(here, ())
    found = report_only.enabling(here)
    return {
        "policies": [_enabled(context, one, before) for one in found],
        "together": _consequences(context, "lockout/report_only", before, _after(here, here.trial)),
    }


def _enabled(context: FactContext, one: report_only.Enabled, before: _State) -> dict[str, Any]:
    here = ground(context)
    handle = f"lockout/report_only/{one.policy.identity}"
    blocking = one.blocked or one.perhaps_blocked
    return {
        "policy": named(one.policy),
        "exact": one.exact,
        "nothing": one.nothing,
        "depends_on": list(one.unknowns),
        "blocked": people(context, f"{handle}/blocked", one.blocked),
        "perhaps_blocked": here.people.counted(one.perhaps_blocked),
        "example": _example(here, one.example),
        "asked": [
            {
                "demand": list(asked.demand.words),
                "perhaps": here.people.counted(asked.perhaps),
                "example": _example(here, asked.example),
                **people(context, f"{handle}/asked/{'+'.join(asked.demand.words)}", asked.users),
            }
            for asked in one.asked
        ],
        **_consequences(context, handle, before, _after(here, (one.policy,)) if blocking else before),
    }


# Who is certainly locked out, and who of the administrators certainly reaches which resource.
_State = tuple[int, dict[tuple[str, str], int]] | None


def _after(here: Ground, added: Iterable[Policy]) -> _State:
    """The tenant with these policies in force as well; None when that is too hard to tell."""
    policies = (*here.enforced, *added)
    try:
        out = 0
        for group in lockout.locked_out(here, policies):
            out |= group.users if group.certain else 0
        reach = {
            (name, one.resource): one.reach | one.may_reach
            for name in GROUPS
            for one in lockout.administrators(
                here, here.marked(f"{name}_active"), here.marked(f"{name}_eligible"), policies
            )
        }
    except TooHardError:
        return None
    return out, reach


def _consequences(context: FactContext, handle: str, before: _State, after: _State) -> dict[str, Any]:
    """Who is locked out afterwards and was not before, and which resources lose their last administrator."""
    if before is None or after is None:
        return {"locked_out": None, "administrators_lost": []}
    return {
        "locked_out": people(context, f"{handle}/locked_out", after[0] & ~before[0]),
        "administrators_lost": [
            {"group": group, "resource": resource}
            for (group, resource), bits in sorted(after[1].items())
            if before[1][group, resource] and not bits
        ],
    }


def _example(here: Ground, example: report_only.Example | None) -> Any:
    return None if example is None else report_only.sign_in(here, example)


FACTS = (
    Fact("lockout.idle_policies", READS, idle_policies),
    Fact("lockout.report_only", READS, enabling),
    Fact("lockout.unsatisfiable", READS, unsatisfiable),
)
