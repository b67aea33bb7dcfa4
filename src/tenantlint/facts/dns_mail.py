"""SPF and DMARC of each mail domain, judged by meaning. What was not looked up is unknown, never absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tenantlint.facts import dns_mail_dmarc as dmarc_records
from tenantlint.facts import dns_mail_spf as spf_records
from tenantlint.facts.interface import Fact, FactContext
from tenantlint.model import JsonObject
from tenantlint.snapshot import Snapshot, identity_of, spec_of

_ACCEPTED = "accepted_domains"
_DNS = "dns_records"
# Names for mail between the two halves of a hybrid organisation: Microsoft keeps their DNS, nobody else can.
_COEXISTENCE = (".mail.onmicrosoft.com", ".mail.onmicrosoft.us", ".mail.partner.onmschina.cn")


def spf(context: FactContext) -> dict[str, Any]:
    """What SPF does to strangers, by domain.

    `{"domains": [{domain, resource, result, records, lookups, unread, why, unknown, told}]}`. `result`: fail,
    softfail, neutral, pass, permerror, none or unknown. `unknown` says what is not known; `told` is the verdict of
    the tool that made an export without the records, null otherwise.
    """
    answers = _answers(context.snapshot)

    def known(domain: str) -> list[str] | None:
        return _texts(answers.get(domain, {}).get("spf"))

    domains = []
    for domain, resource in _domains(context.snapshot, answers):
        answer = answers.get(domain, {})
        records = _texts(answer.get("spf"))
        verdict = spf_records.Verdict("unknown") if records is None else spf_records.judge(records, known)
        if verdict.result == "none" and domain.endswith(_COEXISTENCE):
            continue
        unknown = ""
        if records is None:
            unknown = _failed(answer, "spf", f"the SPF record of {domain}")
        elif verdict.result == "unknown":
            unknown = f"the SPF record of {verdict.unread[-1]}, to which {domain} redirects"
        told = answer.get("spf_told")
        domains.append(
            {
                "domain": domain,
                "resource": resource,
                "result": verdict.result,
                "records": records,
                "lookups": verdict.lookups,
                "unread": verdict.unread,
                "why": verdict.why,
                "unknown": unknown,
                "told": told if records is None and isinstance(told, bool) else None,
            }
        )
    return {"domains": domains}


def dmarc(context: FactContext) -> dict[str, Any]:
    """The DMARC policy that holds for each domain.

    `{"domains": [{domain, resource, state, from, records, policy, below, missing, percent, testing, rua, ruf,
    unusable, unknown}]}`. `state`: own, inherited (`from` names the domain), absent, several, void or unknown
    (`unknown` says what). `below` and `missing` are the policies for subdomains and for those that do not exist;
    null where no receiver asks this domain for them.
    """
    answers = _answers(context.snapshot)
    domains = []
    for domain, resource in _domains(context.snapshot, answers):
        told = _effective(domain, answers)
        if told["state"] == "absent" and domain.endswith(_COEXISTENCE):
            continue
        domains.append({"domain": domain, "resource": resource, **told})
    return {"domains": domains}


def _effective(domain: str, answers: Mapping[str, JsonObject]) -> dict[str, Any]:
    answer = answers.get(domain, {})
    records = _texts(answer.get("dmarc"))
    if records is None:
        return _told("unknown", records, unknown=_failed(answer, "dmarc", f"the DMARC record of {domain}"))
    own, why = dmarc_records.sole(records)
    if own is not None:
        below = not any(True for _ in _valid_above(domain, answers))
        return _told("own", records, own, own.policy, domain, below=below)
    if why != "absent":
        return _told(why, records)
    above = _above(domain, answer, answers)
    if above is None:
        return _told("unknown", records, unknown=_failed(answer, "dmarc_above", f"the DMARC records above {domain}"))
    found = dmarc_records.inherited(above)
    if found is None:
        return _told("absent", records)
    name, record = found
    return _told("inherited", records, record, record.below, name, below=False)


def _told(
    state: str,
    records: list[str] | None,
    record: dmarc_records.Dmarc | None = None,
    policy: str | None = None,
    source: str | None = None,
    *,
    below: bool = False,
    unknown: str = "",
) -> dict[str, Any]:
    return {
        "state": state,
        "from": source,
        "records": records,
        "policy": policy,
        "below": record.below if record and below else None,
        "missing": record.missing if record and below else None,
        "percent": record.percent if record else None,
        "testing": record.testing if record else False,
        "rua": list(record.rua) if record else [],
        "ruf": list(record.ruf) if record else [],
        "unusable": list(record.unusable) if record else [],
        "unknown": unknown,
    }


def _above(domain: str, answer: JsonObject, answers: Mapping[str, JsonObject]) -> list[tuple[str, list[str]]] | None:
    """The names above a domain with their DMARC records, nearest first; None when looking them up failed."""
    told = answer.get("dmarc_above")
    if isinstance(told, list):
        entries = [one for one in told if isinstance(one, Mapping)]
        return [(str(one.get("domain") or ""), _texts(one.get("records")) or []) for one in entries]
    failed = answer.get("failed")
    if isinstance(failed, Mapping) and "dmarc_above" in failed:
        return None
    return list(_valid_above(domain, answers))


def _valid_above(domain: str, answers: Mapping[str, JsonObject]) -> Iterator[tuple[str, list[str]]]:
    """Domains of the snapshot above this one that have a valid record of their own, nearest first."""
    labels = domain.split(".")
    for start in range(1, len(labels) - 1):
        name = ".".join(labels[start:])
        records = _texts(answers.get(name, {}).get("dmarc")) or []
        if dmarc_records.sole(records)[0] is not None:
            yield name, records


def _domains(snapshot: Snapshot, answers: Mapping[str, JsonObject]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each domain to judge with its resource: the accepted ones, or those that were looked up where nobody says."""
    accepted = {
        name: item
        for item in snapshot.items(_ACCEPTED)
        if (name := _name(item.get("DomainName"))) and snapshot.collection(_ACCEPTED).ok
    }
    collection, kind = (_ACCEPTED, "acceptedDomain") if accepted else (_DNS, "dnsRecords")
    spec = spec_of(collection)
    for name, item in sorted((accepted or answers).items()):
        if name in answers or not name.endswith(_COEXISTENCE):
            yield name, {"kind": kind, "id": identity_of(spec, item), "name": name}


def _answers(snapshot: Snapshot) -> dict[str, JsonObject]:
    return {name: item for item in snapshot.items(_DNS) if (name := _name(item.get("domain")))}


def _name(value: object) -> str:
    return value.strip().lower().removeprefix("*.").rstrip(".") if isinstance(value, str) and value != "*" else ""


def _texts(value: object) -> list[str] | None:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else None


def _failed(answer: JsonObject, name: str, what: str) -> str:
    """What is unknown, with the reason where the collector gave one."""
    failed = answer.get("failed")
    reason = failed.get(name) if isinstance(failed, Mapping) else None
    return f"{what} ({reason})" if isinstance(reason, str) and reason else what


FACTS: tuple[Fact, ...] = (
    Fact(name="dmarc", reads=(_DNS, _ACCEPTED), compute=dmarc),
    Fact(name="spf", reads=(_DNS, _ACCEPTED), compute=spf),
)
