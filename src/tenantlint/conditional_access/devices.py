"""The device dimension: device states, divided further where filter rules tell devices apart.

An atom is a state and a truth value for each rule. Which truth values can occur together is found by trying
representative devices: for each attribute every value that the rules can tell from the others, for each state the
attributes that such a device has. An unregistered device has no attributes at all. Extension attributes can be read
where the device is compliant, hybrid joined, or managed by Intune (published table of device filters).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import prod

from tenantlint.conditional_access.device_filter import COLLECTIONS, Device, Rule, Term, Value, matches, terms

STATES = ("unregistered", "registered", "compliant", "hybridJoined", "compliantHybridJoined")
_COMPLIANT = {"compliant": "True", "compliantHybridJoined": "True", "registered": "False", "hybridJoined": "False"}
_HYBRID = frozenset({"hybridJoined", "compliantHybridJoined"})
# Who manages a device whose extension attributes can be read though it is neither compliant nor joined.
INTUNE = "0000000a-0000-0000-c000-000000000000"
_EXTENSION = "extensionAttribute"
# How many times rules may be tried on devices; how many values an attribute may be tried with, and how many parts
# they may be put together from.
_LIMIT = 200_000
_MOST_VALUES = 4_096
_MOST_PARTS = 10
_GAPS = ("\u00b7", *(chr(code) for code in range(0x2400, 0x2400 + 4096)))


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
    if values is None or _cost(values, len(rules)) > _LIMIT:
        return None
    found: dict[tuple[str, tuple[bool, ...]], Device] = {}
    for state in STATES:
        choices = {name: _possible(state, name, given) for name, given in values.items()}
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


def divisible(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """As many of the rules as `device_atoms` can divide devices by, the first ones first."""
    kept: dict[str, Rule] = {}
    for name, rule in rules.items():
        values = _values([*kept.values(), rule])
        if values is not None and _cost(values, len(kept) + 1) <= _LIMIT:
            kept[name] = rule
    return kept


def _cost(values: Mapping[str, Sequence[Value]], rules: int) -> int:
    """How many times a rule is tried on a device."""
    return rules * sum(prod(len(_possible(state, name, given)) for name, given in values.items()) for state in STATES)


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


def _values(rules: Iterable[Rule]) -> dict[str, Sequence[Value]] | None:
    """For each attribute that a rule reads, values that behave in every way in which its comparisons can.

    None when one has too many.
    """
    by_attribute: dict[str, list[Term]] = {}
    for term in chain.from_iterable(terms(rule) for rule in rules):
        by_attribute.setdefault(term.attribute, []).append(term)
    values: dict[str, Sequence[Value]] = {}
    for name, found in sorted(by_attribute.items()):
        candidates = _candidates(name, found)
        if candidates is None:
            return None
        values[name] = _distinct(found, candidates)
    return values


_KNOWN = {
    "deviceOwnership": ("Company", "Personal"),
    "trustType": ("AzureAD", "ServerAD", "Workplace"),
    "profileType": ("RegisteredDevice", "SecureVM", "Printer", "Shared", "IoT"),
    "isCompliant": ("True", "False"),
}


def _candidates(attribute: str, found: Sequence[Term]) -> Iterable[Value] | None:
    """Values that between them make the comparisons come out in every way in which any value can."""
    constants = list(dict.fromkeys(value for term in found for value in term.values if value != "null"))
    if attribute in COLLECTIONS:
        return _subsets(constants) if len(constants) <= _MOST_PARTS else None
    if attribute in _KNOWN:
        return (*_KNOWN[attribute], None)
    starts, ends, inside = (_operands(found, word) for word in ("startswith", "endswith", "contains"))
    if len(inside) > _MOST_PARTS or (len(starts) + 1) * (len(ends) + 1) << len(inside) > _MOST_VALUES:
        return None
    # A text is told by the longest prefix, the longest suffix and the parts that it has; a character that no
    # operand holds keeps these apart.
    gap = next(one for one in _GAPS if not any(one in value for value in constants))
    composed = (
        gap.join((start, *parts, end)) for start, end, parts in product(["", *starts], ["", *ends], _subsets(inside))
    )
    own = (INTUNE,) if attribute == "mdmAppId" else ()
    return chain(own, (None, f"{gap}other{gap}", *constants), composed)


def _operands(found: Iterable[Term], operator: str) -> list[str]:
    return list(dict.fromkeys(value for term in found if term.operator == operator for value in term.values))


def _subsets(values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))


def _distinct(found: Sequence[Term], candidates: Iterable[Value]) -> Sequence[Value]:
    """One value for each way in which the comparisons can come out."""
    kept: dict[tuple[bool, ...], Value] = {}
    for value in candidates:
        kept.setdefault(tuple(term.holds(value) for term in found), value)
    return tuple(kept.values())
