"""What-If requests: Graph's published bodies, its words in any case, what tenantlint adds, and hostile input."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tenantlint.conditional_access.policy import (
    CLIENT_APP_TYPES,
    INSIDER_RISK_LEVELS,
    PLATFORMS,
    RISK_LEVELS,
    TRANSFER_METHODS,
)
from tenantlint.conditional_access.request import SignIn, parse_request, request_body
from tenantlint.directory import GUEST_TYPES
from tenantlint.errors import InputError

USER = "15dc174b-f34c-4588-ac45-61d6e05dce93"
SCHEMA = json.loads((Path(__file__).parents[3] / "policies/schemas/whatif-request.json").read_text("utf-8"))

# The four bodies of Microsoft's page on the call (conditionalAccessRoot: evaluate, 2025-07).
APPLICATION = {
    "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": USER},
    "signInContext": {
        "@odata.type": "#microsoft.graph.applicationContext",
        "includeApplications": ["00000003-0000-0ff1-ce00-000000000000"],
    },
    "signInConditions": {
        "devicePlatform": "android",
        "clientAppType": "browser",
        "signInRiskLevel": "high",
        "userRiskLevel": "high",
        "country": "US",
        "ipAddress": "40.77.182.32",
        "insiderRiskLevel": "elevated",
        "authenticationFlow": {"transferMethod": "deviceCodeFlow"},
        "deviceInfo": {"isCompliant": True},
    },
    "appliedPoliciesOnly": True,
}
CONTEXT = {
    "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": USER},
    "signInContext": {"@odata.type": "#microsoft.graph.authContext", "authenticationContextValue": "c37"},
    "signInConditions": {
        "devicePlatform": "windows",
        "clientAppType": "mobileAppsAndDesktopClients",
        "signInRiskLevel": "medium",
        "userRiskLevel": "none",
        "country": "US",
        "ipAddress": "40.77.182.32",
        "insiderRiskLevel": "moderate",
        "authenticationFlow": {"transferMethod": "authenticationTransfer"},
        "deviceInfo": {"profileType": "Standard"},
    },
    "appliedPoliciesOnly": True,
}
ACTION = {
    "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": USER},
    "signInContext": {
        "@odata.type": "#microsoft.graph.userActionContext",
        "userAction": "registerSecurityInformation",
    },
    "signInConditions": {
        "devicePlatform": "macOS",
        "clientAppType": "browser",
        "signInRiskLevel": "low",
        "userRiskLevel": "high",
        "servicePrincipalRiskLevel": "none",
        "country": "CA",
        "ipAddress": "40.77.182.32",
        "insiderRiskLevel": "minor",
        "authenticationFlow": {"transferMethod": "deviceCodeFlow"},
        "deviceInfo": {"trustType": "EntraID"},
    },
    "appliedPoliciesOnly": True,
}
SERVICE = {
    "signInIdentity": {
        "@odata.type": "#microsoft.graph.servicePrincipalSignIn",
        "servicePrincipalId": "c65b94a5-0049-439a-a6fd-bce307077730",
    },
    "signInContext": {
        "@odata.type": "#microsoft.graph.applicationContext",
        "includeApplications": ["00000003-0000-0ff1-ce00-000000000000"],
    },
    "signInConditions": {"servicePrincipalRiskLevel": "high", "country": "CA", "ipAddress": "40.77.182.32"},
    "appliedPoliciesOnly": True,
}


def body(identity: Any = None, context: Any = None, **conditions: Any) -> dict[str, Any]:
    return {
        "signInIdentity": {"userId": "u"} if identity is None else identity,
        "signInContext": {"includeApplications": ["other"]} if context is None else context,
        "signInConditions": conditions,
    }


@pytest.mark.parametrize("published", [APPLICATION, CONTEXT, ACTION, SERVICE])
def test_published_bodies_are_read_and_written_back(published: dict[str, Any]) -> None:
    sign_in = parse_request(published)
    assert parse_request(request_body(sign_in)) == sign_in
    Draft202012Validator(SCHEMA).validate(published)
    Draft202012Validator(SCHEMA).validate(request_body(sign_in))


def test_the_first_published_body_means_what_its_page_says() -> None:
    assert parse_request(APPLICATION) == SignIn(
        user_id=USER,
        resources=("00000003-0000-0ff1-ce00-000000000000",),
        client_app_type="browser",
        platform="android",
        device=(("isCompliant", "True"),),
        ip_address="40.77.182.32",
        country="US",
        sign_in_risk="high",
        user_risk="high",
        insider_risk="elevated",
        flow="deviceCodeFlow",
        applied_only=True,
    )


def test_actions_contexts_and_service_principals_are_told_apart() -> None:
    assert parse_request(ACTION).resources == ("urn:user:registersecurityinfo",)
    assert parse_request(CONTEXT).resources == ("c37",)
    assert parse_request(SERVICE).service_principal_id == "c65b94a5-0049-439a-a6fd-bce307077730"
    assert parse_request(SERVICE).user_id is None


def test_risks_and_the_flow_default_to_none_and_nothing_else_is_made_up() -> None:
    found = parse_request({"signInIdentity": {"userId": "U"}, "signInContext": {"includeApplications": ["A"]}})
    assert found == SignIn(user_id="u", resources=("a",))
    assert (found.sign_in_risk, found.user_risk, found.insider_risk, found.flow) == ("none",) * 4
    assert found.client_app_type is found.platform is found.device is found.ip_address is found.locations is None


@pytest.mark.parametrize("word", ["all", "ALL", None])
def test_all_says_nothing_about_client_and_platform(word: str | None) -> None:
    found = parse_request(body(clientAppType=word, devicePlatform=word))
    assert found.client_app_type is None
    assert found.platform is None


def test_words_may_be_in_any_case() -> None:
    found = parse_request(
        body(
            {"userId": "ABC", "externalUserType": "B2BCOLLABORATIONGUEST", "externalTenantId": "T"},
            clientAppType="EASSupported",
            devicePlatform="IOS",
            country="de",
            signInRiskLevel="High",
            authenticationFlow={"transferMethod": "devicecodeflow"},
        )
    )
    assert (found.user_id, found.external_user_type, found.external_tenant_id) == ("abc", "b2bCollaborationGuest", "t")
    assert (found.client_app_type, found.platform, found.country) == ("exchangeActiveSync", "iOS", "DE")
    assert (found.sign_in_risk, found.flow) == ("high", "deviceCodeFlow")


def test_suites_keep_graphs_word() -> None:
    assert parse_request(body(context={"includeApplications": ["office365"]})).resources == ("Office365",)


def test_a_person_may_be_given_by_groups_and_roles_alone() -> None:
    found = parse_request(body({"memberOf": ["B", "a", "b"], "roles": []}, locations=["L"], devicePlatform="unknown"))
    assert (found.user_id, found.member_of, found.roles) == (None, ("a", "b"), ())
    assert (found.locations, found.platform) == (("l",), "unknown")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ()),
        ({"displayName": "PC"}, (("displayName", "PC"), ("isCompliant", "False"))),
        ({"isCompliant": True}, (("isCompliant", "True"),)),
        ({"isCompliant": "true"}, (("isCompliant", "True"),)),
        ({"ownership": "Company"}, (("deviceOwnership", "Company"), ("isCompliant", "False"))),
        ({"trustType": "EntraID"}, (("isCompliant", "False"), ("trustType", "AzureAD"))),
        ({"physicalIds": ["a", "b"], "model": None}, (("isCompliant", "False"), ("physicalIds", ("a", "b")))),
        # Extension attributes are readable of compliant and hybrid joined devices only.
        ({"extensionAttribute1": "x"}, (("isCompliant", "False"),)),
        ({"extensionAttribute1": "x", "isCompliant": True}, (("extensionAttribute1", "x"), ("isCompliant", "True"))),
        (
            {"extensionAttribute1": "x", "trustType": "ServerAD"},
            (("extensionAttribute1", "x"), ("isCompliant", "False"), ("trustType", "ServerAD")),
        ),
    ],
)
def test_devices_become_what_filter_rules_read(given: dict[str, Any], wanted: Any) -> None:
    found = parse_request(body(deviceInfo=given))
    assert found.device == wanted
    assert parse_request(request_body(found)).device == wanted


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "req:7: a request is an object, not []."),
        (None, "req:7: a request is an object, not None."),
        ({}, "req:7: `signInIdentity` is missing; write the body of Graph's What-If call."),
        (body("me"), "req:7: `signInIdentity` must be an object, not 'me'."),
        (
            body({}),
            "req:7: `signInIdentity` names nobody; write a userId, or memberOf, roles or externalUserType.",
        ),
        (
            body({"userId": ""}),
            "req:7: `signInIdentity` names nobody; write a userId, or memberOf, roles or externalUserType.",
        ),
        (body({"userId": 7}), "req:7: `userId` must be a text, not 7."),
        (body({"userID": "u"}), "req:7: there is no property `signInIdentity.userID`; did you mean userId."),
        (
            body({"servicePrincipalId": None}),
            "req:7: `signInIdentity.servicePrincipalId` is empty; write the object id of a service principal.",
        ),
        (
            body({"servicePrincipalId": "s", "userId": "u"}),
            "req:7: there is no property `signInIdentity.userId`.",
        ),
        (body({"memberOf": [1]}), "req:7: `memberOf` must be a list of texts, not [1]."),
        (
            body(context={}),
            "req:7: `signInContext` must have one of includeApplications, userAction and authenticationContextValue, "
            "not none.",
        ),
        (
            body(context={"includeApplications": ["a"], "userAction": "registerSecurityInformation"}),
            "req:7: `signInContext` must have one of includeApplications, userAction and authenticationContextValue, "
            "not includeApplications and userAction.",
        ),
        (
            body(context={"includeApplications": ["All"]}),
            "req:7: `includeApplications` has All; name applications; `other` is one that no policy names.",
        ),
        (
            body(context={"includeApplications": ["c1"]}),
            "req:7: `includeApplications` has 'c1'; put it in userAction or authenticationContextValue.",
        ),
        (
            body(context={"userAction": "dance"}),
            "req:7: `userAction` is 'dance'; write one of registerSecurityInformation, registerOrJoinDevices.",
        ),
        (
            body(context={"authenticationContextValue": "c100"}),
            "req:7: `authenticationContextValue` is 'c100'; write one of c1 to c99.",
        ),
        (
            body(clientAppType="telnet"),
            "req:7: `clientAppType` is 'telnet'; write one of browser, mobileAppsAndDesktopClients, "
            "exchangeActiveSync, other.",
        ),
        (
            body(signInRiskLevel=3),
            "req:7: `signInRiskLevel` is 3; write one of none, low, medium, high, hidden.",
        ),
        (body(ipAddress="1.2.3"), "req:7: `ipAddress` is '1.2.3'; write an IPv4 or IPv6 address."),
        (
            body(country="Germany"),
            "req:7: `country` is 'Germany'; write a code of two letters such as DE, or unknown.",
        ),
        (
            body(signinRiskLevel="low"),
            "req:7: there is no property `signInConditions.signinRiskLevel`; did you mean signInRiskLevel.",
        ),
        (body(deviceInfo=True), "req:7: `signInConditions.deviceInfo` must be an object, not True."),
        (
            body(deviceInfo={"compliant": True}),
            "req:7: there is no property `signInConditions.deviceInfo.compliant`; did you mean isCompliant.",
        ),
        (
            body(deviceInfo={"isCompliant": "perhaps"}),
            "req:7: `deviceInfo.isCompliant` must be true or false, not 'perhaps'.",
        ),
        (
            body(deviceInfo={"physicalIds": "x"}),
            "req:7: `deviceInfo.physicalIds` must be a list of texts, not 'x'.",
        ),
        (
            body(authenticationFlow="deviceCodeFlow"),
            "req:7: `signInConditions.authenticationFlow` must be an object, not 'deviceCodeFlow'.",
        ),
        (
            body(authenticationFlow={"method": "none"}),
            "req:7: there is no property `signInConditions.authenticationFlow.method`.",
        ),
        (
            body() | {"appliedPoliciesOnly": "yes"},
            "req:7: `appliedPoliciesOnly` must be true or false, not 'yes'.",
        ),
        (body() | {"x" * 500: 1}, f"req:7: there is no property `{'x' * 60}`."),
        (body() | {"a\n\x1b[31m": 1}, r"req:7: there is no property `a\n\x1b[31m`."),
    ],
)
def test_a_wrong_request_is_refused_with_one_sentence(given: Any, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_request(given, "req:7")
    assert caught.value.sentence() == sentence


_TEXT = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8).map(str.lower)
_IDS = st.none() | st.lists(_TEXT, max_size=3, unique=True).map(lambda ids: tuple(sorted(ids)))
_DEVICES = st.none() | st.sampled_from(
    [(), (("isCompliant", "True"),), (("displayName", "PC"), ("isCompliant", "False"), ("systemLabels", ("a", "b")))]
)
_RESOURCES = st.one_of(
    st.lists(_TEXT.map(lambda text: f"app-{text}"), min_size=1, max_size=3).map(tuple),
    st.sampled_from([("c7",), ("urn:user:registerdevice",), ("Office365",)]),
)


@given(
    st.builds(
        SignIn,
        user_id=_TEXT,
        external_user_type=st.none() | st.sampled_from([*GUEST_TYPES, "none"]),
        external_tenant_id=st.none() | _TEXT,
        member_of=_IDS,
        roles=_IDS,
        resources=_RESOURCES,
        client_app_type=st.none() | st.sampled_from(CLIENT_APP_TYPES),
        platform=st.none() | st.sampled_from([*PLATFORMS, "unknown"]),
        device=_DEVICES,
        ip_address=st.none() | st.ip_addresses().map(str),
        country=st.none() | st.sampled_from(["DE", "unknown"]),
        locations=_IDS,
        sign_in_risk=st.sampled_from(RISK_LEVELS),
        user_risk=st.sampled_from(RISK_LEVELS),
        insider_risk=st.sampled_from(INSIDER_RISK_LEVELS),
        flow=st.sampled_from(TRANSFER_METHODS),
        applied_only=st.booleans(),
    )
)
def test_every_sign_in_survives_being_written_as_a_request(sign_in: SignIn) -> None:
    written = json.loads(json.dumps(request_body(sign_in)))
    Draft202012Validator(SCHEMA).validate(written)
    assert parse_request(written) == sign_in


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_KEYS = {
    "signInIdentity": ("userId", "externalUserType", "externalTenantId", "memberOf", "roles", "servicePrincipalId"),
    "signInContext": ("includeApplications", "userAction", "authenticationContextValue"),
    "signInConditions": ("clientAppType", "deviceInfo", "ipAddress", "country", "locations", "authenticationFlow"),
}


@given(
    st.fixed_dictionaries(
        {},
        optional={
            key: _JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(keys, _JSON)) for key, keys in _KEYS.items()
        },
    )
)
def test_whatever_comes_is_read_or_refused(given_body: dict[str, Any]) -> None:
    try:
        parse_request(given_body)
    except InputError as error:
        assert "\n" not in error.sentence()
