"""What policies ask for, naively: whether somebody gets in without what a question asks for.

Part of the naive evaluator; shares no code with the product.
"""

from itertools import chain, combinations
from typing import Any

Raw = dict[str, Any]
# What the built-in strengths allow, where an export gives only the id.
BUILT_IN = {
    "00000000-0000-0000-0000-000000000002": ["password,sms", "fido2"],
    "00000000-0000-0000-0000-000000000003": ["password,softwareOath", "fido2", "deviceBasedPush"],
    "00000000-0000-0000-0000-000000000004": ["fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor"],
}
LEGACY = {"exchangeActiveSync", "other"}


def listed(holder: Raw, key: str) -> list[str]:
    """A list of texts; null, absent and empty are one."""
    return list(holder.get(key) or [])


def clause(policy: Raw) -> tuple[str, list[str], Raw | None] | None:
    """Operator, controls, and strength of the policy; None when it asks for nothing."""
    grant = policy.get("grantControls") or {}
    strength = grant.get("authenticationStrength")
    controls = listed(grant, "builtInControls")
    controls += [f"termsOfUse:{one}" for one in listed(grant, "termsOfUse")]
    controls += [f"customAuthenticationFactor:{one}" for one in listed(grant, "customAuthenticationFactors")]
    if strength:
        controls.append(f"authenticationStrength:{strength['id']}")
    return ((grant.get("operator") or "OR").upper(), controls, strength) if controls else None


def can_meet(control: str, client: str, flow: str) -> bool:
    """Legacy clients meet no control; a device code carries no device state."""
    if client in LEGACY:
        return False
    return not (flow == "deviceCodeFlow" and control in {"compliantDevice", "domainJoinedDevice"})


def brings(question: str, control: str, strength: Raw | None) -> bool:
    """Whether somebody who meets the control has what the question asks for."""
    if control.startswith("authenticationStrength:") and strength:
        combinations_ = strength.get("allowedCombinations") or BUILT_IN[strength["id"]]
        resistant = {"windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"}
        strong = resistant | {"deviceBasedPush", "temporaryAccessPassOneTime", "federatedMultiFactor"}
        if question == "phishing_resistant_mfa":
            return all(any(part in resistant for part in one.split(",")) for one in combinations_)
        return question == "mfa" and all("," in one or one in strong for one in combinations_)
    if question == "mfa":
        return control in {"mfa", "passwordChange", "riskRemediation"}
    return question == "managed_device" and control in {"compliantDevice", "domainJoinedDevice"}


def met(one: tuple[str, list[str], Raw | None], done: set[str]) -> bool:
    operator, controls, _ = one
    return all(each in done for each in controls) if operator == "AND" else any(each in done for each in controls)


def passes(clauses: list[tuple[str, list[str], Raw | None]], done: set[str]) -> bool:
    """Whether the token is issued to somebody who has met these controls. Nobody meets `block`."""
    return all("block" not in one[1] and met(one, done) for one in clauses)


def is_open(question: str, clauses: list[tuple[str, list[str], Raw | None]], client: str, flow: str) -> bool:
    """Whether somebody gets in without what the question asks for, given the clauses of the policies that apply.

    Who meets the most controls that do not bring it gets in if anybody does.
    """
    if question in {"any_control", "legacy_authentication"}:
        return not clauses
    done = {
        control
        for _, controls, strength in clauses
        for control in controls
        if can_meet(control, client, flow) and not (question != "blocked" and brings(question, control, strength))
    }
    return passes(clauses, done)


def is_open_by_trying(question: str, clauses: list[tuple[str, list[str], Raw | None]], client: str, flow: str) -> bool:
    """The same by trying every set of controls that the sign-in could meet."""
    possible = sorted({each for _, controls, _ in clauses for each in controls if can_meet(each, client, flow)})
    bringing = {each for _, controls, strength in clauses for each in controls if brings(question, each, strength)}
    for done in chain.from_iterable(combinations(possible, size) for size in range(len(possible) + 1)):
        without = not done if question in {"any_control", "legacy_authentication"} else not bringing & set(done)
        if passes(clauses, set(done)) and (without or question == "blocked"):
            return True
    return False
