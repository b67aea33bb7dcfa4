"""What goes wrong on the way, planned: by probability with a seed, and by script.

Whether a fault strikes depends on the seed, the key of the request (`key_of`) and how many requests with that key
there were, and on nothing else: the order in which requests with different keys arrive does not matter, so that a
concurrent run can be repeated. Requests that the emulator's own limits refuse are not counted.

As JSON (`FaultPlan.parse`; `python -m tests.emulator --faults FILE`), every member optional:

    {"seed": 7,
     "probability": 0.2,                              of each request, for those that no rule matches
     "faults": ["throttled", "reset"],                names, or {name: weight}; default: all of `RANDOM`
     "most_in_a_row": 3,                              after so many on one key the next request is spared
     "retry_after": 1, "long_retry_after": 300,       seconds, in 429s
     "slow_seconds": 0.2,                             of `slow`
     "foreign_origin": "https://evil.example",        where foreign links and redirects lead
     "rules": [{"match": "GET /v1.0/users*", "probability": 0.5, "faults": ["half_body"]}],
     "script": [{"match": "InvokeCommand Get-Mailbox", "on": [1, 2], "fault": "throttled_bare"},
                {"match": "DNS *.contoso.example MX", "fault": "dns_timeout"}]}

`match` is a shell pattern for the whole key. A step of the script strikes on the n-th requests named by `on` (counted
from 1), without it on every one; the first step that fits wins, then the first rule, then the plan's own probability.
A fault that makes no sense for a reply (an expired skip token on a first page) does not strike.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web
from tests.emulator.faults_drawn import RANDOM, Draws, Fault, Injected, Rule, Shape, Step, key_of
from tests.emulator.faults_replies import Looks, Spoiler

__all__ = ["RANDOM", "Fault", "FaultPlan", "Injected", "Rule", "Shape", "Step", "key_of"]

Faults = Iterable[str] | Mapping[str, float]


class FaultPlan:
    """What goes wrong in one run (see the module). Give it to `Emulator(faults=...)`.

    A plan counts requests, so a second run needs a plan of its own.
    """

    def __init__(
        self,
        probability: float = 0.0,
        *,
        seed: int = 0,
        faults: Faults = RANDOM,
        rules: Sequence[Rule] = (),
        script: Sequence[Step] = (),
        most_in_a_row: int | None = None,
        looks: Looks | None = None,
    ) -> None:
        last = Rule("*", probability, _weights(faults))
        self._draws = Draws(last, seed=seed, rules=rules, script=script, most_in_a_row=most_in_a_row)
        self._spoiler = Spoiler(self._draws, looks or Looks())

    @property
    def injected(self) -> Sequence[Injected]:
        """The faults that struck, in the order of arrival."""
        return self._draws.injected

    @property
    def requests(self) -> int:
        """Among how many requests."""
        return self._draws.requests

    def counts(self) -> dict[str, int]:
        """How often each fault struck, by name, sorted."""
        return dict(sorted(Counter(one.fault.value for one in self.injected).items()))

    def draw(self, key: str, shape: Shape) -> Injected | None:
        """The fault of the next request with this key; for services that are not HTTP."""
        return self._draws.draw(key, shape)

    async def intercept(self, request: web.Request) -> web.StreamResponse | None:
        """Nothing: what a fault does depends on the reply that it spoils."""
        return None

    async def mangle(self, request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
        """The reply as it arrives."""
        return await self._spoiler.spoil(request, response)

    @classmethod
    def load(cls, path: Path) -> FaultPlan:
        """A plan from a JSON file. Raises ValueError when it is none."""
        return cls.parse(json.loads(path.read_text(encoding="utf-8")))

    @classmethod
    def parse(cls, told: Mapping[str, Any]) -> FaultPlan:
        """A plan from the JSON form. Raises ValueError for a member or a fault that there is not."""
        _only(told, {*_PLAN, *_LOOKS, "faults", "rules", "script"}, "the fault plan")
        faults = told.get("faults", RANDOM)
        return cls(
            **{name: told[name] for name in _PLAN if name in told},
            faults=faults,
            rules=[_rule(one, faults) for one in told.get("rules", ())],
            script=[_step(one) for one in told.get("script", ())],
            looks=Looks(**{name: told[name] for name in _LOOKS if name in told}),
        )


_PLAN = ("probability", "seed", "most_in_a_row")
_LOOKS = ("retry_after", "long_retry_after", "slow_seconds", "foreign_origin")


def _weights(faults: Faults) -> dict[Fault, float]:
    pairs = faults.items() if isinstance(faults, Mapping) else ((name, 1.0) for name in faults)
    return {_fault(name): float(weight) for name, weight in pairs}


def _fault(name: str) -> Fault:
    try:
        return Fault(name)
    except ValueError:
        raise ValueError(f"there is no fault `{name}`; there are {', '.join(Fault)}") from None


def _rule(told: Mapping[str, Any], faults: Faults) -> Rule:
    _only(told, {"match", "probability", "faults"}, "a rule")
    return Rule(told.get("match", "*"), float(_needed(told, "probability")), _weights(told.get("faults", faults)))


def _step(told: Mapping[str, Any]) -> Step:
    _only(told, {"match", "fault", "on"}, "a step of the script")
    on = told.get("on")
    return Step(told.get("match", "*"), _fault(_needed(told, "fault")), None if on is None else frozenset(on))


def _needed(told: Mapping[str, Any], name: str) -> Any:
    if name not in told:
        raise ValueError(f"there is no `{name}` in {dict(told)}")
    return told[name]


def _only(told: Mapping[str, Any], members: set[str], what: str) -> None:
    for name in told:
        if name not in members:
            raise ValueError(f"{what} has no member `{name}`; there are {', '.join(sorted(members))}")
