"""Objects and texts: what is known of a tenant is found wherever it stands, and nothing else is touched."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.model import Tenant
from tenantlint.snapshot.catalog import collection_names
from tenantlint.snapshot.redaction import Choice, Key, Names, Redactor
from tenantlint.snapshot.redaction.fields import personal_data

KEY = Key(b"a key that nobody can guess, for tests only")
TENANT = Tenant(
    id="6f1d7c2e-0000-4000-8000-000000000001",
    display_name="Contoso",
    initial_domain="contoso.onmicrosoft.com",
    cloud="global",
)
ANNA: dict[str, Any] = {
    "id": "2d43e0ef-9abb-59ec-9e6a-373cabf71d02",
    "displayName": "Anna Fell",
    "userPrincipalName": "anna.fell@contoso.com",
    "mail": "Anna.Fell@contoso.com",
    "department": "Finance",
    "businessPhones": ["+49 30 1234"],
    "proxyAddresses": ["SMTP:anna.fell@contoso.com", "x500:/o=Org/cn=annafell", "sip:anna.fell@contoso.com"],
    "onPremisesDistinguishedName": "CN=Anna Fell,OU=People,DC=corp,DC=contoso,DC=com",
    "onPremisesSecurityIdentifier": "S-1-5-21-1-2-3-4567",
    "accountEnabled": True,
    "userType": "Member",
}
GROUP: dict[str, Any] = {
    "id": "cd6afd4a-f1d8-5dc1-a048-a9b795983011",
    "displayName": "Board of Contoso",
    "description": "For Anna",
}


def redactor(choice: Choice | None = None, **collections: list[dict[str, Any]]) -> Redactor:
    found = Redactor(KEY, choice or Choice(), TENANT)
    found.learn("users", ANNA)
    found.learn("groups", GROUP)
    for name, items in collections.items():
        for item in items:
            found.learn(name, item)
    return found


def test_a_person_is_the_same_in_every_form_and_collection() -> None:
    found = redactor()
    user: Any = found.rewritten("users", ANNA)
    address = user["userPrincipalName"]
    assert user["mail"] == address
    assert user["proxyAddresses"][0] == f"SMTP:{address}"
    assert user["proxyAddresses"][2] == f"sip:{address}"
    rule: Any = found.rewritten(
        "transport_rules",
        {
            "Name": "Copy for ANNA FELL",
            "SentTo": ["anna.fell@CONTOSO.com", "Anna Fell", "Anna Fell <anna.fell@contoso.com>"],
            "Description": "If the message is sent to 'anna.fell@contoso.com', tell Fell's deputy Anna Fell.",
            "RecipientDomainIs": ["contoso.com", "sub.contoso.com"],
            "RedirectMessageTo": None,
        },
    )
    name = user["displayName"]
    assert rule["Name"] == f"Copy for {name}"
    assert rule["SentTo"] == [address, name, f"{name} <{address}>"]
    assert rule["Description"] == f"If the message is sent to '{address}', tell Fell's deputy {name}."
    home = address.partition("@")[2]
    assert rule["RecipientDomainIs"][0] == home
    assert rule["RecipientDomainIs"][1].endswith(f".{home}")
    policy: Any = found.rewritten(
        "anti_phish_policies", {"TargetedUsersToProtect": ["Anna Fell;anna.fell@contoso.com"]}
    )
    assert policy["TargetedUsersToProtect"] == [f"{name};{address}"]


def test_what_is_not_personal_stays_as_it_is() -> None:
    user: Any = redactor().rewritten("users", ANNA)
    for key in ("id", "accountEnabled", "userType"):
        assert user[key] == ANNA[key]
    assert list(user) == list(ANNA)
    policy = {
        "id": "02a2eee8-e6e1-5404-80e4-d279e08735ec",
        "displayName": "100 Block legacy authentication",
        "state": "enabled",
        "conditions": {"users": {"excludeUsers": [ANNA["id"]]}, "clientAppTypes": ["other"], "platforms": None},
        "createdDateTime": "2025-03-04T10:11:12.1234567Z",
    }
    assert redactor().rewritten("conditional_access_policies", policy) == policy


def test_names_of_configuration_are_replaced_when_asked_for_but_for_microsofts() -> None:
    found = redactor(Choice(Names.ALL))
    first: Any = found.rewritten("safe_links_rules", {"Name": "Sales", "SafeLinksPolicy": "Sales", "Priority": 0})
    policy: Any = found.rewritten("safe_links_policies", {"Name": "Sales", "Identity": "sales"})
    assert first["SafeLinksPolicy"] == first["Name"] == policy["Name"] == policy["Identity"] != "Sales"
    for kept in ("Default", "Standard Preset Security Policy1659535429826", "Office365 AntiPhish Default", "Global"):
        assert found.rewritten("anti_phish_policies", {"Name": kept}) == {"Name": kept}
    own: Any = found.rewritten("teams_meeting_policies", {"Identity": "Tag:Board meetings"})
    assert own["Identity"].startswith("Tag:Name ")


def test_a_built_in_role_keeps_its_name_and_id_and_an_own_one_does_not() -> None:
    built_in = {"id": "62e90394-69f5-4237-9190-012177145e10", "displayName": "Global Administrator", "isBuiltIn": True}
    custom = {"id": "2f7e7f05-65d1-5591-9417-1cdd4623a2dd", "displayName": "Helpdesk North", "isBuiltIn": False}
    found = redactor(Choice(Names.ALL, ids=True), role_definitions=[built_in, custom])
    assert found.rewritten("role_definitions", built_in) == built_in
    own: Any = found.rewritten("role_definitions", custom)
    assignment: Any = found.rewritten("role_assignments", {"roleDefinitionId": custom["id"], "principalId": ANNA["id"]})
    assert own["id"] == assignment["roleDefinitionId"] != custom["id"]
    assert own["displayName"].startswith("Name ")


def test_hashed_ids_are_the_same_everywhere_and_microsofts_stay() -> None:
    own_app = {"id": "087f1783-9e51-5cf5-9edd-a36ce44681f6", "appId": "50e23a40-787e-5c7d-88fe-6c75c8e2850f"}
    first_party = {
        "id": "53785b80-d4ac-5aa4-bf63-3baecd31b06c",
        "appId": "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
        "appOwnerOrganizationId": "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
        "displayName": "Microsoft Teams",
    }
    found = redactor(Choice(ids=True), applications=[own_app], service_principals=[first_party])
    user: Any = found.rewritten("users", ANNA)
    review: Any = found.rewritten("admin_consent_request_policy", {"reviewers": [{"query": f"/users/{ANNA['id']}"}]})
    assert review["reviewers"][0]["query"] == f"/users/{user['id']}"
    assert user["id"] != ANNA["id"]
    policy: Any = found.rewritten(
        "conditional_access_policies",
        {
            "conditions": {
                "users": {"includeUsers": ["All"], "excludeUsers": [str(ANNA["id"]).upper()]},
                "applications": {
                    "includeApplications": [
                        own_app["appId"],
                        first_party["appId"],
                        "Office365",
                        "797f4846-ba00-4fd7-ba43-dac1f8f63013",
                    ]
                },
            }
        },
    )
    assert policy["conditions"]["users"] == {"includeUsers": ["All"], "excludeUsers": [user["id"]]}
    own, teams, *rest = policy["conditions"]["applications"]["includeApplications"]
    application: Any = found.rewritten("applications", own_app)
    assert own == application["appId"] != own_app["appId"]
    assert teams == first_party["appId"]
    assert rest == ["Office365", "797f4846-ba00-4fd7-ba43-dac1f8f63013"]
    sku: Any = found.rewritten(
        "subscribed_skus",
        {"id": f"{TENANT.id}_06ebc4ee-1bb5-47dd-8120-11324bc54e06", "skuId": "06ebc4ee-1bb5-47dd-8120-11324bc54e06"},
    )
    assert sku["skuId"] == "06ebc4ee-1bb5-47dd-8120-11324bc54e06"
    assert sku["id"].startswith(found.tenant().id)
    grant: Any = found.rewritten("oauth2_permission_grants", {"id": "ZZUeMdb1XUGvhc3RtM4JKGWVHjHW9V1Br4XN0bTOCSg"})
    assert grant["id"] != "ZZUeMdb1XUGvhc3RtM4JKGWVHjHW9V1Br4XN0bTOCSg"


def test_the_tenants_name_is_found_inside_words_and_hosts() -> None:
    found = redactor()
    domain = found.tenant().initial_domain
    label = domain.removesuffix(".onmicrosoft.com")
    said = found.text(r"ContosoHQ at https://contoso.sharepoint.com/sites/x, CN=contoso.onmicrosoft.com, CONTOSO\svc")
    assert "contoso" not in said.lower()
    assert f"https://{label}.sharepoint.com/sites/x" in said
    assert f"CN={domain}" in said


def test_a_guest_from_a_partner_brings_the_partners_domain() -> None:
    guest = {
        "id": "a",
        "displayName": "Gustav Gast",
        "mail": "gustav@partner.net",
        "userPrincipalName": "gustav_partner.net#EXT#@contoso.onmicrosoft.com",
    }
    found = redactor(users=[ANNA, guest])
    rewritten: Any = found.rewritten("users", guest)
    account, _, domain = rewritten["mail"].partition("@")
    assert rewritten["userPrincipalName"].startswith(f"{account}_{domain}#EXT#@")
    assert "partner" not in found.text("Trust in partner.net and login.partner.net")


def test_people_as_json_in_a_text_are_found() -> None:
    found = redactor()
    rule: Any = found.rewritten(
        "dlp_compliance_rules",
        {
            "ExceptIfOneDriveSharedByMemberOf": [
                '{"DisplayName":"Anna Fell","PrimarySmtpAddress":"anna.fell@contoso.com"}'
            ]
        },
    )
    (text,) = rule["ExceptIfOneDriveSharedByMemberOf"]
    assert "Anna" not in text
    assert "contoso" not in text


def test_membership_rules_still_ask_for_the_same_attributes() -> None:
    found = redactor()
    user: Any = found.rewritten("users", ANNA)
    group: Any = found.rewritten(
        "groups",
        {"displayName": "x y", "membershipRule": '(user.department -eq "FINANCE") and (user.userType -eq "Guest")'},
    )
    assert group["membershipRule"] == f'(user.department -eq "{user["department"]}") and (user.userType -eq "Guest")'


def test_ip_addresses_are_replaced_only_when_asked_for() -> None:
    location = {"ipRanges": [{"cidrAddress": "52.96.1.0/24"}], "displayName": "HQ"}
    assert redactor().rewritten("named_locations", location) == location
    hidden: Any = redactor(Choice(ips=True)).rewritten("named_locations", location)
    assert hidden["ipRanges"][0]["cidrAddress"] != "52.96.1.0/24"
    audit: Any = redactor().rewritten("directory_audits", {"initiatedBy": {"user": {"ipAddress": "52.96.1.7"}}})
    assert audit["initiatedBy"]["user"]["ipAddress"] != "52.96.1.7"  # where a person was


def test_maps_from_addresses_to_things_are_rewritten_too() -> None:
    found = redactor()
    settings: Any = found.rewritten("sharepoint_tenant", {"ByOwner": {"anna.fell@contoso.com": 1, "ordinary_key": 2}})
    assert "ordinary_key" in settings["ByOwner"]
    assert "contoso" not in str(settings)


def test_the_manifest_says_what_was_done_and_not_with_what() -> None:
    found = redactor(Choice(Names.ALL, ids=True))
    said: Any = found.document()
    assert said["key"] == KEY.fingerprint
    assert (said["names"], said["ids"], said["ip_addresses"]) == ("all", "hashed", "kept")
    assert {"users.displayName", "users.proxyAddresses", "groups.displayName"} <= set(said["fields"])
    assert KEY.secret.decode() not in str(said)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.sampled_from(["Anna Fell", "a@contoso.com"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)


@given(st.sampled_from(collection_names()), st.dictionaries(st.text(max_size=12), _JSON, max_size=6))
def test_any_object_keeps_its_shape_and_two_runs_agree(collection: str, item: dict[str, Any]) -> None:
    choice = Choice(Names.ALL, ids=True, ips=True)
    first, second = (redactor(choice, **{collection: [item]}).rewritten(collection, item) for _ in range(2))
    assert first == second
    assert shape(first) == shape(item)
    assert "Anna Fell" not in str(first)


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return [shape(child) for child in value.values()]
    if isinstance(value, list):
        return [shape(child) for child in value]
    return "" if isinstance(value, str) else value


def test_every_collection_of_the_data_is_known_and_no_key_has_two_kinds() -> None:
    import json

    from tenantlint import shipped

    loaded = json.loads((shipped.policies() / "data" / "personal_data.json").read_text("utf-8"))
    assert set(loaded["collections"]) <= set(collection_names())
    keys = [key.lower() for kind in loaded["keys"].values() for key in {key.lower() for key in kind}]
    assert len(keys) == len(set(keys))
    for name, kinds in loaded["collections"].items():
        paths = [path for found in kinds.values() for path in found]
        assert len(paths) == len(set(paths)), name
    assert personal_data() is personal_data()


@pytest.mark.parametrize("name", ["users", "mailboxes", "groups", "user_registration_details"])
def test_the_schemas_names_and_addresses_of_people_are_all_listed(name: str) -> None:
    """Whatever a schema of people calls a name, an address or a phone has a kind of its own."""
    from tenantlint.snapshot.catalog import collection_schema
    from tenantlint.snapshot.redaction.fields import Kind

    data = personal_data()
    for key, schema in collection_schema(name)["properties"].items():
        personal = any(part in key.lower() for part in ("name", "mail", "address", "phone", "department", "title"))
        if personal and "boolean" not in schema["type"]:
            assert data.child(name, data.root(name), key).kind not in (Kind.TEXT, Kind.KEEP), key


@pytest.mark.parametrize(
    "piece", ["a", "a.", "1.", "a'", " ", "a;", "x@y;", "a.a/", "{", "a a ", "-", "_a.", "0a-", "%"]
)
def test_hostile_texts_take_no_square_of_their_length(piece: str) -> None:
    """A search that did would take hours here."""
    text = f"{piece * (20_000 // len(piece))}@{piece}"
    found = redactor(Choice(Names.ALL, ids=True, ips=True), users=[ANNA, {"displayName": "a a"}])
    for collection, key in (("users", "mail"), ("transport_rules", "SentTo"), ("domains", "id"), ("groups", "other")):
        found.learn(collection, {key: text})
        found.rewritten(collection, {key: text})


def test_an_id_where_a_name_may_stand_is_no_name() -> None:
    """Exchange calls a mailbox by its id: that id must not be taken for somebody's name elsewhere."""
    found = redactor(mailboxes=[{"Identity": ANNA["id"], "DisplayName": "Anna Fell", "Guid": "g"}])
    assert found.text(f"principals: [{ANNA['id']}]") == f"principals: [{ANNA['id']}]"
