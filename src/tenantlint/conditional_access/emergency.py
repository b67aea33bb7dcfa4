"""Emergency accounts that a policy can stop: by a block, or by a control that they may not be able to meet.

An emergency account is used when something else is broken, so what it needs must be in the safe with it. A security
key is, and so a strength that accepts one (FIDO2, or a multifactor certificate) is no danger. Plain MFA is met with
that key, too; it is a danger only where the snapshot shows that the account has no method. Everything else hangs on
a thing that can be missing on the day: a managed or registered device, a phone, an app, a service of another vendor,
a screen where terms can be accepted.

Blocks of legacy clients, device code flow and transfer do not count: no emergency sign-in uses those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tenantlint.conditional_access.grants import Grant
from tenantlint.conditional_access.ground import ACTIVATED, Ground, Masks, both
from tenantlint.conditional_access.people import bits_of
from tenantlint.conditional_access.policy import CLIENT_APP_TYPES, Policy
from tenantlint.conditional_access.questions import LEGACY_CLIENTS

PORTABLE = frozenset({"fido2", "x509certificatemultifactor"})


@dataclass(frozen=True, slots=True)
class Caught:
    """An emergency account, or several of one class, that a policy can stop.

    `accounts`: ids, sorted. `controls`: what of the clause is in the way. `masks`: for which sign-ins; `whole`: for
    every ordinary one to some application.
    """

    policy: Policy
    accounts: tuple[str, ...]
    blocks: bool
    controls: tuple[str, ...]
    masks: Masks
    everyday: bool
    certain: bool
    unknowns: tuple[str, ...]


def caught(ground: Ground, accounts: Mapping[str, frozenset[str] | None], mark: str) -> list[Caught]:
    """Emergency accounts that enforced policies can stop, in the order of the policies.

    `accounts`: id in lower case to the registered methods (Graph's `methodsRegistered`), None where those are not
    known. `mark`: the mark of the accounts in the ground.
    """
    people = ground.marked(mark)
    realistic = ground.within(
        client_app_types=[one for one in CLIENT_APP_TYPES if one not in LEGACY_CLIENTS],
        authentication_flows=["none"],
    )
    ordinary = ground.ordinary()
    found: list[Caught] = []
    for policy in ground.enforced:
        grant = policy.grant
        if grant is None:
            continue
        shape, reach = ground.shape(policy), ground.reach(policy, ACTIVATED)
        masks = both(shape.may, realistic)
        stopped = reach.may & people
        if not stopped or not all(masks):
            continue
        groups: dict[tuple[tuple[str, ...], bool], list[str]] = {}
        for account in _accounts(ground, stopped, accounts):
            hazards, sure = dangers(grant, accounts[account])
            if hazards:
                at_once = _class_of(ground, people, account)
                certain = sure and bool(reach.must >> at_once & 1) and all(both(shape.must, realistic))
                groups.setdefault((hazards, certain), []).append(account)
        for (hazards, certain), ids in sorted(groups.items()):
            unknowns = [*shape.unknowns, *reach.unknowns]
            if grant.strength and grant.strength.combinations is None:
                unknowns.append(f"what the authentication strength {grant.strength.name} allows")
            found.append(
                Caught(
                    policy=policy,
                    accounts=tuple(sorted(ids)),
                    blocks=grant.blocks,
                    controls=hazards,
                    masks=masks,
                    everyday=all(both(shape.may, ordinary)),
                    certain=certain,
                    unknowns=() if certain else tuple(dict.fromkeys(unknowns)),
                )
            )
    return found


def dangers(grant: Grant, methods: frozenset[str] | None) -> tuple[tuple[str, ...], bool]:
    """What of a clause may stop an account with these registered methods, and whether that is certain."""
    if grant.blocks:
        return ("block",), True
    each = {one: _danger(one, grant, methods) for one in grant.controls}
    bad = tuple(one for one, danger in each.items() if danger is not False)
    if grant.operator == "OR" and len(bad) < len(each):
        return (), True
    certain = [one for one in bad if each[one] is True]
    return bad, len(certain) == len(bad) if grant.operator == "OR" else bool(certain)


def _danger(control: str, grant: Grant, methods: frozenset[str] | None) -> bool | None:
    """Whether the control may stop the account; None when the snapshot does not tell what it accepts."""
    if control == "mfa":
        return methods is not None and not methods
    if control.startswith("authenticationStrength:"):
        if methods is not None and not methods:
            return True
        combinations = grant.strength.combinations if grant.strength else None
        if combinations is None:
            # The built-in strengths all accept a security key; of others nothing is known.
            return False if grant.strength and grant.strength.forces_phishing_resistance is not None else None
        return not any(one <= PORTABLE for one in combinations)
    return True


def _accounts(ground: Ground, bits: int, accounts: Mapping[str, object]) -> list[str]:
    """The accounts whose classes are among the bits."""
    return [one for index in bits_of(bits) for one in ground.people.classes[index].ids if one in accounts]


def _class_of(ground: Ground, bits: int, account: str) -> int:
    return next(index for index in bits_of(bits) if account in ground.people.classes[index].ids)
