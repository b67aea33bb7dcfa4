"""Who is locked out, and whether administrators still reach their portals."""

from typing import Any

import pytest
from hypothesis import given
from tests.unit.conditional_access import soundness_oracle as oracle
from tests.unit.directory.tenants import GA, UA, assignment, policy, snapshot, user

from tenantlint.conditional_access.ground import Ground
from tenantlint.conditional_access.lockout import administrators, locked_out
from tenantlint.conditional_access.tenant import Tenant, read_tenant

EVERYONE = {"includeUsers": ["All"]}


def block(identity: str, users: dict[str, Any], **conditions: Any) -> dict[str, Any]:
    made = policy(identity, users, grantControls={"operator": "OR", "builtInControls": ["block"]})
    made["conditions"] |= conditions
    return made


def tenant(*policies: dict[str, Any], **more: Any) -> Tenant:
    given: dict[str, Any] = {"users": [user("u"), user("v")], "named_locations": [], **more}
    return read_tenant(snapshot(conditional_access_policies=list(policies), **given))


@given(oracle.policies())
def test_the_locked_out_are_those_with_no_ordinary_sign_in(drawn: list[dict[str, Any]]) -> None:
    ground = Ground(oracle.read(drawn))
    force = oracle.enforced(drawn)
    ordinary = [one for one in oracle.POINTS if one.ordinary]

    def without_way(judged: list[dict[str, Any]]) -> set[str]:
        free = {
            point.user
            for point in ordinary
            if not any(oracle.applies(one, point) and oracle.stuck(one, point) for one in judged)
        }
        return set(oracle.PEOPLE) - free

    found = locked_out(ground)
    assert all(one.certain for one in found)
    told = {who for one in found for who in ground.people.ids(one.users)}
    outright = {who for one in found if one.outright for who in ground.people.ids(one.users)}
    assert told == without_way(force)
    assert outright == without_way([one for one in force if oracle.blocks(one)])


@given(oracle.policies())
def test_administrators_reach_what_some_ordinary_sign_in_reaches(drawn: list[dict[str, Any]]) -> None:
    marks = {"active": sorted(oracle.HOLDERS | {"gus"})}
    ground = Ground(oracle.read(drawn), marks)
    force = oracle.enforced(drawn)
    free = {
        point.user
        for point in oracle.POINTS
        if point.ordinary and point.app == "other" and point.user in marks["active"]
        if not any(oracle.applies(one, point) and oracle.stuck(one, point) for one in force)
    }
    graph = next(one for one in administrators(ground, ground.marked("active"), 0) if one.resource == "microsoft_graph")
    assert set(ground.people.ids(graph.reach)) == free
    assert graph.may_reach == 0


def test_a_legacy_client_is_no_way_in() -> None:
    modern = block("b", EVERYONE, clientAppTypes=["browser", "mobileAppsAndDesktopClients"])
    (found,) = locked_out(Ground(tenant(modern)))
    assert found.outright
    assert [one.id for one in found.policies] == ["b"]


@pytest.mark.parametrize("condition", ["userRiskLevels", "signInRiskLevels"])
def test_a_way_in_at_risk_alone_is_none(condition: str) -> None:
    (found,) = locked_out(Ground(tenant(block("b", EVERYONE, **{condition: ["none"]}))))
    assert found.outright


def test_a_block_everywhere_but_in_trusted_places_hangs_on_whether_there_are_any() -> None:
    anywhere = block("b", EVERYONE, locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]})
    (found,) = locked_out(Ground(tenant(anywhere)))
    assert not found.certain
    assert found.unknowns == ("the trusted IPs of per-user MFA",)
    site = {"id": "l", "displayName": "Site", "isTrusted": True, "ipRanges": [{"cidrAddress": "192.0.2.0/24"}]}
    assert locked_out(Ground(tenant(anywhere, named_locations=[site]))) == []


def test_a_location_that_the_snapshot_lacks_is_taken_to_be_somewhere() -> None:
    anywhere = block("b", EVERYONE, locations={"includeLocations": ["All"], "excludeLocations": ["gone"]})
    assert locked_out(Ground(tenant(anywhere))) == []


def test_an_unknown_group_makes_a_lockout_depend() -> None:
    ground = Ground(tenant(block("b", {"includeUsers": ["All"], "excludeGroups": ["g"]})))
    (found,) = [one for one in locked_out(ground) if ground.people.counted(one.users)]
    assert not found.certain
    assert found.unknowns == ("who is in the group g",)


def test_an_unknown_condition_makes_a_lockout_depend() -> None:
    (found,) = locked_out(Ground(tenant(block("b", EVERYONE, newCondition={"x": 1}))))
    assert not found.certain
    assert "newCondition" in found.unknowns[0]


@pytest.mark.parametrize(("role", "reached"), [(GA, set()), (UA, {"v"})])
def test_an_eligible_administrator_is_judged_with_the_role_activated(role: str, reached: set[str]) -> None:
    made = tenant(
        block("b", {"includeRoles": [role]}),
        role_assignments=[assignment("u", UA)],
        role_eligibility_schedule_instances=[assignment("v", GA)],
    )
    ground = Ground(made, {"eligible": ["v"]})
    for one in administrators(ground, 0, ground.marked("eligible")):
        assert set(ground.people.ids(one.reach)) == reached
        assert bool(one.policies) is not bool(reached)


def test_a_block_of_one_portal_leaves_the_others() -> None:
    portals = block("b", EVERYONE)
    portals["conditions"]["applications"] = {"includeApplications": ["MicrosoftAdminPortals"]}
    ground = Ground(tenant(portals), {"active": ["u"]})
    found = {one.resource: bool(one.reach) for one in administrators(ground, ground.marked("active"), 0)}
    assert found == {"admin_portals": False, "azure_management": True, "microsoft_graph": True}


def test_security_defaults_lock_nobody_out() -> None:
    assert locked_out(Ground(tenant(security_defaults=[{"id": "d", "isEnabled": True}]))) == []
