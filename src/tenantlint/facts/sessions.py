"""The facts `sessions.*`: over whom, and over which sign-ins, no enabled policy lays a session control.

```
sessions.unmanaged_persistence, .app_enforced, .token_protection, .intune_enrolment: ANSWER
sessions.unmanaged_frequency, .all_users_frequency: {"at_most": [{"hours": n, **ANSWER}]}
sessions.administrators: {"persistence": ROLES, "frequency": [{"hours": n, "answer": ROLES}]}
```

ANSWER is that of facts/coverage.py, ROLES that of facts/administrators.py: `open` are those whose session the control
does not reach. A sign-in that is blocked has no session, and one for which a policy demands a managed device has none
on an unmanaged one. `at_most`: one answer for each frequency that a policy asks for, shortest first; the first one,
with -1 hours, counts no frequency. 0 hours is every time. Of several policies that apply the strictest decides, which
is why any one of them is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.grants import Grant
from tenantlint.conditional_access.policy import Policy
from tenantlint.conditional_access.questions import Question, answers
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.facts.administrators import READS as ADMINISTRATORS_READ
from tenantlint.facts.administrators import Kind, role_kinds, told_by_role
from tenantlint.facts.answers import INTUNE_ENROLMENT, Asked, answer_to, conditions, tenant
from tenantlint.facts.coverage import READS, crowd_of, told
from tenantlint.facts.interface import Fact, FactContext

EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000"
TEAMS = "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe"
_UNMANAGED = ("unregistered", "registered")
_BROWSER = ("browser",)
# Frequencies that checks ask about, in hours: where policies use more than so many, each keeps the nearest below it.
_MOST = 8
_USUAL = (0, 1, 4, 8, 12, 24, 72, 168)

# Whether a policy's session controls do what is asked; None: the value is not known to tenantlint.
Control = Callable[[Mapping[str, Any]], bool | None]


@dataclass(frozen=True)
class Session:
    """One question about sessions. `asked.question`: what of the grant makes the session control unnecessary."""

    asked: Asked
    control: Control
    key: str


def never_persistent(controls: Mapping[str, Any]) -> bool | None:
    """The browser session ends with the browser."""
    return _word(controls, "persistentBrowser", "mode", wanted=("never",), others=("always",))


def app_enforced(controls: Mapping[str, Any]) -> bool | None:
    """The application limits what an unmanaged device can do, or Defender for Cloud Apps blocks downloads."""
    if _on(controls, "applicationEnforcedRestrictions"):
        return True
    return _word(controls, "cloudAppSecurity", "cloudAppSecurityType", ("blockDownloads",), ("monitorOnly",))


def token_protection(controls: Mapping[str, Any]) -> bool | None:
    """Only tokens that are bound to the device are accepted."""
    return _on(controls, "secureSignInSession")


def hours_of(controls: Mapping[str, Any]) -> int | None:
    """After how many hours the person signs in again: 0 every time, -1 never; None when it cannot be told."""
    given = controls.get("signInFrequency")
    if not isinstance(given, Mapping) or not _on(controls, "signInFrequency"):
        return -1
    interval = str(given.get("frequencyInterval") or "timeBased").casefold()
    if interval == "everytime":
        return 0
    value, unit = given.get("value"), str(given.get("type") or "").casefold()
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        return None
    if interval != "timebased" or unit not in ("hours", "days"):
        return None
    return value * (24 if unit == "days" else 1)


def _within(hours: int, controls: Mapping[str, Any]) -> bool | None:
    found = hours_of(controls)
    return None if found is None else 0 <= found <= hours


def _on(controls: Mapping[str, Any], name: str) -> bool:
    given = controls.get(name)
    return isinstance(given, Mapping) and bool(given) and given.get("isEnabled") is not False


def _word(
    controls: Mapping[str, Any], name: str, key: str, wanted: Sequence[str], others: Sequence[str]
) -> bool | None:
    if not _on(controls, name):
        return False
    word = str(controls[name].get(key) or "").casefold()
    if word in {one.casefold() for one in wanted}:
        return True
    return False if word in {one.casefold() for one in others} else None


_ANSWERS = {
    "unmanaged_persistence": Session(
        Asked(
            Question.MANAGED_DEVICE,
            "keep a browser session on an unmanaged device after closing the browser",
            {"client_app_types": _BROWSER, "devices": _UNMANAGED},
        ),
        never_persistent,
        "persistence",
    ),
    "app_enforced": Session(
        Asked(
            Question.MANAGED_DEVICE,
            "download mail and files in a browser on an unmanaged device",
            {"client_app_types": _BROWSER, "devices": _UNMANAGED},
            (EXCHANGE, SHAREPOINT),
        ),
        app_enforced,
        "app_enforced",
    ),
    "token_protection": Session(
        Asked(
            Question.BLOCKED,
            "use a token of a Windows app on another device",
            {"client_app_types": ("mobileAppsAndDesktopClients",), "platforms": ("windows",)},
            (EXCHANGE, SHAREPOINT, TEAMS),
            about="members",
        ),
        token_protection,
        "token_protection",
    ),
    "intune_enrolment": Session(
        Asked(
            Question.BLOCKED,
            "enrol a device in Intune with a sign-in from before",
            {},
            (INTUNE_ENROLMENT,),
            about="members",
        ),
        partial(_within, 0),
        "every_time",
    ),
}
_FREQUENCIES = {
    "unmanaged_frequency": Asked(
        Question.MANAGED_DEVICE,
        "stay signed in on an unmanaged device for longer than that",
        {"devices": _UNMANAGED},
    ),
    "all_users_frequency": Asked(Question.BLOCKED, "stay signed in for longer than that"),
}
_PERSISTENT = Asked(
    Question.BLOCKED, "keep a browser session after closing the browser", {"client_app_types": _BROWSER}
)
_STAYING = Asked(Question.BLOCKED, "stay signed in for longer than that")


def answered(context: FactContext, name: str) -> dict[str, Any]:
    """One of the facts with a single answer."""
    return _told(context, _ANSWERS[name])


def frequencies(context: FactContext, name: str) -> dict[str, Any]:
    """A fact with an answer for each frequency."""
    asked = _FREQUENCIES[name]
    return {
        "at_most": [
            {"hours": hours, **_told(context, Session(asked, partial(_within, hours), f"{hours}"))}
            for hours in _hours(context)
        ]
    }


def administrators(context: FactContext) -> dict[str, Any]:
    """The fact `sessions.administrators`."""
    return {
        "persistence": _by_role(context, Session(_PERSISTENT, never_persistent, "persistence")),
        "frequency": [
            {"hours": hours, "answer": _by_role(context, Session(_STAYING, partial(_within, hours), f"{hours}"))}
            for hours in _hours(context)
        ],
    }


def _hours(context: FactContext) -> list[int]:
    """The frequencies that are in use, shortest first, after -1."""
    used = {hours_of(_controls(one)) for one in tenant(context).enforced}
    found = sorted(one for one in used if one is not None and one >= 0)
    if len(found) > _MOST:
        found = sorted({max(one for one in found if one <= most) for most in _USUAL if found[0] <= most})
    return [-1, *found]


def _told(context: FactContext, session: Session) -> dict[str, Any]:
    found = answer_to(context, session.asked, read=lambda own: controlled(own, session), reading=session.key)
    return told(context, session.asked, found, crowd_of(context, found))


def _by_role(context: FactContext, session: Session) -> dict[str, Any]:
    key = (__name__, "roles", session.asked.words, session.key)
    if key not in context.shared:
        own = controlled(tenant(context), session)
        context.shared[key] = [
            (kind, cover(own, session.asked.question, within=conditions(session.asked), people=kind.crowd.people))
            for kind in role_kinds(context)
        ]
    found: Sequence[tuple[Kind, Coverage]] = context.shared[key]
    return told_by_role(context, session.asked, found)


def controlled(own: Tenant, session: Session) -> Tenant:
    """The tenant with the session control in the place of a block: what it reaches is answered.

    Policies that neither have it nor ask for what the question asks for are about nothing.
    """
    return own.with_policies(_as_grant(one, session) for one in own.policies)


def _as_grant(policy: Policy, session: Session) -> Policy:
    verdict = session.control(_controls(policy))
    if verdict:
        return replace(policy, grant=_REACHED)
    if _answers(policy.grant, session.asked.question):
        return policy
    if verdict is None:
        unknown = "a value of the session controls, which tenantlint does not know"
        return replace(policy, grant=_REACHED, unknowns=(*policy.unknowns, unknown))
    return replace(policy, grant=None)


_REACHED = Grant("OR", ("block",))


def _answers(grant: Grant | None, question: Question) -> bool:
    """Whether the clause may answer the question for any client with which there is a session."""
    clients = ("browser", "mobileAppsAndDesktopClients")
    flows = ("none", "deviceCodeFlow")
    return any(answers(question, grant, client, flow) is not False for client in clients for flow in flows)


def _controls(policy: Policy) -> Mapping[str, Any]:
    given = policy.raw.get("sessionControls")
    return given if isinstance(given, Mapping) else {}


def _fact(name: str, compute: Callable[[FactContext], Any], reads: tuple[str, ...] = READS) -> Fact:
    return Fact(f"sessions.{name}", reads, compute)


FACTS = (
    *(_fact(name, partial(answered, name=name)) for name in _ANSWERS),
    *(_fact(name, partial(frequencies, name=name)) for name in _FREQUENCIES),
    _fact("administrators", administrators, ADMINISTRATORS_READ),
)
