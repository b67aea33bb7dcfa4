"""Domain names and mail addresses: pseudonyms that are still domain names and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tenantlint.snapshot.redaction.pseudonyms import Pseudonyms, folded

_GUEST = "#ext#"
_SELECTOR = re.compile(r"(selector\d+)-(.+)")
_PARTITION = re.compile(r"[a-z]-v\d+")  # `n-v1`, `u-v1`: Microsoft's own label in newer MX and DKIM hosts
_SITE = re.compile(r"(.+?)(-my|-admin|-public)?")
_TOP = "example"  # reserved: RFC 2606


class Hosts:
    """Pseudonyms of domains and addresses.

    `kept`: domains of Microsoft's services, which stay with all below them. `shared`: domains of Microsoft's under
    which each tenant has its label (`onmicrosoft.com`): they stay, and what stands before them is replaced.
    `addresses`: mail addresses, in lower case, that are the same in every tenant and stay.
    """

    def __init__(
        self, pseudonyms: Pseudonyms, kept: Iterable[str], shared: Iterable[str], addresses: Iterable[str] = ()
    ) -> None:
        self._pseudonyms = pseudonyms
        self._kept = frozenset(kept)
        self._shared = frozenset(shared)
        self._addresses = frozenset(addresses)
        self._found: dict[str, str] = {}
        self._dashed: dict[str, str] = {}

    def learn(self, domain: str) -> None:
        """A domain that may stand in host names with dashes: `contoso-com.mail.protection.outlook.com`."""
        name = _ascii(domain)
        if "." in name:
            self._dashed[name.replace(".", "-")] = name

    def kept(self, domain: str) -> bool:
        """Whether the domain tells nothing of a tenant."""
        name = _ascii(domain)
        return name in self._shared or (bool(self._under(name, self._kept)) and not self._under(name, self._shared))

    def under_shared(self, domain: str) -> bool:
        """Whether the domain stands under one of Microsoft's in which each tenant has its label."""
        name = _ascii(domain)
        return bool(self._under(name, self._shared)) and name not in self._shared

    def domain(self, domain: str) -> str:
        """`contoso.com` to `d<12 digits>.example`. A subdomain's pseudonym is a subdomain of its domain's."""
        name = _ascii(domain)
        if name not in self._found:
            self._found[name] = self._domain(name)
        return self._found[name]

    def address(self, address: str) -> str:
        """`a.person@contoso.com` to `u<12 digits>@d<12 digits>.example`; also `x_partner.com#EXT#@tenant`."""
        if folded(address) in self._addresses:
            return address
        local, _, domain = address.rpartition("@")
        return f"{self._local(local)}@{self.domain(domain)}"

    def label(self, text: str) -> str:
        """The tenant's label in a host name of Microsoft's."""
        return self._pseudonyms.label(text)

    def _local(self, local: str) -> str:
        plain = folded(local)
        if plain == "*":
            return local
        if _GUEST in plain:
            home, _, _ = plain.partition(_GUEST)
            account, _, domain = home.rpartition("_")
            if account and "." in domain:
                return f"{self._pseudonyms.account(account)}_{self.domain(domain)}#EXT#"
            return f"{self._pseudonyms.account(home)}#EXT#"
        return self._pseudonyms.account(plain)

    def _domain(self, name: str) -> str:
        shared = self._under(name, self._shared)
        if shared:
            before = name[: -len(shared)].rstrip(".")
            return ".".join([*(self._tenant_label(label) for label in before.split(".") if label), shared])
        if self._under(name, self._kept) or name in ("", "*"):
            return name
        labels = name.split(".")
        if len(labels) == 1:
            return f"d{self._pseudonyms.hex('domain', name)}"
        return ".".join([*(self._own_label(labels, at) for at in range(len(labels) - 1)), _TOP])

    def _tenant_label(self, label: str) -> str:
        if label.startswith("_") or label == "*" or _PARTITION.fullmatch(label):
            return label
        selector = _SELECTOR.fullmatch(label)
        if selector:
            return f"{selector[1]}-{self._tenant_label(selector[2])}"
        if label in self._dashed:
            return self.domain(self._dashed[label]).replace(".", "-")
        site = _SITE.fullmatch(label)
        return f"{self.label(site[1])}{site[2] or ''}" if site else self.label(label)

    def _own_label(self, labels: list[str], at: int) -> str:
        label = labels[at]
        if label.startswith("_") or label == "*":
            return label
        selector = _SELECTOR.fullmatch(label)
        if selector and selector[2] in self._dashed:
            return f"{selector[1]}-{self.domain(self._dashed[selector[2]]).replace('.', '-')}"
        return f"d{self._pseudonyms.hex('domain', '.'.join(labels[at:]))}"

    @staticmethod
    def _under(name: str, parents: frozenset[str]) -> str:
        """The longest of the parents that the name is, or lies under; empty when there is none."""
        rest = name
        while rest:
            if rest in parents:
                return rest
            rest = rest.partition(".")[2]
        return ""


def _ascii(domain: str) -> str:
    """The domain in lower case; names in other scripts in the form that DNS has."""
    name = folded(domain).rstrip(".")
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name
