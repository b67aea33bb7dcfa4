"""DNS answers in a ScubaGear export: three lists by domain become one object a domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenantlint.model import CollectionStatus
from tenantlint.snapshot import Collection, Origin
from tenantlint.sources.readers.scubagear.export import Export
from tenantlint.sources.readers.scubagear.keys import DKIM, DMARC, SPF, Key


def read_dns(export: Export) -> Collection | None:
    """dns_records, or None when the export has none of the three lists.

    A list that failed or is missing leaves its property out of every object: unknown, not empty. So does an
    entry whose queries all ended in errors.
    """
    domains: dict[str, tuple[Origin, dict[str, Any]]] = {}
    missing, statuses = [], []
    for key, property_name in ((SPF, "spf"), (DMARC, "dmarc"), (DKIM, "dkim")):
        entries = export.objects(key)
        status, why = export.worth(key, len(entries))
        statuses.append(status)
        if status is not CollectionStatus.OK:
            missing.append(why or f"no `{key.name}`")
            continue
        for origin, entry in entries:
            domain = str(entry.get("domain") or "")
            records = _records(key, entry)
            _, made = domains.setdefault(domain.lower(), (origin, {"domain": domain}))
            if domain and records is not None:
                made[property_name] = records
            elif key is SPF and "rdata" not in entry and isinstance(entry.get("compliant"), bool):
                made["spf_told"] = entry["compliant"]  # all that is left of the records: ScubaGear's own verdict
    if all(status is CollectionStatus.NOT_COLLECTED for status in statuses):
        return None
    found = [(origin, made) for name, (origin, made) in domains.items() if name]
    ok = CollectionStatus.OK in statuses
    return Collection(
        "dns_records",
        CollectionStatus.OK if ok else CollectionStatus.FAILED,
        items=tuple(made for _, made in found),
        origins=tuple(origin for origin, _ in found),
        source="ScubaGear spf_records, dmarc_records, dkim_records",
        detail="; ".join(missing),
    )


def _records(key: Key, entry: Mapping[str, Any]) -> list[Any] | None:
    answers = entry.get("rdata")
    if isinstance(answers, str):
        answers = [answers]
    if not isinstance(answers, list):
        return None
    texts = [text for text in answers if isinstance(text, str)]
    if not texts and _only_errors(entry.get("log")):
        return None
    if key is DKIM:
        return [{"selector": None, "cname": None, "rdata": [text]} for text in texts]
    return [text for text in texts if text.lower().startswith("v=spf1")] if key is SPF else texts


def _only_errors(log: Any) -> bool:
    """Whether every query failed without an answer; ScubaGear notes NXDOMAIN and empty answers otherwise."""
    entries = [log] if isinstance(log, Mapping) else log
    if not isinstance(entries, list) or not entries:
        return False
    results = [str(one.get("query_result") or "").lower() for one in entries if isinstance(one, Mapping)]
    return bool(results) and not any("returned" in result for result in results)
