"""Pseudonyms of single values: the same for the same, of the same form, and telling nothing."""

import ipaddress
import re
import unicodedata
import uuid
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tenantlint.snapshot.redaction import networks
from tenantlint.snapshot.redaction.fields import personal_data
from tenantlint.snapshot.redaction.hosts import Hosts
from tenantlint.snapshot.redaction.pseudonyms import Pseudonyms

KEY = b"a key that nobody can guess, for tests only"
PSEUDONYMS = Pseudonyms(KEY)
OTHER = Pseudonyms(KEY + b"!")
DATA = personal_data()

words = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=12)
labels = st.from_regex(r"[a-z][a-z0-9]{0,10}", fullmatch=True)
domains = st.lists(labels, min_size=2, max_size=4).map(".".join)


def hosts(pseudonyms: Pseudonyms = PSEUDONYMS) -> Hosts:
    return Hosts(pseudonyms, DATA.kept_domains, DATA.shared_domains)


@given(words, words)
def test_letter_case_and_composition_do_not_matter(first: str, second: str) -> None:
    name = f"{first} {second}"
    for other in (name.casefold(), f"  {name} ", *(unicodedata.normalize(form, name) for form in ("NFC", "NFD"))):
        assert PSEUDONYMS.person(other) == PSEUDONYMS.person(name)
        assert hosts().address(f"{other}@x.example") == hosts().address(f"{name}@x.example")


def test_a_name_is_its_words() -> None:
    assert PSEUDONYMS.person("Ärger, Anna") == PSEUDONYMS.person("A\u0308RGER  anna")
    assert PSEUDONYMS.person("Anna Ärger") != PSEUDONYMS.person("Ärger, Anna")
    assert PSEUDONYMS.name("Policy-1") != PSEUDONYMS.name("Policy 1")  # names of configuration identify


@given(st.text(max_size=40))
def test_another_key_gives_another_pseudonym(value: str) -> None:
    for kind in ("person", "group", "tenant", "name", "word", "note", "account", "phone", "token", "guid", "device"):
        first = getattr(PSEUDONYMS, kind)(value)
        assert first == getattr(PSEUDONYMS, kind)(value)
        assert first != getattr(OTHER, kind)(value)


@given(st.uuids())
def test_a_guid_becomes_a_guid_of_version_8(value: uuid.UUID) -> None:
    found = uuid.UUID(PSEUDONYMS.guid(str(value)))
    assert found.version == 8
    assert found.variant == uuid.RFC_4122
    assert PSEUDONYMS.guid(str(value).upper()) == str(found)
    assert str(found) != str(value)


def test_a_phone_number_is_one_of_no_country() -> None:
    assert re.fullmatch(r"\+999 \d{10}", PSEUDONYMS.phone("+49 (30) 123-456"))
    assert PSEUDONYMS.phone("+49 30 123456") == PSEUDONYMS.phone("4930123456")


@given(labels, domains)
def test_an_address_stays_an_address_of_its_domain(local: str, domain: str) -> None:
    found = hosts().address(f"{local}@{domain}")
    account, _, home = found.partition("@")
    assert re.fullmatch(r"u[0-9a-f]{12}", account)
    assert home == hosts().domain(domain)
    assert found == hosts().address(f"{local.upper()}@{domain.upper()}")
    assert account == hosts().address(f"{local}@elsewhere.invalid").partition("@")[0]


@given(domains, labels)
def test_a_subdomain_stays_one(domain: str, label: str) -> None:
    found = hosts()
    assert found.domain(f"{label}.{domain}").endswith(f".{found.domain(domain)}")
    assert found.domain(domain).count(".") == domain.count(".") or found.kept(domain)


@given(st.lists(domains, min_size=2, max_size=8, unique=True))
def test_domains_do_not_fall_together(given_domains: list[str]) -> None:
    found = hosts()
    assert len({found.domain(domain) for domain in given_domains}) == len(given_domains)


def test_a_domain_is_under_a_reserved_one_unless_it_is_microsofts() -> None:
    found = hosts()
    assert re.fullmatch(r"d[0-9a-f]{12}\.example", found.domain("contoso.com"))
    assert found.domain("contoso.com") != found.domain("contoso.net")
    label = found.domain("contoso.onmicrosoft.com").removesuffix(".onmicrosoft.com")
    assert re.fullmatch(r"t[0-9a-f]{12}", label)
    assert found.domain("contoso.mail.onmicrosoft.com") == f"{label}.mail.onmicrosoft.com"
    assert found.domain("contoso-my.sharepoint.com") == f"{label}-my.sharepoint.com"
    assert found.domain("Contoso-admin.SharePoint.com") == f"{label}-admin.sharepoint.com"
    for kept in ("spf.protection.outlook.com", "graph.microsoft.com", "onmicrosoft.com", "*"):
        assert found.domain(kept) == kept
    assert found.domain("notoutlook.com") != "notoutlook.com"
    assert found.domain("outlook.com.evil.net").endswith(".example")


def test_host_names_with_dashes_follow_their_domain() -> None:
    found = hosts()
    found.learn("contoso.com")
    own = found.domain("contoso.com").replace(".", "-")
    tenant = found.domain("contoso.onmicrosoft.com")
    assert found.domain("contoso-com.mail.protection.outlook.com") == f"{own}.mail.protection.outlook.com"
    assert found.domain("contoso-com.u-v1.mx.microsoft") == f"{own}.u-v1.mx.microsoft"
    assert (
        found.domain("selector1-contoso-com._domainkey.contoso.onmicrosoft.com")
        == f"selector1-{own}._domainkey.{tenant}"
    )
    assert found.domain("_dmarc.contoso.com") == f"_dmarc.{found.domain('contoso.com')}"


def test_a_domain_in_another_script_is_its_punycode() -> None:
    assert hosts().domain("bücher.example") == hosts().domain("xn--bcher-kva.example")


def test_a_guests_name_keeps_its_parts() -> None:
    found = hosts()
    home = found.address("anna.fell@partner.com")
    account, _, domain = home.partition("@")
    guest = found.address("anna.fell_partner.com#EXT#@contoso.onmicrosoft.com")
    assert guest == f"{account}_{domain}#EXT#@{found.domain('contoso.onmicrosoft.com')}"
    assert found.address("strange#EXT#@contoso.com").endswith(f"#EXT#@{found.domain('contoso.com')}")


def test_pseudonyms_do_not_change_from_version_to_version() -> None:
    """Else a new snapshot could not be compared with one that was passed on before."""
    assert PSEUDONYMS.person("Anna Fell") == "Person d0756a3a5676"
    assert PSEUDONYMS.guid("2d43e0ef-9abb-59ec-9e6a-373cabf71d02") == "0ff313e4-6dd3-8dcd-85b2-2c821b8f35ed"
    assert hosts().address("anna.fell@contoso.com") == "udee0d0a92568@dcde4ac7f11cc.example"
    assert networks.replaced("52.96.1.0/24", PSEUDONYMS) == "54.129.72.0/24"


v4 = st.integers(0, 2**32 - 1).map(lambda value: str(ipaddress.IPv4Address(value)))
v6 = st.integers(0, 2**128 - 1).map(lambda value: str(ipaddress.IPv6Address(value)))


def shared_bits(first: str, second: str) -> int:
    one, other = ipaddress.ip_address(first), ipaddress.ip_address(second)
    return one.max_prefixlen - (int(one) ^ int(other)).bit_length()


@given(st.one_of(st.tuples(v4, v4), st.tuples(v6, v6), v4.map(lambda one: (one, one))))
def test_addresses_share_as_many_bits_as_before(pair: tuple[str, str]) -> None:
    first, second = (networks.replaced(one, PSEUDONYMS) for one in pair)
    assert shared_bits(first, second) == shared_bits(*pair)


@given(st.integers(0, 2**32 - 1), st.integers(1, 32), st.integers(0, 2**32 - 1), st.integers(1, 32))
def test_ranges_lie_in_one_another_as_before(first: int, long: int, second: int, short: int) -> None:
    ranges = [ipaddress.ip_network((value, length), strict=False) for value, length in ((first, long), (second, short))]
    hidden = [ipaddress.ip_network(networks.replaced(str(one), PSEUDONYMS)) for one in ranges]
    for before, after in zip(ranges, hidden, strict=True):
        assert before.prefixlen == after.prefixlen
    for (a, b), (c, d) in zip(combinations(ranges, 2), combinations(hidden, 2), strict=True):
        assert a.overlaps(b) == c.overlaps(d)
        assert a.subnet_of(b) == c.subnet_of(d)  # type: ignore[arg-type]


def test_addresses_that_mean_something_stay() -> None:
    for text in ("10.1.2.3", "192.168.0.0/16", "127.0.0.1", "fe80::1/64", "0.0.0.0/0", "::/0", "::1", "nonsense", "*"):
        assert networks.replaced(text, PSEUDONYMS) == text
    assert networks.replaced("52.96.1.1/32", PSEUDONYMS) != "52.96.1.1/32"


def test_addresses_are_found_in_texts() -> None:
    said = networks.in_text("v=spf1 ip4:52.96.1.0/24 ip6:2a01:111:f400::/48 -all", PSEUDONYMS)
    assert "52.96.1" not in said
    assert "2a01:111" not in said
    assert re.fullmatch(r"v=spf1 ip4:[\d.]+/24 ip6:[0-9a-f:]+/48 -all", said)
