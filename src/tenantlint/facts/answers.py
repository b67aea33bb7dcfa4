"""What checks ask the Conditional Access analysis, and its answers, each made once for all facts.

Legacy clients are the subject of one question; every other one is about modern clients, so that one gap is not told
many times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from tenantlint.conditional_access.coverage import Coverage, cover
from tenantlint.conditional_access.people import People, Side
from tenantlint.conditional_access.policy import Policy, parse_policy
from tenantlint.conditional_access.questions import Question
from tenantlint.conditional_access.tenant import Tenant, read_tenant
from tenantlint.directory import GUEST_TYPES
from tenantlint.facts.emergency_accounts import emergency_ids
from tenantlint.facts.interface import FactContext

AZURE_MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
AZURE_DEVOPS = "499b84ac-1321-427f-aa17-267ca6975798"
INTUNE_ENROLMENT = "d4ebce55-015a-49b5-a083-c84d1797ae8c"
_MODERN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"client_app_types": ("browser", "mobileAppsAndDesktopClients")}
)
_REGISTRATION = ("urn:user:registersecurityinfo",)


@dataclass(frozen=True)
class Asked:
    """One question. `words`: what somebody who is open can do. `within`: conditions beside modern clients.

    `about`: `everyone`, `members` (accounts that have their home here) or `guests`.
    """

    question: Question
    words: str
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    applications: tuple[str, ...] | None = None
    about: str = "everyone"


# Where a guest's home is somewhere else, so are the guest's devices, password and risk (learn.microsoft.com/entra/
# external-id/authentication-conditional-access); Microsoft's template for security information leaves guests out.
QUESTIONS: Mapping[str, Asked] = {
    "mfa": Asked(Question.MFA, "sign in without MFA"),
    "phishing_resistant_mfa": Asked(Question.PHISHING_RESISTANT_MFA, "sign in without phishing-resistant MFA"),
    "legacy_authentication": Asked(Question.LEGACY_AUTHENTICATION, "sign in with legacy authentication"),
    "managed_device": Asked(Question.MANAGED_DEVICE, "sign in from a device that is not managed", about="members"),
    "any_control": Asked(Question.ANY_CONTROL, "sign in without any control"),
    "guests_mfa": Asked(Question.MFA, "sign in without MFA", about="guests"),
    "device_code_flow": Asked(
        Question.BLOCKED,
        "sign in by device code flow from anywhere",
        {"authentication_flows": ("deviceCodeFlow",), "locations": ("other",)},
    ),
    "sign_in_risk_high": Asked(Question.MFA, "sign in at high sign-in risk without MFA", {"sign_in_risk": ("high",)}),
    "sign_in_risk_high_blocked": Asked(Question.BLOCKED, "sign in at high sign-in risk", {"sign_in_risk": ("high",)}),
    "sign_in_risk_medium": Asked(
        Question.MFA, "sign in at medium sign-in risk without MFA", {"sign_in_risk": ("medium",)}
    ),
    "user_risk_high": Asked(
        Question.RISK_REMEDIATION,
        "sign in at high user risk with the old password",
        {"user_risk": ("high",)},
        about="members",
    ),
    "user_risk_high_blocked": Asked(
        Question.BLOCKED, "sign in at high user risk", {"user_risk": ("high",)}, about="members"
    ),
    "security_information": Asked(
        Question.MFA_OR_MANAGED_DEVICE,
        "register security information with a password alone",
        {"locations": ("other",)},
        _REGISTRATION,
        about="members",
    ),
    "security_information_managed_device": Asked(
        Question.MANAGED_DEVICE,
        "register security information from a device that is not managed",
        {},
        _REGISTRATION,
        about="members",
    ),
    "device_registration": Asked(
        Question.MFA, "register or join a device without MFA", {}, ("urn:user:registerdevice",), about="members"
    ),
    "azure_management": Asked(Question.MFA, "manage Azure without MFA", {}, (AZURE_MANAGEMENT,)),
    "admin_portals": Asked(
        Question.MFA, "open the Microsoft admin portals without MFA", {}, ("MicrosoftAdminPortals",)
    ),
    "unknown_platforms": Asked(
        Question.PHISHING_RESISTANT_MFA_OR_MANAGED_DEVICE,
        "sign in on an unknown platform with a method that can be phished",
        {"platforms": ("unknown",)},
        about="members",
    ),
    "mfa_or_managed_device": Asked(
        Question.MFA_OR_MANAGED_DEVICE, "sign in with a password alone from a device that is not managed"
    ),
    "azure_devops": Asked(Question.MFA, "sign in to Azure DevOps without MFA", {}, (AZURE_DEVOPS,)),
    "authentication_transfer": Asked(
        Question.BLOCKED,
        "hand a session to another device by authentication transfer",
        {"authentication_flows": ("authenticationTransfer",)},
    ),
    "intune_enrolment": Asked(
        Question.MFA, "enrol a device in Intune without MFA", {}, (INTUNE_ENROLMENT,), about="members"
    ),
    "mobile_app_protection": Asked(
        Question.APP_PROTECTION_OR_MANAGED_DEVICE,
        "use Office 365 on a phone in an app that nobody protects",
        {"platforms": ("android", "iOS"), "client_app_types": ("mobileAppsAndDesktopClients",)},
        ("Office365",),
        about="members",
    ),
    "insider_risk": Asked(
        Question.BLOCKED, "sign in at elevated insider risk", {"insider_risk": ("elevated",)}, about="members"
    ),
    "untrusted_locations": Asked(
        Question.BLOCKED, "sign in from a place that no named location has", {"locations": ("other",)}
    ),
}
# Which questions security defaults answer in part, so that not knowing of them leaves an answer open.
_DEFAULTS_ANSWER = frozenset(
    {Question.MFA, Question.LEGACY_AUTHENTICATION, Question.ANY_CONTROL, Question.MFA_OR_MANAGED_DEVICE}
)


@dataclass(frozen=True)
class Marks:
    """Policies that enforce nothing and only tell people apart: by the sets that facts speak of."""

    emergency: Policy
    external: Policy
    guests: Policy

    @property
    def all(self) -> tuple[Policy, ...]:
        return self.emergency, self.external, self.guests


def marks(context: FactContext) -> Marks:
    """Emergency accounts, people of other organizations, and all guests."""
    key = (__name__, "marks")
    if key not in context.shared:
        context.shared[key] = _marks(context)
    found: Marks = context.shared[key]
    return found


def _marks(context: FactContext) -> Marks:
    external = ",".join(one for one in GUEST_TYPES if one != "internalGuest")
    return Marks(
        mark(includeUsers=sorted(emergency_ids(context))),
        mark(includeGuestsOrExternalUsers={"guestOrExternalUserTypes": external}),
        mark(includeGuestsOrExternalUsers={"guestOrExternalUserTypes": ",".join(GUEST_TYPES)}),
    )


def mark(**users: Any) -> Policy:
    """A policy with these user conditions that enforces nothing."""
    return parse_policy({"displayName": "mark", "state": "disabled", "conditions": {"users": users}})


def tenant(context: FactContext) -> Tenant:
    """The tenant as Conditional Access sees it."""
    key = (__name__, "tenant")
    if key not in context.shared:
        context.shared[key] = replace(read_tenant(context.snapshot), directory=context.directory)
    found: Tenant = context.shared[key]
    return found


def everybody(context: FactContext) -> People:
    """Everybody, told apart by the enforced policies and the marks."""
    key = (__name__, "people")
    if key not in context.shared:
        own = tenant(context)
        context.shared[key] = People([Side((*own.enforced, *marks(context).all), own.directory)])
    found: People = context.shared[key]
    return found


def answer(context: FactContext, name: str) -> Coverage:
    """The answer to one of QUESTIONS, over everybody."""
    return answer_to(context, QUESTIONS[name])


def answer_to(
    context: FactContext, asked: Asked, *, read: Callable[[Tenant], Tenant] | None = None, reading: str = ""
) -> Coverage:
    """The answer to a question over everybody, worked out once.

    `read`: the tenant is taken as this gives it; `reading` tells that from other ways to take it.
    """
    key = (__name__, asked.question, tuple(sorted(asked.within.items())), asked.applications, reading)
    if key not in context.shared:
        own = tenant(context)
        context.shared[key] = cover(
            read(own) if read else own,
            asked.question,
            within=conditions(asked),
            applications=asked.applications,
            marks=marks(context).all,
            people=everybody(context),
        )
    found: Coverage = context.shared[key]
    return found


def conditions(asked: Asked) -> Mapping[str, tuple[str, ...]]:
    """What a question is narrowed to."""
    return asked.within if asked.question is Question.LEGACY_AUTHENTICATION else {**_MODERN, **asked.within}


def answer_for(context: FactContext, question: Question, people: People) -> Coverage:
    """The answer to a question about modern clients, over these people."""
    return cover(tenant(context), question, within=_MODERN, people=people)


def hangs_on(context: FactContext, question: Question) -> tuple[str, ...]:
    """Unknowns that leave everything open of which it is not certain that it is covered."""
    own = tenant(context)
    found = [f"a policy that could not be understood ({error.problem})" for error in own.refused]
    if own.security_defaults is None and not own.enforced and question in _DEFAULTS_ANSWER:
        found.append("security defaults (security_defaults)")
    return tuple(found)
