"""Small raw tenants for hypothesis: everything that a policy can say, in few values, so that policies often meet."""

import random
from typing import Any

from hypothesis import strategies as st
from tests.oracle.naive import AZURE_PORTAL, EXCHANGE, MFA_TRUSTED, SHAREPOINT

Raw = dict[str, Any]
APP, OTHER_APP = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"
HOME_A, HOME_B = "cccccccc-0000-4000-8000-00000000000a", "cccccccc-0000-4000-8000-00000000000b"
ADMIN, READER = "62e90394-69f5-4237-9190-012177145e10", "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
USERS = [f"eeeeeeee-0000-4000-8000-00000000000{number}" for number in range(1, 8)]
DISABLED = USERS[-1]
GROUPS = [f"dddddddd-0000-4000-8000-00000000000{number}" for number in range(1, 4)]
UNKNOWN_GROUP, MISSING_GROUP = "dddddddd-0000-4000-8000-000000000008", "dddddddd-0000-4000-8000-000000000009"
OFFICE, BRANCH, SIX, BRANCH_SIX, EUROPE, NOWHERE, GPS, COMPLIANT = (
    f"bbbbbbbb-0000-4000-8000-00000000000{number}" for number in range(8)
)
LOST = "bbbbbbbb-0000-4000-8000-000000000009"
SECURITY_INFO, JOIN = "urn:user:registersecurityinfo", "urn:user:registerdevice"
TYPES = [
    "internalGuest",
    "b2bCollaborationGuest",
    "b2bCollaborationMember",
    "b2bDirectConnectUser",
    "otherExternalUser",
    "serviceProvider",
]
STRENGTHS = [
    {"id": "00000000-0000-0000-0000-000000000002", "allowedCombinations": ["password,sms", "fido2"]},
    {
        "id": "00000000-0000-0000-0000-000000000004",
        "allowedCombinations": ["fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor"],
    },
    {"id": "99999999-0000-4000-8000-000000000001", "allowedCombinations": ["password", "fido2"]},
    {"id": "99999999-0000-4000-8000-000000000002", "allowedCombinations": ["fido2"]},
]
RULES = [
    "device.isCompliant -eq True",
    "device.isCompliant -ne True",
    'device.isCompliant -eq True -or device.trustType -eq "ServerAD"',
    'device.extensionAttribute1 -eq "SAW"',
    'device.extensionAttribute1 -ne "SAW"',
    'device.mdmAppId -ne "0000000a-0000-0000-c000-000000000000" -or device.deviceOwnership -eq "Personal"',
    'device.systemLabels -contains "CloudPC" -and device.trustType -eq "AzureAD"',
    'device.model -startsWith "Surface" -and -not (device.model -endsWith "Hub")',
    'device.operatingSystem -in ["Windows", "MacMDM"]',
    'device.trustType -notIn ["Workplace"] -and device.isCompliant -ne False',
]


RANDOM = st.integers(0, 2**32).map(random.Random)


def tenants(*, unknowns: bool = False, most: int = 8) -> st.SearchStrategy[Raw]:
    """Raw tenants. `unknowns`: with groups, conditions, filters and home tenants that are not known.

    Made from a seed: a policy has so many parts that drawing each would take longer than the tests.
    """
    return st.tuples(RANDOM, st.booleans()).map(lambda drawn: make(drawn[0], unknowns, most, drawn[1]))


def make(rng: random.Random, unknowns: bool = False, most: int = 8, sparse: bool = False) -> Raw:
    """A raw tenant from a source of randomness.

    `sparse`: policies with few conditions, for everybody and everything, so that they cover much.
    """
    known = not (unknowns and rng.random() < 0.2)
    return {
        "policies": [policy(rng, at, unknowns, sparse) for at in range(rng.randint(1, most))],
        "named_locations": named_locations(rng) if known else None,
        "users": users(),
        "groups": groups(rng),
        "missing_groups": [MISSING_GROUP],
        "roles": roles(rng),
    }


def users() -> list[Raw]:
    """Members, a B2B guest, an internal guest, an external member, and a disabled account."""
    kinds = ["Member", "Member", "Member", "Guest", "Guest", "Member", "Member"]
    made = []
    for identity, kind in zip(USERS, kinds, strict=True):
        external = identity in {USERS[3], USERS[5]}
        name = f"user{identity[-1]}" + ("_partner#EXT#@contoso.example" if external else "@contoso.example")
        made.append(
            {
                "id": identity,
                "displayName": f"User {identity[-1]}",
                "userPrincipalName": name,
                "userType": kind,
                "accountEnabled": identity != DISABLED,
            }
        )
    return made


def groups(rng: random.Random) -> dict[str, list[str]]:
    """Direct members of each group; groups hold groups, in rings too."""
    made = {}
    for identity in GROUPS:
        people = [one for one in USERS if rng.random() < 0.35]
        nested = [one for one in GROUPS if one != identity and rng.random() < 0.25]
        made[identity] = people + nested
    return made


def roles(rng: random.Random) -> list[Raw]:
    made = []
    for role in (ADMIN, READER):
        for principal in (USERS[0], USERS[1], GROUPS[0]):
            if rng.random() < 0.4:
                scope = "/" if rng.random() < 0.75 else "/administrativeUnits/1"
                kind = "active" if rng.random() < 0.75 else "eligible"
                made.append({"principal": principal, "role": role, "scope": scope, "kind": kind})
    return made


def named_locations(rng: random.Random) -> list[Raw]:
    """Ranges that overlap, in both versions of IP, countries, and locations that no address tells."""
    ip, country = "#microsoft.graph.ipNamedLocation", "#microsoft.graph.countryNamedLocation"
    return [
        {"id": OFFICE, "@odata.type": ip, "isTrusted": rng.random() < 0.6, "ipRanges": [_cidr("198.51.100.0/24")]},
        {
            "id": BRANCH,
            "@odata.type": ip,
            "isTrusted": rng.random() < 0.5,
            "ipRanges": [{"lowerAddress": "198.51.100.200", "upperAddress": "198.51.101.10"}, _cidr("203.0.113.0/28")],
        },
        {"id": SIX, "@odata.type": ip, "isTrusted": rng.random() < 0.5, "ipRanges": [_cidr("2001:db8::/32")]},
        {
            "id": BRANCH_SIX,
            "@odata.type": ip,
            "isTrusted": False,
            "ipRanges": [_cidr("2001:db8:1::/48"), _cidr("203.0.113.8/32")],
        },
        {
            "id": EUROPE,
            "@odata.type": country,
            "countriesAndRegions": ["DE", "FR"],
            "countryLookupMethod": "clientIpAddress",
            "includeUnknownCountriesAndRegions": rng.random() < 0.5,
        },
        {
            "id": NOWHERE,
            "@odata.type": country,
            "countriesAndRegions": ["FR", "AQ"],
            "includeUnknownCountriesAndRegions": False,
        },
        {
            "id": GPS,
            "@odata.type": country,
            "countriesAndRegions": ["SE"],
            "countryLookupMethod": "authenticatorAppGps",
            "includeUnknownCountriesAndRegions": False,
        },
        {"id": COMPLIANT, "@odata.type": "#microsoft.graph.compliantNetworkNamedLocation", "isTrusted": True},
    ]


def _cidr(text: str) -> Raw:
    return {"cidrAddress": text}


def policy(rng: random.Random, at: int, unknowns: bool = False, sparse: bool = False) -> Raw:
    """One policy; every condition that is documented, most of them not set."""
    often = 0.12 if sparse else 0.3
    conditions: Raw = {"users": people(rng, unknowns, sparse), "applications": applications(rng, unknowns, sparse)}

    def some(values: list[str]) -> list[str]:
        return rng.sample(values, rng.randint(1, max(1, len(values) - 1)))

    def set_to(key: str, value: Any) -> None:
        if rng.random() < often:
            conditions[key] = value
        elif rng.random() < 0.3:
            conditions[key] = None

    set_to("clientAppTypes", some(["browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"]))
    set_to("platforms", included_and_excluded(rng, "Platforms", ["android", "iOS", "windows", "linux", "macOS"], "all"))
    places = [OFFICE, BRANCH, SIX, BRANCH_SIX, EUROPE, NOWHERE, GPS, COMPLIANT, MFA_TRUSTED]
    places = rng.sample(places, 3) + ["AllTrusted"] + ([LOST] if unknowns else [])
    set_to("locations", included_and_excluded(rng, "Locations", places, "All"))
    set_to("signInRiskLevels", some(["none", "low", "medium", "high"]))
    set_to("userRiskLevels", some(["none", "low", "medium", "high"]))
    set_to("insiderRiskLevels", ",".join(some(["minor", "moderate", "elevated"])))
    flow = rng.choice(["none", "deviceCodeFlow", "authenticationTransfer", "deviceCodeFlow,authenticationTransfer"])
    set_to("authenticationFlows", {"transferMethods": flow})
    set_to("devices", {"deviceFilter": {"mode": rng.choice(["include", "exclude"]), "rule": rng.choice(RULES)}})
    if unknowns and rng.random() < 0.15:
        conditions["times"] = {"includeDays": [rng.choice(["monday", "tuesday"])]}
    return {
        "id": f"ffffffff-0000-4000-8000-0000000000{at:02d}",
        "displayName": f"Policy {at}",
        "state": rng.choice(["enabled"] * 6 + ["disabled", "enabledForReportingButNotEnforced"]),
        "conditions": conditions,
        "grantControls": grant(rng),
        "sessionControls": rng.choice([None, None, {"persistentBrowser": {"isEnabled": True, "mode": "never"}}]),
    }


def people(rng: random.Random, unknowns: bool, sparse: bool) -> Raw:
    named = [*GROUPS, MISSING_GROUP, *([UNKNOWN_GROUP] if unknowns else [])]
    users_: Raw = {}
    if rng.random() < (0.8 if sparse else 0.55):
        users_["includeUsers"] = ["All"]
    else:
        users_["includeUsers"] = rng.choice([["None"], rng.sample(USERS, 2), [], ["GuestsOrExternalUsers"]])
        users_["includeGroups"] = rng.choice([None, [rng.choice(named)], rng.sample(named, 2)])
        users_["includeRoles"] = rng.choice([None, None, [ADMIN], [READER, ADMIN]])
        users_["includeGuestsOrExternalUsers"] = guests(rng, unknowns) if rng.random() < 0.3 else None
    if rng.random() < 0.6:
        users_["excludeUsers"] = rng.choice([[], [], rng.sample(USERS, 1), ["GuestsOrExternalUsers"]])
        users_["excludeGroups"] = rng.choice([[], [rng.choice(named)], [rng.choice(named)]])
        users_["excludeRoles"] = rng.choice([[], [], [ADMIN]])
        users_["excludeGuestsOrExternalUsers"] = guests(rng, unknowns) if rng.random() < 0.2 else None
    return users_


def guests(rng: random.Random, unknowns: bool) -> Raw:
    """Some types; of one tenant alone only where home tenants may be unknown, or only outsiders are meant."""
    outside = rng.random() < 0.4
    types = rng.sample(TYPES[3:] if outside else TYPES, rng.randint(1, 3))
    tenants_: Raw = {"@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all"}
    if (unknowns or outside) and rng.random() < 0.6:
        tenants_ = {"membershipKind": "enumerated", "members": [HOME_A]}
    return {"guestOrExternalUserTypes": ",".join(types), "externalTenants": tenants_}


def applications(rng: random.Random, unknowns: bool, sparse: bool) -> Raw:
    named = [APP, OTHER_APP, EXCHANGE, SHAREPOINT, AZURE_PORTAL, "Office365", "MicrosoftAdminPortals"]
    roll = rng.random()
    if roll < 0.08:
        return {"includeUserActions": rng.choice([[SECURITY_INFO], [JOIN], [SECURITY_INFO, JOIN]])}
    if roll < 0.14:
        return {"includeApplications": [], "includeAuthenticationContextClassReferences": [rng.choice(["c1", "c2"])]}
    made: Raw = {}
    if rng.random() < (0.85 if sparse else 0.6):
        made["includeApplications"] = ["All"]
    else:
        made["includeApplications"] = rng.choice([["None"], rng.sample(named, 1), rng.sample(named, 2)])
    if rng.random() < 0.35:
        made["excludeApplications"] = rng.sample(named, rng.randint(1, 2))
    if unknowns and rng.random() < 0.1:
        made["applicationFilter"] = {
            "mode": rng.choice(["include", "exclude"]),
            "rule": f'CustomSecurityAttribute.Tier_Level -eq "{rng.choice("01")}"',
        }
    return made


def included_and_excluded(rng: random.Random, suffix: str, values: list[str], everything: str) -> Raw:
    include = rng.choice([[everything], [everything], rng.sample(values, 1), rng.sample(values, 2), []])
    exclude = rng.choice([[], None, rng.sample(values, 1), rng.sample(values, 2)])
    return {f"include{suffix}": include, f"exclude{suffix}": exclude}


def grant(rng: random.Random) -> Raw | None:
    """Mostly MFA or a block; some of everything else."""
    roll = rng.random()
    if roll < 0.1:
        return rng.choice([None, {"operator": "OR", "builtInControls": []}])
    if roll < 0.3:
        return {"operator": "OR", "builtInControls": ["block"]}
    if roll < 0.5:
        return {"operator": rng.choice(["AND", "OR", "and"]), "builtInControls": ["mfa"]}
    controls = rng.sample(
        [
            "mfa",
            "compliantDevice",
            "domainJoinedDevice",
            "approvedApplication",
            "compliantApplication",
            "passwordChange",
            "riskRemediation",
        ],
        rng.randint(0, 3),
    )
    made: Raw = {"operator": rng.choice(["AND", "OR"]), "builtInControls": controls}
    if not controls or rng.random() < 0.25:
        made["authenticationStrength"] = rng.choice(STRENGTHS)
    if rng.random() < 0.2:
        made["termsOfUse"] = ["77777777-0000-4000-8000-000000000001"]
    if rng.random() < 0.1:
        made["customAuthenticationFactors"] = ["duo"]
    return made
