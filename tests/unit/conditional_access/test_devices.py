"""Kinds of devices: every device lies in one, and every kind has a device."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tenantlint.conditional_access.device_filter import parse
from tenantlint.conditional_access.devices import STATES, device_atoms, state_of
from tests.oracle import rules
from tests.oracle.brute import DEVICES, device_of, state_of as naive_state
from tests.oracle.strategies import RULES

INTUNE = "0000000a-0000-0000-c000-000000000000"
MORE_RULES = [
    *RULES,
    'device.displayName -startsWith "PAW" -and device.displayName -notEndsWith "test"',
    'device.displayName -contains "kiosk" -or device.manufacturer -eq "Microsoft Corporation"',
    'device.extensionAttribute2 -in ["a", "b"] -and device.extensionAttribute1 -ne "SAW"',
    'device.physicalIds -contains "[ZTDId]:1" -or device.systemLabels -notContains "M365Managed"',
    'device.profileType -eq "IoT"',
]
TEXTS = st.sampled_from(["PAW-1", "paw-test", "a kiosk", "Microsoft Corporation", "SAW", "saw", "a", "Surface Hub"])
ANY_DEVICE = st.none() | st.fixed_dictionaries(
    {"trustType": st.sampled_from(["AzureAD", "ServerAD", "Workplace"]), "isCompliant": st.booleans()},
    optional={
        "displayName": TEXTS,
        "manufacturer": TEXTS,
        "model": TEXTS,
        "extensionAttribute1": TEXTS,
        "extensionAttribute2": TEXTS,
        "mdmAppId": st.sampled_from([INTUNE, "11111111-0000-0000-c000-000000000000"]),
        "deviceOwnership": st.sampled_from(["Company", "Personal"]),
        "profileType": st.sampled_from(["RegisteredDevice", "IoT"]),
        "operatingSystem": st.sampled_from(["Windows", "MacMDM", "iOS"]),
        "systemLabels": st.lists(st.sampled_from(["CloudPC", "M365Managed"]), unique=True),
        "physicalIds": st.lists(st.sampled_from(["[ZTDId]:1", "other"]), unique=True),
    },
)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(MORE_RULES), max_size=3, unique=True), ANY_DEVICE)
def test_every_device_is_of_one_kind(chosen: list[str], device: dict[str, Any] | None) -> None:
    atoms = device_atoms([parse(rule) for rule in chosen])
    assert atoms is not None
    kind = (naive_state(device), tuple(rules.true_of(rule, device) for rule in chosen))
    assert [(one.state, one.truths) for one in atoms].count(kind) == 1


@settings(max_examples=60)
@given(st.lists(st.sampled_from(MORE_RULES), max_size=3, unique=True))
def test_every_kind_has_a_device(chosen: list[str]) -> None:
    for atom in device_atoms([parse(rule) for rule in chosen]) or ():
        device = device_of(atom)
        assert naive_state(device) == atom.state
        assert tuple(rules.true_of(rule, device) for rule in chosen) == atom.truths, device


def test_without_rules_there_is_one_kind_for_each_state() -> None:
    assert [(one.state, one.truths) for one in device_atoms(()) or ()] == [(state, ()) for state in STATES]


def test_extension_attributes_are_read_of_devices_that_intune_manages() -> None:
    rule = parse('device.extensionAttribute1 -eq "SAW"')
    found = {(one.state, one.truths[0]): dict(one.sample) for one in device_atoms([rule]) or ()}
    assert found["registered", True]["mdmAppId"] == INTUNE
    assert ("unregistered", True) not in found
    unmanaged = parse(f'device.mdmAppId -eq "{INTUNE}"')
    kinds = {(one.state, one.truths) for one in device_atoms([rule, unmanaged]) or ()}
    assert ("registered", (True, True)) in kinds
    assert ("registered", (True, False)) not in kinds
    assert ("compliant", (True, False)) in kinds


def test_too_many_attributes_are_not_walked() -> None:
    texts = [*(f"extensionAttribute{at}" for at in range(1, 16)), "model", "displayName"]
    many = [parse(f'device.{one} -startsWith "a"') for one in texts]
    assert device_atoms(many) is None


def test_the_state_of_a_device_by_its_attributes() -> None:
    for device in DEVICES:
        shown = {key: str(value) for key, value in (device or {}).items()}
        assert state_of(shown) == naive_state(device)
