"""The device dimension: device states, divided further where filter rules tell devices apart.

An atom is a state and a truth value for each rule. Which truth values can occur together is found by trying
representative devices: for each attribute every value that the rules can tell from the others, for each state the
attributes that such a device has. An unregistered device has no attributes at all. Extension attributes can be read
where the device is compliant, hybrid joined, or managed by Intune (published table of device filters).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product

from tenantlint.conditional_access.device_filter import COLLECTIONS, Device, Rule, Term, Value, matches, terms

STATES = ("unregistered", "registered", "compliant", "hybridJoined", "compliantHybridJoined")
_COMPLIANT = {"compliant": "True", "compliantHybridJoined": "True", "registered": "False", "hybridJoined": "False"}
_HYBRID = frozenset({"hybridJoined", "compliantHybridJoined"})
# Who manages a device whose extension attributes can be read though it is neither compliant nor joined.
INTUNE = "0000000a-0000-0000-c000-000000000000"
_EXTENSION = "extensionAttribute"
_LIMIT = 60_000


@dataclass(frozen=True, slots=True)
class DeviceAtom:
    """`truths`: for each rule whether it is true; None when the rules could not be divided exactly.
    `sample`: attributes of one such device, for a witness.
    """

    state: str
    truths: tuple[bool, ...]
    sample: tuple[tuple[str, Value], ...] = ()


def device_atoms(rules: Sequence[Rule]) -> tuple[DeviceAtom, ...] | None:
    """All kinds of devices that the rules tell apart, in a fixed order; None when there are too many to try."""
    values = _values(rules)
    found: dict[tuple[str, tuple[bool, ...]], Device] = {}
    for state in STATES:
        choices = {name: _possible(state, name, given) for name, given in values.items()}
        size = 1
        for given in choices.values():
            size *= len(given)
        if size > _LIMIT:
            return None
        for picked in product(*choices.values()):
            device = dict(zip(choices, picked, strict=True))
            read = state == "registered" and any(device[name] for name in device if name.startswith(_EXTENSION))
            if read and device.setdefault("mdmAppId", INTUNE) != INTUNE:
                continue
            found.setdefault((state, tuple(matches(rule, device) for rule in rules)), device)
    return tuple(
        DeviceAtom(state, truths, tuple((k, v) for k, v in device.items() if v is not None))
        for (state, truths), device in sorted(found.items(), key=lambda one: (STATES.index(one[0][0]), one[0][1]))
    )


def state_of(device: Mapping[str, Value]) -> str:
    """The state that a device with these attributes is in (What-If's `deviceInfo`)."""
    compliant = str(device.get("isCompliant") or "").casefold() == "true"
    hybrid = str(device.get("trustType") or "").casefold() == "serverad"
    if hybrid:
        return "compliantHybridJoined" if compliant else "hybridJoined"
    if compliant:
        return "compliant"
    return "registered" if any(value not in (None, ()) for value in device.values()) else "unregistered"


def _possible(state: str, attribute: str, values: Sequence[Value]) -> Sequence[Value]:
    """The values that a device in this state can have."""
    if state == "unregistered":
        return (None,)
    if attribute == "isCompliant":
        return (_COMPLIANT[state],)
    if attribute == "trustType":
        hybrid = state in _HYBRID
        kept = [one for one in values if (str(one).casefold() == "serverad") is hybrid and one is not None]
        return kept or (("ServerAD",) if hybrid else ("AzureAD",))
    return values


def _values(rules: Iterable[Rule]) -> dict[str, Sequence[Value]]:
    """For each attribute that a rule reads, values that behave in every way in which its comparisons can."""
    by_attribute: dict[str, list[Term]] = {}
    for term in chain.from_iterable(terms(rule) for rule in rules):
        by_attribute.setdefault(term.attribute, []).append(term)
    return {name: _distinct(found, _candidates(name, found)) for name, found in sorted(by_attribute.items())}


_KNOWN = {
    "deviceOwnership": ("Company", "Personal"),
    "trustType": ("AzureAD", "ServerAD", "Workplace"),
    "profileType": ("RegisteredDevice", "SecureVM", "Printer", "Shared", "IoT"),
    "isCompliant": ("True", "False"),
}


def _candidates(attribute: str, found: Sequence[Term]) -> list[Value]:
    constants = list(dict.fromkeys(value for term in found for value in term.values if value != "null"))
    if attribute in COLLECTIONS:
        few = constants[:6]
        subsets = chain.from_iterable(combinations(few, size) for size in range(len(few) + 1))
        return [*subsets, *((one,) for one in constants[6:])]
    if attribute in _KNOWN:
        return [*_KNOWN[attribute], None]
    candidates: list[Value] = [None, "\u00b7other\u00b7", *constants]
    if attribute == "mdmAppId":
        candidates.insert(0, INTUNE)
    partial = [
        value for term in found if term.operator in {"startswith", "endswith", "contains"} for value in term.values
    ]
    partial = list(dict.fromkeys(partial))[:6]
    for one in partial:
        candidates += [f"{one}\u00b7", f"\u00b7{one}", f"\u00b7{one}\u00b7"]
    for one, other in product(partial, partial):
        candidates += [f"{one}\u00b7{other}", f"\u00b7{one}\u00b7{other}\u00b7"]
    if len(partial) > 2:
        candidates.append("\u00b7".join(("", *partial, "")))
    return candidates


def _distinct(found: Sequence[Term], candidates: Iterable[Value]) -> Sequence[Value]:
    """One value for each way in which the comparisons can come out."""
    kept: dict[tuple[bool, ...], Value] = {}
    for value in candidates:
        kept.setdefault(tuple(term.holds(value) for term in found), value)
    return tuple(kept.values())
