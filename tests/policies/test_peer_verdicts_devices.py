"""Wrong verdicts of the peers on devices, each with the outcome that is right.

Maester and Prowler read one switch for a device without a policy, and nothing of what Conditional Access makes of it;
Maester's antivirus tests judge each policy by itself, assigned or not, and take a setting that no policy names for off.
"""

from __future__ import annotations

from tests.policies.judging import judge
from tests.tenants.devices import antivirus_policy, compliance_policy, everyone, target
from tests.tenants.draft import Draft

from tenantlint.engine.interface import Engine
from tenantlint.model import Outcome

DRAFT = Draft("contoso", "Contoso", "contoso.example", "contoso.onmicrosoft.example")
COMPLIANT = {
    "id": "ca",
    "displayName": "Compliant devices",
    "state": "enabled",
    "conditions": {
        "users": {"includeUsers": ["All"]},
        "applications": {"includeApplications": ["All"]},
        "platforms": {"includePlatforms": ["windows", "macOS"], "excludePlatforms": []},
    },
    "grantControls": {"operator": "OR", "builtInControls": ["compliantDevice"]},
}
GROUP = "#microsoft.graph.groupAssignmentTarget"
LENIENT = [{"secureByDefault": False, "deviceComplianceCheckinThresholdDays": 30}]
STRICT = [{"secureByDefault": True, "deviceComplianceCheckinThresholdDays": 30}]


def test_a_compliant_device_that_nothing_defines_is_no_control(engine: Engine) -> None:
    result = judge(
        engine,
        "DV002",
        conditional_access_policies=[COMPLIANT],
        device_compliance_policies=[compliance_policy(DRAFT, "windows10", assigned=everyone())],
        device_management_settings=LENIENT,
    )
    assert result.outcome is Outcome.FAIL
    assert [finding.evidence["platforms"] for finding in result.findings] == [["macOS"]]


def test_a_policy_that_nobody_gets_defines_nothing(engine: Engine) -> None:
    given = {"conditional_access_policies": [COMPLIANT], "device_management_settings": LENIENT}
    policies = [compliance_policy(DRAFT, platform) for platform in ("windows10", "macOS")]
    assert judge(engine, "DV002", device_compliance_policies=policies, **given).outcome is Outcome.FAIL
    assert judge(engine, "DV003", device_compliance_policies=policies).outcome is Outcome.FAIL


def test_what_is_not_defined_is_safe_where_unjudged_devices_do_not_count(engine: Engine) -> None:
    given = {"conditional_access_policies": [COMPLIANT], "device_compliance_policies": []}
    assert judge(engine, "DV002", device_management_settings=STRICT, **given).outcome is Outcome.PASS
    assert judge(engine, "DV002", **given).outcome is Outcome.INCONCLUSIVE


def test_two_policies_for_the_same_devices_ask_together(engine: Engine) -> None:
    plain = compliance_policy(
        DRAFT, "windows10", assigned=everyone(), storageRequireEncryption=False, bitLockerEnabled=False
    )
    encrypting = {**compliance_policy(DRAFT, "windows10", assigned=everyone()), "id": "other"}
    pilot = {**encrypting, "assignments": [target(GROUP, groupId="pilot")]}
    for policies, outcome in (
        ([plain], Outcome.FAIL),
        ([plain, encrypting], Outcome.PASS),
        ([plain, pilot], Outcome.FAIL),
    ):
        assert judge(engine, "DV004", device_compliance_policies=policies).outcome is outcome


def test_an_antivirus_policy_that_nobody_gets_protects_nothing(engine: Engine) -> None:
    policies = [antivirus_policy(DRAFT, assigned=[])]
    assert judge(engine, "DV016", device_management_configuration_policies=policies).outcome is Outcome.FAIL


def test_what_windows_does_by_default_needs_no_setting(engine: Engine) -> None:
    told = antivirus_policy(DRAFT, assigned=everyone(), without=("allowarchivescanning", "submitsamplesconsent"))
    for identity in ("DV016", "DV017"):
        assert judge(engine, identity, device_management_configuration_policies=[told]).outcome is Outcome.PASS


def test_findings_that_are_never_thrown_away_are_kept_long_enough(engine: Engine) -> None:
    for days, outcome in ((0, Outcome.PASS), (30, Outcome.PASS), (7, Outcome.FAIL)):
        policy = antivirus_policy(DRAFT, assigned=everyone(), daystoretaincleanedmalware=days)
        result = judge(engine, "DV019", device_management_configuration_policies=[policy])
        assert result.outcome is outcome


def test_chosen_nobody_is_nobody(engine: Engine) -> None:
    kind = "#microsoft.graph.enumeratedDeviceRegistrationMembership"
    policy = {
        "id": "deviceRegistrationPolicy",
        "azureADJoin": {"allowedToJoin": {"@odata.type": kind, "users": [], "groups": []}},
    }
    assert judge(engine, "DV010", device_registration_policy=[policy]).outcome is Outcome.PASS
    assert judge(engine, "DV012", device_registration_policy=[policy]).outcome is Outcome.NOT_APPLICABLE
