"""The fact `coverage.risky_agents`: which agent identities can still get a token at which risk.

```
{"levels": {LEVEL: {"open": [{"agents", "resources"}], "depends": [..], "depends_on": [..]}},
 "excluding": [{"id", "name", "agents": [..], "resources": [..]}], "policies": n}
```

`open`: pairs of an agent (an id, or "every other agent") and a resource (an id, or "every other resource") that no
enabled policy blocks at this level; several are one when all agents or all resources are open alike. Agents and
resources that no policy tells apart are one, so that the few pairs can all be tried. Only a policy for agents
that blocks, and that nothing but agents, resources and their risk narrows, blocks for certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenantlint.conditional_access.applications import OTHER, application_atoms, targets
from tenantlint.conditional_access.policy import Policy
from tenantlint.facts.answers import tenant
from tenantlint.facts.interface import Fact, FactContext

LEVELS = ("low", "medium", "high")
ALL_AGENTS, ALL_RESOURCES = "every other agent", "every other resource"
_OWN_CONDITION = "the condition `agentIdRiskLevels`"


@dataclass(frozen=True)
class Block:
    """What one policy blocks. `levels`: None for any. `unknowns`: what it hangs on; then it may block, and need not."""

    policy: Policy
    everybody: bool
    agents: frozenset[str]
    excluded: frozenset[str]
    levels: frozenset[str] | None
    unknowns: tuple[str, ...]

    def about(self, agent: str) -> bool:
        return agent not in self.excluded and (self.everybody or agent in self.agents)


def compute(context: FactContext) -> dict[str, Any]:
    """The fact, as the module describes it."""
    own = [one for one in tenant(context).policies if one.enforced and one.subject == "agents"]
    blocks = [found for one in own if (found := _block(one))]
    agents = [*sorted({agent for one in blocks for agent in one.agents | one.excluded}), ALL_AGENTS]
    resources = application_atoms(one.policy for one in blocks)
    return {
        "policies": len(own),
        "levels": {level: _level(blocks, level, agents, resources) for level in LEVELS},
        "excluding": [
            {
                "id": str(one.policy.raw.get("id") or one.policy.name),
                "name": one.policy.name,
                "agents": sorted(one.excluded),
                "resources": sorted(one.policy.applications.exclude),
            }
            for one in blocks
            if one.excluded or one.policy.applications.exclude
        ],
    }


def _block(policy: Policy) -> Block | None:
    if policy.grant is None or not policy.grant.blocks:
        return None
    conditions = policy.raw.get("conditions") or {}
    clients: Mapping[str, Any] = conditions.get("clientApplications") or {}
    include, exclude = (_ids(clients.get(f"{word}AgentIdServicePrincipals")) for word in ("include", "exclude"))
    unknowns = [one for one in policy.unknowns if not one.startswith(_OWN_CONDITION)]
    if any("filter" in key.casefold() and value for key, value in clients.items()):
        unknowns.append("which agents a filter of the policy means (attributes of agents)")
    if any(value for value in (conditions.get("agents") or {}).values()):
        unknowns.append("which agents the condition `agents` means")
    narrowed = (
        policy.platforms.configured or policy.locations.configured or policy.device_filter is not None or policy.flows
    )
    if narrowed or policy.sign_in_risk or policy.user_risk or policy.insider_risk or policy.client_app_types:
        unknowns.append("what conditions for sign-ins of people mean for agents")
    return Block(
        policy,
        everybody="all" in include,
        agents=include - {"all"},
        excluded=exclude,
        levels=_ids(conditions.get("agentIdRiskLevels")) or None,
        unknowns=tuple(unknowns),
    )


def _ids(value: Any) -> frozenset[str]:
    """Words of a list, or of flags joined by commas, in lower case."""
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return frozenset(one.strip().casefold() for one in given if isinstance(one, str) and one.strip())


def _level(blocks: list[Block], level: str, agents: list[str], resources: tuple[str, ...]) -> dict[str, Any]:
    here = [one for one in blocks if one.levels is None or level in one.levels]
    unsure: set[str] = set()
    found: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for agent in agents:
        for resource in resources:
            reaching = [(one, targets(one.policy, resource)) for one in here if one.about(agent)]
            if any(certainly and not one.unknowns for one, (certainly, _) in reaching):
                continue
            perhaps = [one for one, (_, may) in reaching if may]
            unsure.update(unknown for one in perhaps for unknown in (one.unknowns or ("a filter of applications",)))
            found[not perhaps].append((agent, ALL_RESOURCES if resource == OTHER else resource))
    return {
        "open": _told(found[True], len(agents), len(resources)),
        "depends": _told(found[False], len(agents), len(resources)),
        "depends_on": sorted(unsure),
    }


def _told(pairs: list[tuple[str, str]], agents: int, resources: int) -> list[dict[str, str]]:
    """The pairs, those of an agent whom no resource refuses, or of a resource that refuses no agent, as one."""
    if len(pairs) == agents * resources:
        return [{"agents": "every agent", "resources": "every resource"}] if pairs else []
    by_agent: dict[str, list[str]] = {}
    for agent, resource in pairs:
        by_agent.setdefault(agent, []).append(resource)
    told = [
        {
            "agents": agent if agents > 1 else "every agent",
            "resources": "every resource" if len(open_) == resources else one,
        }
        for agent, open_ in by_agent.items()
        for one in (open_[:1] if len(open_) == resources else open_)
    ]
    return sorted(told, key=lambda one: (one["agents"], one["resources"]))


FACTS = (Fact("coverage.risky_agents", ("conditional_access_policies",), compute),)
