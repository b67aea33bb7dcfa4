"""From a sign-in to the options of `tenantlint whatif` that mean it: for hints that a person can run."""

from __future__ import annotations

from tenantlint.conditional_access.applications import is_action, is_context
from tenantlint.conditional_access.devices import state_of
from tenantlint.conditional_access.locations import ALL_TRUSTED
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.sign_in import ACTIONS, DEVICES, NOBODY, SignIn


def options_of(sign_in: SignIn, naming: Naming) -> tuple[str, ...]:
    """The options, one name or value each; empty where options cannot say it."""
    if ALL_TRUSTED in (sign_in.locations or ()):
        return ()
    given: list[tuple[str, str | None]] = [
        *_person(sign_in, naming),
        *_resources(sign_in, naming),
        ("--client", sign_in.client_app_type),
        ("--platform", sign_in.platform),
        *_device(sign_in),
        *_place(sign_in, naming),
        ("--sign-in-risk", _unless_none(sign_in.sign_in_risk)),
        ("--user-risk", _unless_none(sign_in.user_risk)),
        ("--insider-risk", _unless_none(sign_in.insider_risk)),
        ("--flow", _unless_none(sign_in.flow)),
    ]
    return tuple(part for option, value in given if value is not None for part in (option, value))


def _person(sign_in: SignIn, naming: Naming) -> list[tuple[str, str | None]]:
    groups = [("--group", naming.unique("group", one)) for one in sign_in.member_of or ()]
    roles = [("--role", naming.unique("role", one)) for one in sign_in.roles or ()]
    user = naming.account(sign_in.user_id) if sign_in.user_id else None
    guest = sign_in.external_user_type
    if not (user or groups or roles or guest):
        # Somebody in no group, with no role, and no guest.
        guest = NOBODY
    return [("--user", user), *groups, *roles, ("--guest", guest), ("--home-tenant", sign_in.external_tenant_id)]


def _resources(sign_in: SignIn, naming: Naming) -> list[tuple[str, str | None]]:
    names = {urn: name for name, urn in ACTIONS.items()}
    found: list[tuple[str, str | None]] = []
    for one in sign_in.resources:
        if is_action(one):
            found.append(("--action", names.get(one, one)))
        elif is_context(one):
            found.append(("--context", one))
        else:
            found.append(("--application", naming.unique("application", one)))
    return found


def _device(sign_in: SignIn) -> list[tuple[str, str | None]]:
    if sign_in.device is None:
        return []
    attributes = dict(sign_in.device)
    state = state_of(attributes)
    usual = dict(DEVICES[state])
    found: list[tuple[str, str | None]] = [("--device", state)]
    for name, value in attributes.items():
        if usual.get(name) != value:
            text = ",".join(value) if isinstance(value, tuple) else value
            found.append(("--device-attribute", f"{name}={text}"))
    return found


def _place(sign_in: SignIn, naming: Naming) -> list[tuple[str, str | None]]:
    if sign_in.locations is None:
        return [("--ip", sign_in.ip_address), ("--country", sign_in.country)]
    return [("--location", naming.unique("location", one)) for one in sign_in.locations] or [("--location", "outside")]


def _unless_none(value: str) -> str | None:
    return None if value == "none" else value
