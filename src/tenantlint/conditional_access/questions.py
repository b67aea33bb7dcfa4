"""What a coverage question counts: which clauses answer it, for which client and which flow.

A sign-in can be unable to meet a control at all. Legacy clients (Exchange ActiveSync and other clients) can meet
none; device code flow carries no device state. Such controls are struck out of a clause, and a clause with no way
left blocks. (Documented for conditions and grant controls; docs/conditional-access.md lists the assumptions.)
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tenantlint.conditional_access.grants import Grant, Strength

LEGACY_CLIENTS = frozenset({"exchangeActiveSync", "other"})
_DEVICE_CONTROLS = frozenset({"compliantDevice", "domainJoinedDevice"})
# A password change and risk remediation make the user pass MFA (documented for both).
_REMEDIATIONS = frozenset({"passwordChange", "riskRemediation"})
_MFA_CONTROLS = _REMEDIATIONS | {"mfa"}


class Question(StrEnum):
    """What a sign-in must not lack (contract, Coverage). Those after `blocked` serve checks."""

    MFA = "mfa"
    PHISHING_RESISTANT_MFA = "phishing_resistant_mfa"
    LEGACY_AUTHENTICATION = "legacy_authentication"
    MANAGED_DEVICE = "managed_device"
    ANY_CONTROL = "any_control"
    BLOCKED = "blocked"
    RISK_REMEDIATION = "risk_remediation"
    MFA_OR_MANAGED_DEVICE = "mfa_or_managed_device"
    PHISHING_RESISTANT_MFA_OR_MANAGED_DEVICE = "phishing_resistant_mfa_or_managed_device"
    APP_PROTECTION = "app_protection"
    APP_PROTECTION_OR_MANAGED_DEVICE = "app_protection_or_managed_device"


# Questions that one of several things answers, control by control.
_EITHER = {
    Question.MFA_OR_MANAGED_DEVICE: (Question.MFA, Question.MANAGED_DEVICE),
    Question.PHISHING_RESISTANT_MFA_OR_MANAGED_DEVICE: (Question.PHISHING_RESISTANT_MFA, Question.MANAGED_DEVICE),
    Question.APP_PROTECTION_OR_MANAGED_DEVICE: (Question.APP_PROTECTION, Question.MANAGED_DEVICE),
}
_CONTROLS = {
    Question.MFA: _MFA_CONTROLS,
    Question.MANAGED_DEVICE: _DEVICE_CONTROLS,
    Question.RISK_REMEDIATION: _REMEDIATIONS,
    Question.APP_PROTECTION: frozenset({"compliantApplication"}),
}
# Not enforced since June 2026: a clause then reads as if it were not chosen (learn.microsoft.com/entra/identity/
# conditional-access/migrate-approved-client-app). Only questions that it might answer look at that.
_RETIRED = "approvedApplication"
# What no authentication strength brings.
_NOT_BY_STRENGTH = frozenset({Question.MANAGED_DEVICE, Question.RISK_REMEDIATION, Question.APP_PROTECTION})


def possible(control: str, client: str, flow: str) -> bool:
    """Whether a sign-in with this client and flow can ever meet the control."""
    if client in LEGACY_CLIENTS:
        return False
    return not (flow == "deviceCodeFlow" and control in _DEVICE_CONTROLS)


def clause(grant: Grant, client: str, flow: str) -> tuple[tuple[str, ...], ...] | None:
    """What the clause asks of such a sign-in, as a conjunction of alternatives; None when it blocks."""
    if grant.blocks:
        return None
    if grant.operator == "AND":
        if all(possible(one, client, flow) for one in grant.controls):
            return tuple((one,) for one in grant.controls)
        return None
    left = tuple(one for one in grant.controls if possible(one, client, flow))
    return (left,) if left else None


def answers(question: Question, grant: Grant | None, client: str, flow: str) -> bool | None:
    """Whether the clause answers the question for such a sign-in, whatever the user chooses; None: not known."""
    if grant is None:
        return False
    asked = clause(grant, client, flow)
    if asked is None:
        return True
    if question is Question.BLOCKED:
        return False
    if question in (Question.ANY_CONTROL, Question.LEGACY_AUTHENTICATION):
        # A control that we do not know is still one, unless it stands alone: the service may ignore it.
        return True if len(grant.controls) > len(grant.unknown) else None
    if question is Question.APP_PROTECTION_OR_MANAGED_DEVICE:
        asked = tuple(left for options in asked if (left := tuple(one for one in options if one != _RETIRED)))
    return _any_known(_all_known(_is(question, one, grant.strength) for one in options) for options in asked)


def _is(question: Question, control: str, strength: Strength | None) -> bool | None:
    """Whether meeting the control brings what the question asks for."""
    if question in _EITHER:
        return _any_known(_is(one, control, strength) for one in _EITHER[question])
    if control.startswith("authenticationStrength:"):
        if strength is None or question in _NOT_BY_STRENGTH:
            return False
        return strength.forces_mfa if question is Question.MFA else strength.forces_phishing_resistance
    return control in _CONTROLS.get(question, ()) or _unknown(control)


def _unknown(control: str) -> bool | None:
    """False for a control that is known to bring nothing here; None for one that Graph has and we do not know."""
    known = {"approvedApplication", "compliantApplication", "block", *_DEVICE_CONTROLS, *_MFA_CONTROLS}
    return False if control in known or ":" in control else None


def _all_known(values: Iterable[bool | None]) -> bool | None:
    found = list(values)
    return False if False in found else (None if None in found else True)


def _any_known(values: Iterable[bool | None]) -> bool | None:
    found = list(values)
    return True if True in found else (None if None in found else False)
