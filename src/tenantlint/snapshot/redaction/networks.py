"""IP addresses and ranges: another address, the same relations.

Two addresses that share their first n bits share the first n bits of their pseudonyms, and no more (Xu et al.,
"Prefix-preserving IP address anonymization", 2002): so a range stays a range of its size, and lies within another
exactly where it did. Addresses that mean something by themselves (private ones, loopback) stay as they are, which
leaves the leading bits that other addresses share with them readable: three to nine of them.
"""

from __future__ import annotations

import ipaddress
import re
from functools import cache

from tenantlint.snapshot.redaction.pseudonyms import Pseudonyms

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# What has a meaning of its own, from the IANA registries of special-purpose addresses (RFC 6890).
_SPECIAL: tuple[_Network, ...] = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
        "::/8",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    )
)
_V4 = r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}"
_V6 = r"(?:(?<=ip6:)|(?<![\w.:]))(?=[0-9A-Fa-f]*:[0-9A-Fa-f:]*:)[0-9A-Fa-f:]{2,39}"
_IN_TEXT = re.compile(rf"(?:{_V4}|{_V6})(?:/\d{{1,3}})?(?![\w:])", re.IGNORECASE)


def in_text(text: str, pseudonyms: Pseudonyms) -> str:
    """The text with every address and range in it replaced."""
    return _IN_TEXT.sub(lambda match: replaced(match[0], pseudonyms), text)


def replaced(text: str, pseudonyms: Pseudonyms) -> str:
    """The address or range (`192.0.2.7`, `192.0.2.0/24`) replaced; what is neither stays."""
    address, slash, length = text.strip().partition("/")
    try:
        parsed = ipaddress.ip_address(address)
        bits = int(length) if slash else parsed.max_prefixlen
        if bits == 0:
            return text
    except ValueError:
        return text
    if any(parsed in special for special in _SPECIAL if special.version == parsed.version):
        return text
    hidden = type(parsed)(_permuted(int(parsed), parsed.version, parsed.max_prefixlen, pseudonyms))
    if slash and bits <= parsed.max_prefixlen:
        # Bits behind the range's own are none in most services, and stay none.
        rest = int(hidden) & (1 << (parsed.max_prefixlen - bits)) - 1
        behind = int(parsed) & (1 << (parsed.max_prefixlen - bits)) - 1
        hidden = type(parsed)(int(hidden) - (rest if not behind else 0))
    return f"{hidden}{slash}{length}"


def _permuted(value: int, version: int, width: int, pseudonyms: Pseudonyms) -> int:
    result = 0
    for depth in range(width):
        prefix = value >> (width - depth)
        bit = value >> (width - depth - 1) & 1
        if not _holds_special(version, depth, prefix):
            bit ^= pseudonyms.digest("network", f"{version} {depth} {prefix:x}")[0] & 1
        result = result << 1 | bit
    return result


@cache
def _holds_special(version: int, depth: int, prefix: int) -> bool:
    """Whether a special range lies under this prefix: then the next bit must stay."""
    return any(
        special.version == version
        and special.prefixlen > depth
        and int(special.network_address) >> (special.max_prefixlen - depth) == prefix
        for special in _SPECIAL
    )
