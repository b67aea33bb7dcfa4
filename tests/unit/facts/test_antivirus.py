from __future__ import annotations

from typing import Any

from tests.tenants.contoso import contoso
from tests.unit.facts.test_device_compliance import ALL_USERS, fact, group

_DEFENDER = "device_vendor_msft_policy_config_defender_"


def choice(definition: str, option: str) -> dict[str, Any]:
    value = {"value": f"{definition}_{option}", "children": []}
    return {"settingInstance": {"settingDefinitionId": definition, "choiceSettingValue": value}}


def entered(definition: str, value: Any) -> dict[str, Any]:
    return {"settingInstance": {"settingDefinitionId": definition, "simpleSettingValue": {"value": value}}}


def policies(*items: dict[str, Any]) -> Any:
    return fact("antivirus", device_management_configuration_policies=list(items))


def policy(*settings: Any, **changes: Any) -> dict[str, Any]:
    return {"id": "p", "name": "P", "assignments": [ALL_USERS], "settings": list(settings), **changes}


def test_choices_and_numbers_are_read_by_the_last_word_of_their_definition() -> None:
    (found,) = policies(
        policy(
            choice(f"{_DEFENDER}cloudblocklevel", "2"),
            entered(f"{_DEFENDER}cloudextendedtimeout", 50),
            choice("device_vendor_msft_defender_configuration_disablelocaladminmerge", "1"),
            choice(f"{_DEFENDER}puaprotection", "new"),
        )
    )
    assert found["values"] == {
        "cloudblocklevel": 2,
        "cloudextendedtimeout": 50,
        "disablelocaladminmerge": 1,
        "puaprotection": "new",
    }


def test_policies_about_other_things_are_not_listed() -> None:
    excluded = {"settingInstance": {"settingDefinitionId": f"{_DEFENDER}excludedpaths", "simpleSettingValue": None}}
    assert policies(policy(excluded), policy(entered("vendor_msft_other", 1)), policy()) == []


def test_a_policy_for_another_system_is_not_listed() -> None:
    assert policies(policy(choice(f"{_DEFENDER}puaprotection", "1"), platforms="macOS")) == []


def test_settings_that_are_not_told_make_a_policy_unreadable() -> None:
    (found,) = policies(policy(settings=None))
    assert (found["readable"], found["values"]) == (False, {})


def test_odd_settings_are_passed_over() -> None:
    odd = ["text", {}, {"settingInstance": None}, entered(f"{_DEFENDER}signatureupdateinterval", True)]
    (found,) = policies(policy(choice(f"{_DEFENDER}puaprotection", "1"), *odd))
    assert found["values"] == {"puaprotection": 1}


def test_a_policy_for_everybody_stands_beside_one_for_a_group() -> None:
    setting = choice(f"{_DEFENDER}puaprotection", "1")
    found = policies(policy(setting, assignments=[group("a")]), policy(setting))
    assert [one["beside"] for one in found] == [[1], []]


def test_the_example_is_read_as_it_is_collected() -> None:
    (found,) = policies(*contoso().objects["device_management_configuration_policies"])
    assert found["values"]["puaprotection"] == 2
    assert "allowemailscanning" not in found["values"]
    assert found["targets"] == ["all devices"]
