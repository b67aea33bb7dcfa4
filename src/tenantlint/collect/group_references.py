"""Which groups matter: those that a policy, a role, a sign-in method or a mail rule names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tenantlint.model import Json, JsonObject

_GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_NOBODY = "00000000-0000-0000-0000-000000000000"  # what Graph puts where a target is left open
_RECIPIENTS = ("SentToMemberOf", "ExceptIfSentToMemberOf", "FromMemberOf", "ExceptIfFromMemberOf")


class Form(StrEnum):
    """How a group is named."""

    GROUP = "group"  # by the id of a group
    PRINCIPAL = "principal"  # by an id that may as well be a user's or a service principal's
    WORD = "word"  # by mail address or name


@dataclass(frozen=True, slots=True)
class Reference:
    """One group that is named. `word`: an id in lower case, an address or a name."""

    form: Form
    word: str


def references(collection: str, item: JsonObject) -> Iterator[Reference]:
    """The groups that one object of a collection names. Words that stand for everybody are none."""
    for form, word in _READERS[collection](item):
        if form is Form.WORD:
            if isinstance(word, str) and word.strip():
                yield Reference(Form.GROUP if _GUID.fullmatch(word.strip()) else form, word.strip())
        elif isinstance(word, str) and _GUID.fullmatch(word) and word != _NOBODY:
            yield Reference(form, word)


Found = Iterator[tuple[Form, Json]]


def _conditional_access(policy: JsonObject) -> Found:
    users = _mapping(_mapping(policy.get("conditions")).get("users"))
    for key in ("includeGroups", "excludeGroups"):
        for word in _listed(users.get(key)):
            yield Form.GROUP, word


def _holder(assignment: JsonObject) -> Found:
    yield Form.PRINCIPAL, assignment.get("principalId")


def _eligible_for_group(instance: JsonObject) -> Found:
    yield Form.GROUP, instance.get("groupId")
    yield Form.PRINCIPAL, instance.get("principalId")


def _targets(found: Json) -> Found:
    """`{"targetType": "group", "id": ...}`, wherever it stands: in methods, their features, the campaign."""
    if isinstance(found, Mapping):
        if str(found.get("targetType")).lower() == "group":
            yield Form.GROUP, found.get("id")
            yield Form.GROUP, found.get("target")
        for value in found.values():
            yield from _targets(value)
    elif isinstance(found, list):
        for value in found:
            yield from _targets(value)


def _of_type(wanted: str, *keys: str) -> Callable[[Json], Found]:
    """An object of a derived type, wherever it stands, and its keys that hold one id or a list of them."""

    def read(found: Json) -> Found:
        if isinstance(found, Mapping):
            if str(found.get("@odata.type")).lower().endswith(wanted.lower()):
                for key in keys:
                    held = found.get(key)
                    for word in held if isinstance(held, list) else [held]:
                        yield Form.GROUP, word
            for value in found.values():
                yield from read(value)
        elif isinstance(found, list):
            for value in found:
                yield from read(value)

    return read


def _outbound(settings: JsonObject) -> Found:
    """Who goes out is one of ours; groups of inbound settings are the other tenant's."""
    for key, section in settings.items():
        if key.lower().endswith("outbound"):
            yield from _targets(section)


def _mail_rule(rule: JsonObject) -> Found:
    for key in _RECIPIENTS:
        for word in _listed(rule.get(key)):
            yield Form.WORD, word


def _mapping(value: Json) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


_INTUNE = _of_type("groupAssignmentTarget", "groupId")
_READERS: Mapping[str, Callable[[JsonObject], Found]] = {
    "conditional_access_policies": _conditional_access,
    "authentication_methods_policy": _targets,
    "cross_tenant_access_default": _outbound,
    "cross_tenant_access_partners": _outbound,
    "device_registration_policy": _of_type("enumeratedDeviceRegistrationMembership", "groups"),
    "device_enrollment_configurations": _INTUNE,
    "role_assignments": _holder,
    "role_assignment_schedule_instances": _holder,
    "role_eligibility_schedule_instances": _holder,
    "role_management_policies": _of_type("groupMembers", "groupId"),
    "privileged_access_group_eligibility_schedule_instances": _eligible_for_group,
    "anti_phish_rules": _mail_rule,
    "atp_built_in_protection_rules": _mail_rule,
    "atp_protection_policy_rules": _mail_rule,
    "eop_protection_policy_rules": _mail_rule,
    "hosted_content_filter_rules": _mail_rule,
    "hosted_outbound_spam_filter_rules": _mail_rule,
    "malware_filter_rules": _mail_rule,
    "safe_attachment_rules": _mail_rule,
    "safe_links_rules": _mail_rule,
}

ROLE_HOLDERS = ("role_assignments", "role_assignment_schedule_instances", "role_eligibility_schedule_instances")
GROUP_ELIGIBILITY = "privileged_access_group_eligibility_schedule_instances"
NAMING: tuple[str, ...] = tuple(sorted(set(_READERS) - {GROUP_ELIGIBILITY}))
"""Collections whose objects name groups, the one aside that is itself read group by group."""
