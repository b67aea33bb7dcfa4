"""Emergency accounts that a policy can stop."""

from typing import Any

import pytest
from tests.unit.conditional_access.test_lockout import EVERYONE, block, tenant
from tests.unit.directory.tenants import policy

from tenantlint.conditional_access.emergency import Caught, caught
from tenantlint.conditional_access.ground import Ground
from tenantlint.model import CollectionStatus

_FIDO = {"id": "s", "displayName": "Keys", "allowedCombinations": ["fido2", "password,sms"]}
_PHONE = {"id": "s", "displayName": "Phones", "allowedCombinations": ["password,sms", "deviceBasedPush"]}
_UNKNOWN = {"id": "s", "displayName": "Unknown"}


def stopped(*policies: dict[str, Any], methods: frozenset[str] | None = None, **more: Any) -> list[Caught]:
    return caught(Ground(tenant(*policies, **more), {"emergency": ["u"]}), {"u": methods}, "emergency")


def asks(*controls: str, operator: str = "OR", **more: Any) -> dict[str, Any]:
    return policy("p", EVERYONE, grantControls={"operator": operator, "builtInControls": list(controls), **more})


@pytest.mark.parametrize(
    ("made", "controls"),
    [
        (asks("mfa"), None),
        (asks("compliantDevice"), ("compliantDevice",)),
        (asks("compliantDevice", "mfa"), None),
        (asks("compliantDevice", "mfa", operator="AND"), ("compliantDevice",)),
        (asks("mfa", "passwordChange", operator="AND"), ("passwordChange",)),
        (asks(termsOfUse=["t"]), ("termsOfUse:t",)),
        (asks(authenticationStrength=_FIDO), None),
        (asks(authenticationStrength=_PHONE), ("authenticationStrength:s",)),
        (asks("block"), ("block",)),
    ],
)
def test_what_can_stop_an_account_with_a_security_key(made: dict[str, Any], controls: tuple[str, ...] | None) -> None:
    found = stopped(made)
    assert [one.controls for one in found] == ([controls] if controls else [])
    assert all(one.certain and one.accounts == ("u",) for one in found)


@pytest.mark.parametrize(
    ("methods", "caught_"), [(frozenset(), True), (frozenset({"fido2SecurityKey"}), False), (None, False)]
)
def test_mfa_stops_an_account_without_a_method(methods: frozenset[str] | None, caught_: bool) -> None:
    assert bool(stopped(asks("mfa"), methods=methods)) is caught_


def test_a_strength_that_is_not_known_may_stop_it() -> None:
    (found,) = stopped(asks(authenticationStrength=_UNKNOWN))
    assert not found.certain
    assert found.unknowns == ("what the authentication strength Unknown allows",)


def test_an_account_that_is_left_out_is_safe() -> None:
    assert stopped(block("b", {"includeUsers": ["All"], "excludeUsers": ["u"]})) == []


def test_an_exclusion_by_an_unknown_group_may_hold() -> None:
    (found,) = stopped(block("b", {"includeUsers": ["All"], "excludeGroups": ["g"]}))
    assert not found.certain
    assert found.unknowns == ("who is in the group g",)


@pytest.mark.parametrize(
    ("conditions", "everyday"),
    [
        ({"clientAppTypes": ["exchangeActiveSync", "other"]}, None),
        ({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}, None),
        ({"signInRiskLevels": ["high"]}, False),
        ({"platforms": {"includePlatforms": ["linux"]}}, True),
    ],
)
def test_blocks_that_no_emergency_sign_in_meets_do_not_count(conditions: dict[str, Any], everyday: bool | None) -> None:
    assert [one.everyday for one in stopped(block("b", EVERYONE, **conditions))] == (
        [] if everyday is None else [everyday]
    )


def test_an_account_that_is_named_and_not_listed_is_judged() -> None:
    (found,) = stopped(asks("compliantDevice"), users=CollectionStatus.DENIED)
    assert found.accounts == ("u",)
