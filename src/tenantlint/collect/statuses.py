"""What became of a collection, decided in one place: by licences and the token's permissions first, then by errors.

Sources: section 3.1 of the reference. An error alone does not prove that a licence is missing: where the licences are
known and hold one that suffices, the collection is `failed`, because `unlicensed` lets checks pass over it.
Sentences hold nothing that differs from run to run.
"""

from __future__ import annotations

import re

from tenantlint.collect.calls import CallError, Reason, Service
from tenantlint.collect.fetching import IncompleteError
from tenantlint.collect.grants import missing
from tenantlint.collect.source import Source, Way
from tenantlint.model import CollectionStatus

Verdict = tuple[CollectionStatus, str]

LICENCE_NAMES = {
    "entra_p1": "Microsoft Entra ID P1",
    "entra_p2": "Microsoft Entra ID P2",
    "defender_office_p1": "Defender for Office 365 Plan 1",
    "defender_office_p2": "Defender for Office 365 Plan 2",
    "audit_premium": "Audit Premium",
    "defender_cloud_apps": "Defender for Cloud Apps",
    "intune": "Microsoft Intune",
    "exchange_online": "Exchange Online",
    "sharepoint": "SharePoint Online",
    "teams": "Microsoft Teams",
}

_LICENCE_CODES = frozenset({"aadpremiumlicenserequired", "authentication_requestfromnonpremiumtenantorb2ctenant"})
_LICENCE_WORDS = (
    "doesn't have premium license",
    "does not have a spo license",
    "not applicable to target tenant",
    "tenant needs to have microsoft entra",
)
_DENIED_CODES = frozenset(
    {
        "accessdenied",
        "authentication_msgraphpermissionmissing",
        "authorization_requestdenied",
        "erroraccessdenied",
        "forbidden",
        "permissionscopenotgranted",
        "unauthorizedaccessexception",
    }
)
_NO_CONSENT = re.compile(r"AADSTS(65001|650057|500011)\b")  # not consented to, not listed, no such resource here
_LONG_WAIT = "the service asks for a longer wait"  # said by `transport`
_NO_CMDLET = re.compile(r"not recognized|isn't recognized|CommandNotFound", re.IGNORECASE)

_SIMPLE = {
    Reason.THROTTLED: "the service limited the requests, to the last try",
    Reason.UNAVAILABLE: "the service was not available, to the last try",
    Reason.UNREADABLE: "the reply was no JSON",
    Reason.CONNECTION: "no connection to the service, to the last try",
    Reason.TIMEOUT: "no reply in time, to the last try",
    Reason.BUDGET: "the time given was over",
    Reason.FOREIGN_LINK: "the service sent a link to another host, which was not followed",
}


def foresee(
    source: Source, licences: frozenset[str] | None, granted: frozenset[str] | None, included: bool
) -> Verdict | None:
    """The status without any call, or None where the call has to be made.

    `licences`, `granted`: None when not known; `granted` are the permissions in the token for the source's service.
    """
    if not included:
        asked = f"only with {source.opt_in}" if source.opt_in else "by --include or --exclude"
        return CollectionStatus.NOT_COLLECTED, f"This was not asked for: it is chosen {asked}"
    if source.licence_decides and _lacks_licence(source, licences):
        return CollectionStatus.UNLICENSED, f"The tenant has no {_licence(source)}"
    lacking = missing(source, granted) if granted is not None else ()
    if lacking:
        return CollectionStatus.DENIED, f"The token lacks {' and '.join(lacking)}; {_mend(source, lacking)}"
    return None


def judge(
    source: Source,
    outcome: CallError | IncompleteError | None,
    licences: frozenset[str] | None,
    granted: frozenset[str] | None,
    kept: int,
) -> Verdict:
    """The status after the calls. `outcome`: how the fetcher ended; `kept`: objects that it gave before."""
    if outcome is None:
        return CollectionStatus.OK, ""
    if isinstance(outcome, IncompleteError):
        return CollectionStatus.TRUNCATED if kept else CollectionStatus.FAILED, str(outcome)
    if kept:
        return CollectionStatus.TRUNCATED, f"{_capital(_said(outcome))}; kept the {kept} objects read before"
    if outcome.reason is Reason.REFUSED:
        return _refused(source, outcome, licences, granted)
    if outcome.reason is Reason.SIGN_IN and _NO_CONSENT.search(f"{outcome.code} {outcome.message}"):
        return CollectionStatus.DENIED, f"{_capital(_said(outcome))}; {_what_to_grant(source, granted)}"
    return CollectionStatus.FAILED, _capital(_said(outcome))


def _refused(
    source: Source, error: CallError, licences: frozenset[str] | None, granted: frozenset[str] | None
) -> Verdict:
    if _is_about_licence(error):
        return _no_licence(source, error, licences)
    if source.way is Way.CMDLET and _NO_CMDLET.search(f"{error.code} {error.message}"):
        return _no_cmdlet(source, licences)
    if _is_about_permission(source, error):
        return CollectionStatus.DENIED, f"{_capital(_said(error))}; {_what_to_grant(source, granted)}"
    if error.status == 404 and _lacks_licence(source, licences):
        return CollectionStatus.UNLICENSED, f"The tenant has no {_licence(source)}"
    return CollectionStatus.FAILED, _capital(_said(error)) + _supposed(source, error)


def _supposed(source: Source, error: CallError) -> str:
    """What may be behind a refusal that does not tell."""
    if error.status == 404:
        return "; the service does not offer this to the tenant"
    needs = source.roles or source.permissions
    if error.status in {401, 403} and needs and not error.code and not error.message:
        return f"; it is a fault of the service, or {_needed(source)} is missing"
    return ""


def _is_about_licence(error: CallError) -> bool:
    message = error.message.lower()
    return error.code.lower() in _LICENCE_CODES or any(words in message for words in _LICENCE_WORDS)


def _is_about_permission(source: Source, error: CallError) -> bool:
    """Outside Graph an application without its role is refused with 401 or 403 in varying words."""
    if error.status not in {401, 403} or not (source.permissions or source.roles):
        return False
    if source.service is Service.GRAPH:
        # Privileged Identity Management says it in JSON inside the message, under the code UnknownError.
        return error.code.lower() in _DENIED_CODES or "permissionscopenotgranted" in error.message.lower()
    return bool(error.code or error.message) or error.status == 401


def _no_licence(source: Source, error: CallError, licences: frozenset[str] | None) -> Verdict:
    if source.licence and licences is not None and not licences.isdisjoint(source.licence):
        return (
            CollectionStatus.FAILED,
            f"{_capital(_said(error, short=True))}: the service takes the tenant for unlicensed, though it has "
            f"{_licence(source)}",
        )
    needed = f"reading this needs {_licence(source)}" if source.licence else "the tenant lacks the licence"
    return CollectionStatus.UNLICENSED, f"{_capital(_said(error, short=True))}: {needed}"


def _no_cmdlet(source: Source, licences: frozenset[str] | None) -> Verdict:
    if _lacks_licence(source, licences):
        return CollectionStatus.UNLICENSED, f"The cmdlet is not there: the tenant has no {_licence(source)}"
    if licences is not None and source.licence:
        return CollectionStatus.DENIED, f"The cmdlet is not there; {_assign(source)}"
    plan = f"the tenant has no {_licence(source)}" if source.licence else "the tenant has no such plan"
    return (
        CollectionStatus.FAILED,
        f"The cmdlet is not there: {plan}, or the application lacks the Entra role {source.roles[0]}",
    )


def _what_to_grant(source: Source, granted: frozenset[str] | None) -> str:
    """Names the permission or the role, by what the token is known to have."""
    lacking = missing(source, granted) if granted is not None else (*source.permissions[:1], *source.also)
    if lacking:
        return _mend(source, lacking)
    if source.roles:
        return _assign(source)
    if source.service is Service.SHAREPOINT:
        return f"the token has {' and '.join(source.permissions)}: only a token got with a certificate is accepted"
    held = " and ".join((*source.permissions[:1], *source.also))
    return f"the token has {held}: a signed-in user needs a directory role besides, such as Global Reader"


def _mend(source: Source, lacking: tuple[str, ...]) -> str:
    text = f"grant {' and '.join(lacking)} with admin consent"
    return f"{text} and assign the Entra role {source.roles[0]} to the application" if source.roles else text


def _assign(source: Source) -> str:
    return f"assign the Entra role {source.roles[0]} to the application"


def _needed(source: Source) -> str:
    return f"the Entra role {source.roles[0]}" if source.roles else source.permissions[0]


def _lacks_licence(source: Source, licences: frozenset[str] | None) -> bool:
    return bool(source.licence) and licences is not None and licences.isdisjoint(source.licence)


def _licence(source: Source) -> str:
    if set(source.licence) == {"defender_office_p1", "defender_office_p2"}:
        return "plan of Defender for Office 365"
    if source.licence == ("entra_p2",):  # the message of the service names both
        return "Microsoft Entra ID P2 or ID Governance"
    return " or ".join(LICENCE_NAMES[name] for name in source.licence)


def _said(error: CallError, *, short: bool = False) -> str:
    """Status, code and message as far as there are any, and what they mean where the reason tells more."""
    if error.reason is Reason.BUDGET and error.status is None:
        return _SIMPLE[error.reason]
    head = " ".join(str(part) for part in (error.status, error.code) if part)
    ours = error.message.startswith(_LONG_WAIT)
    meaning = "" if ours else _SIMPLE.get(error.reason, "")
    meaning = meaning or ("" if short else error.message.rstrip("."))
    if error.reason is Reason.SIGN_IN:
        meaning = meaning or "no token was given for the service"
    if error.reason is Reason.REFUSED and not error.code and not error.message:
        meaning = "the reply held no explanation"
    return ": ".join(part for part in (head, meaning) if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
