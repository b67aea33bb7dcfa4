"""Named locations: every place lies in one atom, and every atom is such a place."""

import ipaddress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import naive

from tenantlint.conditional_access.locations import location_atoms, parse_locations
from tenantlint.conditional_access.policy import MFA_TRUSTED_IPS, parse_policy

CONTOSO = [ipaddress.ip_address(text) for text in ("198.51.100.0", "2001:db8::")]


@st.composite
def ranges(draw: st.DrawFn) -> dict[str, Any]:
    """A range of a few addresses near the beginning of a block, as CIDR or by its ends."""
    base = draw(st.sampled_from(CONTOSO))
    first = base + draw(st.integers(0, 12))
    if draw(st.booleans()):
        return {"lowerAddress": str(first), "upperAddress": str(first + draw(st.integers(0, 6)))}
    bits = base.max_prefixlen - draw(st.integers(0, 3))
    return {"cidrAddress": str(ipaddress.ip_network(f"{first}/{bits}", strict=False))}


@st.composite
def named(draw: st.DrawFn) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for at in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["ip", "ip", "country", "free"]))
        one: dict[str, Any] = {"id": f"l{at}", "isTrusted": draw(st.booleans())}
        if kind == "ip":
            one["ipRanges"] = draw(st.lists(ranges(), max_size=3))
        elif kind == "country":
            one["countriesAndRegions"] = draw(st.lists(st.sampled_from(["DE", "FR", "US"]), unique=True))
            one["includeUnknownCountriesAndRegions"] = draw(st.booleans())
            one["isTrusted"] = False
        else:
            one["countriesAndRegions"] = ["SE"]
            one["countryLookupMethod"] = "authenticatorAppGps"
        found.append(one)
    return found


def atoms_of(items: list[dict[str, Any]]) -> Any:
    everywhere = {"includeLocations": [one["id"] for one in items] + ["AllTrusted"]}
    policy = parse_policy({"displayName": "P", "state": "enabled", "conditions": {"locations": everywhere}})
    found = location_atoms([policy], parse_locations(items))
    assert found is not None
    return found


def held(items: list[dict[str, Any]], place: dict[str, Any]) -> frozenset[str]:
    raw = {"named_locations": items}
    named_ones = {one["id"] for one in items if naive.in_location(one["id"], place, raw)}
    return frozenset(named_ones | ({MFA_TRUSTED_IPS} & set(place["inside"])))


@settings(max_examples=80)
@given(named())
def test_every_place_is_in_one_atom_and_every_atom_is_a_place(items: list[dict[str, Any]]) -> None:
    atoms = atoms_of(items)
    ids = [one.ids for one in atoms]
    assert len(set(ids)) == len(ids)
    free = [one["id"] for one in items if one.get("countryLookupMethod")] + [MFA_TRUSTED_IPS]
    for base in CONTOSO:
        for offset in range(24):
            for country in ("DE", "FR", "US", "AQ", None):
                for inside in ((), free):
                    place = {"address": str(base + offset), "country": country, "inside": inside}
                    assert held(items, place) in ids, place
    for one in atoms:
        inside = [each for each in one.ids if each in free]
        place = {"address": one.address or "192.0.2.1", "country": one.country, "inside": inside}
        assert held(items, place) == one.ids


@given(named(), st.sampled_from(["198.51.100.3", "2001:db8::5", "192.0.2.1"]), st.sampled_from(["DE", "AQ", None]))
def test_holding_is_being_inside(items: list[dict[str, Any]], address: str, country: str | None) -> None:
    place = {"address": address, "country": country, "inside": ()}
    assert parse_locations(items).holding(address, country) == held(items, place)


def test_an_ipv4_address_in_ipv6_clothes_is_the_same_address() -> None:
    found = parse_locations([{"id": "l", "ipRanges": [{"cidrAddress": "198.51.100.0/24"}]}])
    assert found.holding("::ffff:198.51.100.7", "DE") == {"l"}
    assert found.holding("::c633:6407", "DE") == frozenset()


def test_all_trusted_is_every_trusted_location_and_the_trusted_ips_of_per_user_mfa() -> None:
    items = [{"id": "T", "isTrusted": True, "ipRanges": []}, {"id": "N", "isTrusted": False, "ipRanges": []}]
    assert parse_locations(items).expand(["alltrusted"]) == {"t", MFA_TRUSTED_IPS}
    assert parse_locations([], known=False).expand(["alltrusted"]) == {"alltrusted"}


def test_a_range_that_cannot_be_read_makes_the_extent_unknown() -> None:
    found = parse_locations([{"id": "l", "displayName": "Office", "ipRanges": [{"cidrAddress": "office"}]}])
    assert found.get("l").free
    assert "Office" in found.get("l").unknown
