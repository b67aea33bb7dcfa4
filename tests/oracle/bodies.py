"""Sign-ins of the naive evaluator as What-If takes them, and what it gives back."""

from typing import Any

from tests.oracle import naive

Raw = dict[str, Any]


def body_of(sign_in: Raw, raw: Raw, world: Raw | None = None) -> Raw:
    """The body of a What-If call for the sign-in. `world`: what the directory does not tell is said outright."""
    person, place, resource = sign_in["person"], sign_in["place"], sign_in["resource"]
    identity: Raw = {"userId": person}
    if isinstance(person, tuple):
        identity = {"externalUserType": person[0], "externalTenantId": person[1]}
    elif world is not None:
        groups = [*raw["groups"], *world["groups"]]
        identity["memberOf"] = [one for one in groups if person in naive.group_members(raw, one, world)]
        identity["externalTenantId"] = world["homes"][person]
    actions = {"registersecurityinfo": "registerSecurityInformation", "registerdevice": "registerOrJoinDevices"}
    context: Raw = {"includeApplications": [resource]}
    if resource.startswith("urn:user:"):
        context = {"userAction": actions[resource.removeprefix("urn:user:")]}
    elif resource in {"c1", "c2"}:
        context = {"authenticationContextValue": resource}
    conditions: Raw = {
        "clientAppType": sign_in["client"],
        "devicePlatform": sign_in["platform"],
        "deviceInfo": sign_in["device"] or {},
        "signInRiskLevel": sign_in["sign_in_risk"],
        "userRiskLevel": sign_in["user_risk"],
        "insiderRiskLevel": sign_in["insider_risk"],
        "authenticationFlow": {"transferMethod": sign_in["flow"]},
    }
    if place["inside"] or world is not None:
        known = [one["id"] for one in raw["named_locations"] or []]
        conditions["locations"] = sorted(
            {one for one in known if naive.in_location(one, place, raw)} | set(place["inside"])
        )
    else:
        conditions |= {"ipAddress": place["address"], "country": place["country"] or "unknown"}
    return {"signInIdentity": identity, "signInContext": context, "signInConditions": conditions}


def least(requires: set[frozenset[str]]) -> set[frozenset[str]]:
    """The clauses without those that another implies."""
    return {one for one in requires if not any(other < one for other in requires)}
