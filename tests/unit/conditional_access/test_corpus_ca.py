"""Real policy sets that nobody here wrote: everything is read or refused by name, and edits that mean nothing are."""

import copy
import random
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.oracle import bodies, naive
from tests.oracle.brute import QUESTIONS, Answers, Enumeration, atom_indexes, class_of, values_of
from tests.oracle.snapshots import tenant_of

from tenantlint.conditional_access.changes import changes
from tenantlint.conditional_access.compare import compare
from tenantlint.conditional_access.coverage import cover
from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.request import parse_request
from tenantlint.conditional_access.tenant import Tenant, read_tenant
from tenantlint.snapshot import Collection, Snapshot
from tenantlint.sources import open_target

ROOT = Path(__file__).parents[4] / "shared" / "corpus" / "conditional-access"
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not ROOT.is_dir(), reason="needs ../shared/corpus")]
POLICIES = "conditional_access_policies"
SETS = ["j0eyv", "filipin/PolicyRepository"]
if ROOT.is_dir():
    SETS += sorted(
        f"filipin/PolicySets/{one.name}"
        for one in (ROOT / "filipin" / "PolicySets").iterdir()
        if any(one.rglob("*.json"))
    )


@cache
def snapshot(name: str) -> Snapshot:
    """The set as it was exported."""
    return open_target(ROOT / name).snapshot


def tenant(name: str, policies: list[Any] | None = None, state: str | None = None) -> Tenant:
    """The set; `policies` in the place of its own; `state` for all of them."""
    given = snapshot(name)
    items = copy.deepcopy(list(given.items(POLICIES)) if policies is None else policies)
    for one in items:
        one["state"] = state or one["state"]
    made = read_tenant(Snapshot(given.tenant, {**given.collections, POLICIES: Collection(POLICIES, items=items)}))
    assert not made.refused
    return made


@pytest.mark.parametrize("name", SETS)
def test_every_file_is_read_or_refused_with_its_name_and_a_reason(name: str) -> None:
    reading = open_target(ROOT / name)
    files = {one.relative_to(ROOT / name).as_posix() for one in (ROOT / name).rglob("*.json")}
    files = {one for one in files if not one.startswith(("Groups/", "NamedLocations/", "MigrationTable"))}
    found = read_tenant(reading.snapshot)
    origins = reading.snapshot.collection(POLICIES).origins
    read = {next(file for file in files if one.file.endswith(file)) for one in origins}
    refused = {next((file for file in files if (one.file or "").endswith(file)), None) for one in reading.problems}
    assert read | (refused - {None}) == files
    assert not read & refused
    assert len(found.policies) + len(found.refused) == len(read)
    assert all(one.file and one.problem for one in (*found.refused, *reading.problems))


def test_all_250_files_are_there() -> None:
    assert sum(len(list((ROOT / name).rglob("*.json"))) for name in SETS) - len(_others()) == 250


def _others() -> list[Path]:
    root = ROOT / "j0eyv"
    return [*(root / "Groups").iterdir(), *(root / "NamedLocations").iterdir(), root / "MigrationTable.json"]


@pytest.mark.parametrize("name", SETS)
def test_a_set_against_itself_opens_and_closes_nothing(name: str) -> None:
    one = tenant(name, state="enabled")
    for question in Question:
        found = compare(one, one, question)
        assert found.same
        assert found.changes == ()


@pytest.mark.parametrize("name", SETS)
def test_other_names_and_another_order_open_and_close_nothing(name: str) -> None:
    rng = random.Random(1)
    items = copy.deepcopy(list(snapshot(name).items(POLICIES)))
    for at, one in enumerate(items):
        one["displayName"] = f"{one['displayName']} (renamed {at})" if one.get("id") else one["displayName"]
        one["conditions"] = dict(rng.sample(sorted(one["conditions"].items()), len(one["conditions"])))
        for part in ("users", "applications"):
            for key, value in (one["conditions"].get(part) or {}).items():
                if isinstance(value, list):
                    one["conditions"][part][key] = rng.sample(value, len(value))
    rng.shuffle(items)
    before, after = tenant(name, state="enabled"), tenant(name, items, state="enabled")
    assert {one.kind for one in changes(before.policies, after.policies)} <= {"cosmetic"}
    for question in Question:
        found, other = cover(before, question), cover(after, question)
        assert compare(before, after, question).same
        assert len(found.regions) == len(other.regions)
        assert (found.users_open, found.users_depends) == (other.users_open, other.users_depends)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("state", ["disabled", "enabledForReportingButNotEnforced"])
def test_policies_that_are_not_enforced_count_for_nothing(name: str, state: str) -> None:
    one, none = tenant(name, state=state), tenant(name, [])
    for question in Question:
        assert compare(none, one, question).same
        found = cover(one, question)
        assert len(found.regions) == 1
        assert all(
            mask == (1 << size) - 1
            for mask, size in zip(found.regions[0].masks, found.space.sizes, strict=True)
            if question is not Question.LEGACY_AUTHENTICATION
        )


def staffed(name: str) -> dict[str, Any]:
    """The set with people of our own: one in each group that it names, some in two, some with a role, some in none."""
    rng = random.Random(3)
    given = snapshot(name)
    policies = copy.deepcopy(list(given.items(POLICIES)))
    for at, one in enumerate(policies):
        one["id"] = one.get("id") or f"policy-{at}"
        one["conditions"] = _plain("conditions", one["conditions"])
        one["state"] = "enabled"
    users = [one["conditions"].get("users") or {} for one in policies]
    named = sorted(
        {each for one in users for side in ("include", "exclude") for each in one.get(f"{side}Groups") or ()}
    )
    roles = sorted({each for one in users for side in ("include", "exclude") for each in one.get(f"{side}Roles") or ()})
    groups: dict[str, list[str]] = {one: [f"user-{at}"] for at, one in enumerate(named)}
    for at in range(6):
        for one in rng.sample(named, min(2, len(named))):
            groups[one].append(f"user-two-{at}")
    people = [*(f"user-{at}" for at in range(len(named))), *(f"user-two-{at}" for at in range(6)), "admin", "nobody"]
    return {
        "policies": policies,
        "named_locations": copy.deepcopy(list(given.items("named_locations"))),
        "users": [_user(one) for one in people] + [_user("guest", "guest_partner#EXT#@contoso.example", "Guest")],
        "groups": groups,
        "roles": [{"principal": "admin", "role": one, "scope": "/", "kind": "active"} for one in roles],
    }


SPECIAL = {"All", "None", "AllTrusted", "GuestsOrExternalUsers", "Office365", "MicrosoftAdminPortals"}
WORDS = ("Users", "Groups", "Roles", "Applications", "Locations", "RiskLevels")


def _plain(key: str, value: Any) -> Any:
    """Ids and words in the case that the naive evaluator expects."""
    if isinstance(value, dict):
        return {name: _plain(name, one) for name, one in value.items()}
    if key == "clientAppTypes" and value == ["All"]:
        return ["all"]
    if key.endswith(WORDS) and isinstance(value, list):
        return [one if one in SPECIAL else one.lower() for one in value]
    return value


def _user(identity: str, name: str | None = None, kind: str = "Member") -> dict[str, Any]:
    return {
        "id": identity,
        "userPrincipalName": name or f"{identity}@contoso.example",
        "userType": kind,
        "accountEnabled": True,
    }


@pytest.mark.parametrize("name", ["j0eyv", "filipin/PolicySets/Category structure for AADP1 and AADP2 mixture"])
@pytest.mark.parametrize("matching", [False, True])
def test_a_real_set_is_open_exactly_where_the_naive_evaluator_lets_people_in(name: str, matching: bool) -> None:
    """`matching`: whether conditions that nobody models match."""
    raw = staffed(name)
    made = tenant_of(raw)
    rng = random.Random(2)
    world: dict[str, Any] = {
        "groups": {},
        "conditions": defaultdict(lambda: matching),
        "filters": defaultdict(lambda: matching),
        "homes": {},
    }
    evaluator = Evaluator(made)
    known = not any(one.unknowns for one in made.enforced)
    for question in QUESTIONS:
        coverage = cover(made, Question(question))
        values = values_of(raw, coverage.space)
        found, answers = Enumeration(raw, world, values), Answers(coverage, atom_indexes(coverage.space, values, raw))
        for point, applied in found.points(rng, 300):
            client, flow = values["client"][point[1]], values["flow"][point[7]]
            certain, depends = answers.at(point)
            for person in found.people:
                at = class_of(coverage, person)
                if at is None:
                    continue
                truth = found.open(question, applied & found.people[person], client, flow)
                assert truth if certain >> at & 1 else truth is False or depends >> at & 1
            if known and question == "mfa" and not found.doubtful(point[3]):
                sign_in = found.sign_in(point, rng.choice(raw["users"])["id"])
                outcome, requires = naive.outcome(sign_in, raw, world)
                result = evaluator.evaluate(parse_request(bodies.body_of(sign_in, raw)))
                assert result.outcome == outcome
                assert {frozenset(one) for one in result.requires} == bodies.least(requires)
