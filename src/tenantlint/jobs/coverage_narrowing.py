"""Whom and what a coverage question is narrowed to: from what people write to ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tenantlint.conditional_access.applications import USER_ACTION, is_context
from tenantlint.conditional_access.people import Side, members_of
from tenantlint.conditional_access.sign_in import ACTIONS
from tenantlint.conditional_access.tenant import Tenant
from tenantlint.errors import UsageError
from tenantlint.jobs.whatif_names import Names


def user_ids(given: Sequence[str] | None, *tenants: Tenant, activated: bool) -> frozenset[str] | None:
    """The users behind names or ids of users, groups and roles, in any of the tenants; None for everybody.

    Raises UsageError for a name that no tenant has, and for a group or role of which nobody knows who is in it.
    """
    if given is None:
        return None
    found: set[str] = set()
    for text in given:
        errors = []
        for tenant in tenants:
            try:
                found |= _behind(tenant, text, activated=activated)
            except UsageError as error:
                errors.append(error)
        if len(errors) == len(tenants):
            raise errors[0]
    return frozenset(found)


def _behind(tenant: Tenant, text: str, *, activated: bool) -> frozenset[str]:
    """The ids of a user, of the members of a group or of the holders of a role."""
    names = Names(tenant)
    directory = tenant.directory
    if directory is not None and text.casefold() in directory.user_ids:
        return frozenset({text.casefold()})
    finders: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("group", names.group),
        ("role", names.role),
        ("user", names.user),
    )
    errors = []
    for kind, find in finders:
        try:
            identity = find(text).casefold()
        except UsageError as error:
            errors.append(str(error))
            continue
        # An id passes every finder: it is a group or a role only where the snapshot knows it as one.
        if kind != "user" and identity == text.casefold() and not _is(tenant, kind, identity):
            continue
        return _people(tenant, kind, identity, text, activated=activated)
    near = next((one for one in errors if "did you mean" in one), "")
    raise UsageError(near or f"There is no user, group or role `{text}` in the snapshot; write a name or an id.")


def _is(tenant: Tenant, kind: str, identity: str) -> bool:
    directory = tenant.directory
    if directory is None:
        return False
    if kind == "role":
        return identity in directory.roles(directory.snapshot.collected_at).names
    return directory.principal(identity).kind == "group" or directory.members(identity).known


def _people(tenant: Tenant, kind: str, identity: str, text: str, *, activated: bool) -> frozenset[str]:
    if kind == "user":
        return frozenset({identity})
    certain, perhaps = members_of(Side((), tenant.directory, activated), (kind, identity))
    if perhaps is None:
        raise UsageError(f"--users {text}: the snapshot does not tell who is in this {kind}; name users instead.")
    return certain


def application_ids(given: Sequence[str] | None, tenant: Tenant) -> list[str] | None:
    """Application ids, suites, user actions and authentication contexts by name or id; None for all.

    Raises UsageError for a name that is not there.
    """
    if given is None:
        return None
    actions = {key.casefold(): urn for key, urn in ACTIONS.items()}
    names = Names(tenant)
    found = []
    for text in given:
        folded = text.casefold()
        if folded in actions or folded.startswith(USER_ACTION) or is_context(folded):
            found.append(actions.get(folded, folded))
        elif folded in {"all", "none"}:
            raise UsageError(f"--applications {text}: leave the option out to ask about all applications.")
        else:
            found.append(names.application(text))
    return list(dict.fromkeys(found))
