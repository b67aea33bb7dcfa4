"""What enabling a report-only policy would do."""

from typing import Any

from hypothesis import given
from tests.unit.conditional_access import soundness_oracle as oracle
from tests.unit.conditional_access.test_lockout import EVERYONE, block, tenant
from tests.unit.directory.tenants import policy

from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.ground import Ground
from tenantlint.conditional_access.report_only import enabling, sign_in
from tenantlint.conditional_access.request import parse_request

_REPORT_ONLY = "enabledForReportingButNotEnforced"


@given(oracle.policies(most=4, trial=True))
def test_newly_blocked_and_newly_asked_are_counted_exactly(drawn: list[dict[str, Any]]) -> None:
    trial = oracle.reporting(drawn)
    force = oracle.enforced(drawn)
    ground = Ground(oracle.read(drawn))
    found = enabling(ground)
    assert [one.policy.id for one in found] == [one["id"] for one in trial]
    for told, raw in zip(found, trial, strict=True):
        blocked: set[str] = set()
        asked: dict[tuple[str, ...], set[str]] = {}
        for point in oracle.POINTS:
            if not oracle.applies(raw, point):
                continue
            if any(oracle.applies(one, point) and oracle.stuck(one, point) for one in force):
                continue
            if oracle.stuck(raw, point):
                blocked.add(point.user)
                continue
            for clause in oracle.clauses(raw):
                if not oracle.demands(force, clause, point):
                    asked.setdefault(tuple(sorted(clause)), set()).add(point.user)
        people = ground.people
        assert told.exact
        assert set(people.ids(told.blocked)) == blocked
        assert people.counted(told.perhaps_blocked) == 0
        by_demand = {tuple(sorted(one.demand.alternatives)): set(people.ids(one.users)) for one in told.asked}
        assert {key: who for key, who in by_demand.items() if who} == asked
        if told.nothing:
            assert not blocked
            assert not asked


def test_an_example_is_a_sign_in_that_what_if_confirms() -> None:
    strict = block("b", {"includeUsers": ["u"]}, platforms={"includePlatforms": ["linux"]})
    before, after = tenant({**strict, "state": _REPORT_ONLY}), tenant(strict)
    ground = Ground(before)
    (found,) = enabling(ground)
    assert found.example is not None
    request = parse_request(sign_in(ground, found.example))
    assert request.user_id == "u"
    assert request.platform == "linux"
    assert Evaluator(before).evaluate(request).outcome == "granted"
    assert Evaluator(after).evaluate(request).outcome == "blocked"


def test_what_is_asked_already_is_nothing_new() -> None:
    trial = policy("r", EVERYONE, state=_REPORT_ONLY)
    (found,) = enabling(Ground(tenant(policy("p", EVERYONE), trial)))
    assert found.nothing
    (found,) = enabling(Ground(tenant(trial)))
    assert [one.demand.words for one in found.asked] == [("mfa",)]


def test_nobody_is_asked_where_the_policy_itself_cannot_be_met() -> None:
    controls = {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]}
    trial = policy("r", EVERYONE, state=_REPORT_ONLY, grantControls=controls)
    ground = Ground(tenant(block("b", EVERYONE, userRiskLevels=["low", "medium", "high"]), trial))
    (found,) = enabling(ground)
    assert ground.people.counted(found.blocked) == 2
    assert found.asked == ()


def test_session_controls_are_news_too() -> None:
    frequency = {"signInFrequency": {"isEnabled": True, "value": 4, "type": "hours"}}
    trial = policy("r", EVERYONE, state=_REPORT_ONLY, grantControls=None, sessionControls=frequency)
    ground = Ground(tenant(policy("p", EVERYONE), trial))
    (found,) = enabling(ground)
    (asked,) = found.asked
    assert asked.demand.words == ("signInFrequency",)
    assert ground.people.counted(asked.users) == 2


def test_an_unknown_group_makes_the_numbers_depend() -> None:
    trial = block("r", {"includeGroups": ["g"]})
    ground = Ground(tenant({**trial, "state": _REPORT_ONLY}))
    (found,) = enabling(ground)
    assert ground.people.counted(found.blocked) == 0
    assert ground.people.counted(found.perhaps_blocked) == 2
    assert found.unknowns == ("who is in the group g",)


def test_too_many_states_say_so() -> None:
    trial = policy("r", EVERYONE, state=_REPORT_ONLY)
    trial["conditions"]["platforms"] = {"includePlatforms": ["iOS"]}
    (found,) = enabling(Ground(tenant(trial)), limit=0)
    assert not found.exact
    assert not found.nothing
