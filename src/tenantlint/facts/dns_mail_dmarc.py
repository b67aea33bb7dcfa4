"""DMARC records as RFC 7489 reads them, with the tags of its successor (np, psd, t)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

POLICIES = ("none", "quarantine", "reject")
_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(.*)", re.DOTALL)
_VERSION = re.compile(r"\s*v\s*=\s*DMARC1\s*(?:;|$)")
_MAILTO = re.compile(r"mailto:([^\s,!;]+@[^\s,!;]+?)(?:!\d+[kmgt]?)?", re.IGNORECASE)
_PERCENT = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Dmarc:
    """A record that receivers honour. `policy`, `below` (subdomains), `missing` (subdomains that do not exist).

    `rua`, `ruf`: addresses of reports in lower case; `unusable`: what stands there and is no mailto address.
    """

    policy: str
    below: str
    missing: str
    percent: int = 100
    testing: bool = False
    rua: tuple[str, ...] = ()
    ruf: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    psd: str = "u"


def is_dmarc(text: str) -> bool:
    """Whether the record begins with the version tag, in its own case (RFC 7489, 6.4)."""
    return _VERSION.match(text) is not None


def parse(text: str) -> Dmarc | None:
    """What receivers make of a record; None when they ignore it (RFC 7489, 6.6.3).

    Without a valid `p`, or with an invalid `sp`, a record counts as `p=none` if it says where reports go, else not.
    """
    if not is_dmarc(text):
        return None
    tags: dict[str, str] = {}
    for part in text.split(";")[1:]:
        if found := _TAG.fullmatch(part):
            tags.setdefault(found[1].lower(), found[2].strip())
    rua, bad_rua = _addresses(tags.get("rua", ""))
    ruf, bad_ruf = _addresses(tags.get("ruf", ""))
    policy, below = tags.get("p", "").lower(), tags.get("sp", tags.get("p", "")).lower()
    missing = tags.get("np", "").lower()
    if policy not in POLICIES or below not in POLICIES:
        if not rua:
            return None
        policy = below = missing = "none"
    percent = tags.get("pct", "")
    return Dmarc(
        policy=policy,
        below=below,
        missing=missing if missing in POLICIES else below,
        percent=int(percent) if _PERCENT.fullmatch(percent) and int(percent) <= 100 else 100,
        testing=tags.get("t", "").lower() == "y",
        rua=rua,
        ruf=ruf,
        unusable=bad_rua + bad_ruf,
        psd=tags.get("psd", "u").lower(),
    )


def _addresses(value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of a list of URIs, and those of its entries that are none."""
    entries = [entry.strip() for entry in value.split(",") if entry.strip()]
    good = [(entry, _MAILTO.fullmatch(entry)) for entry in entries]
    return (
        tuple(dict.fromkeys(unquote(found[1]).lower() for _, found in good if found)),
        tuple(entry for entry, found in good if not found),
    )


def sole(records: Iterable[str]) -> tuple[Dmarc | None, str]:
    """The one record that counts at a name, and the word for why none does: absent, several or void."""
    candidates = [text for text in records if is_dmarc(text)]
    if not candidates:
        return None, "absent"
    if len(candidates) > 1:
        return None, "several"
    found = parse(candidates[0])
    return found, "" if found else "void"


def inherited(above: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, Dmarc] | None:
    """The name whose record holds for a domain without one, of those above it, nearest first.

    The highest name with a record is the organisation's, unless a record says that it stands for a public suffix
    (psd=y) or begins the organisation (psd=n).
    """
    chosen: tuple[str, Dmarc] | None = None
    for name, records in above:
        found, _ = sole(records)
        if found is None:
            continue
        if found.psd == "y" and chosen and chosen[0].count(".") == name.count(".") + 1:
            break
        chosen = (name, found)
        if found.psd in ("y", "n"):
            break
    return chosen
