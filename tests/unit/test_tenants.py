"""The example tenants: made by code, committed as made, sound by schema, and what their descriptions say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.tenants.__main__ import ROOT, TENANTS, differences, write
from tests.tenants.big import big
from tests.tenants.draft import Draft
from tests.tenants.people import Groups, person

from tenantlint.exceptions.register import read_register
from tenantlint.model import CollectionStatus
from tenantlint.snapshot.content import Snapshot
from tenantlint.snapshot.schema import validate
from tenantlint.snapshot.store import open_snapshot

REPOSITORY = ROOT.parent


@pytest.fixture(scope="module")
def contoso() -> Snapshot:
    return open_snapshot(ROOT / "contoso")


@pytest.mark.parametrize("name", TENANTS)
def test_committed_snapshot_is_sound_and_unedited(name: str) -> None:
    snapshot = open_snapshot(ROOT / name)
    assert validate(snapshot) == []
    assert snapshot.notices == ()
    assert not any(found.edited for found in snapshot.collections.values())


def test_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    write(tmp_path)
    assert differences(tmp_path, ROOT) == []


def test_differences_names_changed_missing_and_additional_files(tmp_path: Path) -> None:
    for side, files in (("made", {"same": "1", "changed": "1", "only_made": "1"}), ("committed", {"same": "1"})):
        (tmp_path / side).mkdir()
        for name, text in files.items():
            (tmp_path / side / name).write_text(text)
    (tmp_path / "committed" / "changed").write_text("2")
    (tmp_path / "committed" / "only_committed").write_text("2")
    assert differences(tmp_path / "made", tmp_path / "committed") == ["changed", "only_committed", "only_made"]


def test_the_same_bytes_come_out_of_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    script = "import sys, pathlib; from tests.tenants.__main__ import write; write(pathlib.Path(sys.argv[1]))"
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed)],
            check=True,
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    assert differences(tmp_path / "1", tmp_path / "2") == []


@pytest.mark.parametrize("name", TENANTS)
def test_names_and_addresses_are_invented(name: str) -> None:
    for path in (ROOT / name).rglob("*.json*"):
        text = path.read_text(encoding="utf-8")
        for word in ("onmicrosoft.com", "contoso.com", "fabrikam.com", "@outlook.com", "@gmail.com"):
            assert word not in text, path


@pytest.mark.parametrize("name", TENANTS)
def test_user_principal_names_and_ids_are_unique(name: str) -> None:
    draft = TENANTS[name]()
    for collection, objects in draft.objects.items():
        identities = Counter(str(one.get("id", id(one))) for one in objects)
        assert max(identities.values(), default=1) == 1, collection
    names = Counter(one["userPrincipalName"] for one in draft.objects["users"])
    assert [upn for upn, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", TENANTS)
def test_everything_that_is_referred_to_exists(name: str) -> None:
    draft = TENANTS[name]()
    objects = draft.objects
    users = {one["id"] for one in TENANTS[name]().objects["users"]} | _users_before_truncation(name)
    groups = {one["id"] for one in objects["groups"]}
    principals = users | groups | {one["id"] for one in objects["service_principals"]}
    roles = {one["id"] for one in objects["role_definitions"]}
    gone = {draft.id("group", "deleted in 2024")}
    for one in objects["conditional_access_policies"]:
        who = one["conditions"]["users"]
        named = {*who["includeUsers"], *who["excludeUsers"]} - {"All", "None", "GuestsOrExternalUsers"}
        assert named <= users, one["displayName"]
        assert {*who["includeGroups"], *who["excludeGroups"]} <= groups | gone, one["displayName"]
        assert {*who["includeRoles"], *who["excludeRoles"]} <= roles, one["displayName"]
    for collection in ("role_assignments", "role_assignment_schedule_instances", "role_eligibility_schedule_instances"):
        for one in objects.get(collection, []):
            assert one["principalId"] in principals
            assert one["roleDefinitionId"] in roles
    for line in objects["group_members"]:
        assert line["group_id"] in groups
        assert set(line["members"]) <= principals
        assert set(line["nested_groups"]) <= groups
        assert line["members"] == sorted(line["members"])


def _users_before_truncation(name: str) -> set[str]:
    if name != "partial":
        return set()
    draft = TENANTS["contoso"]("wideworld", "Wide World")  # type: ignore[call-arg]
    return {one["id"] for one in draft.objects["users"]}


def test_contoso_is_as_flawed_as_it_says(contoso: Snapshot) -> None:
    users = {one["id"]: one for one in contoso.items("users")}
    assert 280 <= len(users) <= 320
    assert 14 <= len(contoso.items("groups")) <= 30
    assert len(contoso.items("conditional_access_policies")) >= 16
    assert sum(one["userType"] == "Guest" for one in users.values()) == 25
    members = {line["group_id"]: line["members"] for line in contoso.items("group_members")}
    holders: set[str] = set()
    for one in contoso.items("role_assignments"):
        if one["roleDefinitionId"] == "62e90394-69f5-4237-9190-012177145e10":
            holders |= set(members.get(one["principalId"], [one["principalId"]]))
    assert len(holders) == 7
    assert sum(users[one]["userType"] == "Guest" for one in holders) == 1
    assert sum(users[one]["onPremisesSyncEnabled"] is True for one in holders) == 1
    assert all(found.ok for found in contoso.collections.values())


def test_partial_has_every_status_and_says_why() -> None:
    snapshot = open_snapshot(ROOT / "partial")
    found = {collection.status for collection in snapshot.collections.values()}
    assert found == set(CollectionStatus)
    assert all(one.detail for one in snapshot.collections.values() if not one.ok)
    lines = snapshot.collection("group_members").items  # truncated: some could not be read
    assert {line["status"] for line in lines} == {"ok", "failed", "denied", "missing"}


@pytest.mark.parametrize("name", ["contoso", "fabrikam"])
def test_registers_declare_two_emergency_accounts_that_exist(name: str) -> None:
    users = {one["id"] for one in open_snapshot(ROOT / name).items("users")}
    entries = read_register(ROOT / f"{name}.exceptions.yaml")
    emergency = [one for one in entries if one.kind == "break_glass"]
    assert [len(one.principals) for one in emergency] == [2]
    assert set(emergency[0].principals) <= users
    assert emergency[0].expires is None  # an example must not turn red with time


@pytest.mark.parametrize(("name", "code"), [("contoso", 1), ("fabrikam", 0), ("partial", 1)])
def test_lint_finds_flaws_in_contoso_and_none_in_fabrikam(name: str, code: int) -> None:
    command = [sys.executable, "-m", "tenantlint", "check", f"snapshots/{name}", "--format", "json"]
    arguments = ["--now", "2026-11-20T00:00:00Z", "--config", "snapshots/tenantlint.yaml", "--fail-on", "low"]
    done = subprocess.run([*command, *arguments], check=False, capture_output=True, text=True, cwd=REPOSITORY)
    assert done.returncode == code, done.stderr
    outcomes = Counter(result["outcome"] for result in json.loads(done.stdout)["results"])
    assert outcomes["error"] == 0
    if name == "fabrikam":
        assert set(outcomes) <= {"pass", "not_applicable"}
    if name == "contoso":
        assert outcomes["fail"] >= 15
        assert outcomes["not_evaluated"] == 0
    if name == "partial":
        assert outcomes["not_evaluated"] + outcomes["not_applicable"] >= 3


def test_no_two_people_have_the_same_name() -> None:
    assert len({person(number) for number in range(552)}) == 552


def test_membership_closure_follows_nesting_through_cycles() -> None:
    groups = Groups(Draft("closure", "Closure", "closure.example", "closure.onmicrosoft.example"))
    for name, members in (("a", ["u1"]), ("b", ["u2", "u1"]), ("c", []), ("alone", [])):
        groups.add(name, members)
    groups.nest("a", "b")
    groups.nest("b", "c")
    groups.nest("c", "a")
    groups.finish()
    lines = {line["group_id"]: line for line in groups.draft.objects["group_members"]}
    assert lines[groups.id("a")]["members"] == ["u1", "u2"]
    assert lines[groups.id("c")]["nested_groups"] == sorted([groups.id("a"), groups.id("b")])
    assert lines[groups.id("alone")]["members"] == []
    assert lines[groups.id("b")]["direct"] == sorted(["u1", "u2", groups.id("c")])


def test_big_tenant_has_the_sizes_asked_for_and_the_same_bytes_twice(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        big(tmp_path / folder, users=600, groups=25, memberships=3_000, policies=17)
    assert differences(tmp_path / "one", tmp_path / "two") == []
    snapshot = open_snapshot(tmp_path / "one")
    assert validate(snapshot) == []
    assert len(snapshot.items("users")) == 600
    lines = snapshot.items("group_members")
    assert len(lines) == len(snapshot.items("groups")) == 25
    assert sum(len(line["members"]) for line in lines) == 3_000
    assert all(len(set(line["members"])) == len(line["members"]) for line in lines)
    assert len(snapshot.items("conditional_access_policies")) == 17
