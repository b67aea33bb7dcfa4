import pytest
from tests.unit.directory.tenants import GA, assignment, snapshot, user

from tenantlint.directory import Directory
from tenantlint.directory.principals import guest_type_of, guest_types_of
from tenantlint.model import CollectionStatus, Principal
from tenantlint.snapshot import Collection


def test_principals_of_every_kind() -> None:
    directory = Directory(
        snapshot(
            users=[user("u"), user("off", enabled=False), {"id": "bare", "userPrincipalName": "bare@x.example"}],
            groups=[{"id": "g", "displayName": "Group"}],
            service_principals=[{"id": "s", "displayName": "App", "accountEnabled": True}],
        )
    )
    assert directory.principal("U") == Principal(id="u", kind="user", name="User u", enabled=True)
    assert directory.principal("off").enabled is False
    assert directory.disabled_ids == {"off"}
    assert directory.principal("bare") == Principal(id="bare", kind="user", name="bare@x.example")
    assert directory.principal("g") == Principal(id="g", kind="group", name="Group")
    assert directory.principal("s") == Principal(id="s", kind="servicePrincipal", name="App", enabled=True)
    assert directory.principal("nobody") == Principal(id="nobody", kind="unknown")


@pytest.mark.parametrize(
    ("hint", "kind"),
    [
        ({"@odata.type": "#microsoft.graph.user", "accountEnabled": False}, "user"),
        ({"@odata.type": "#microsoft.graph.group", "accountEnabled": True}, "group"),
        ({"@odata.type": None, "displayName": 3}, "unknown"),
        ("text", "unknown"),
    ],
)
def test_hints_help_where_there_is_no_object(hint: object, kind: str) -> None:
    found = Directory(snapshot()).principal("x", hint)
    assert (found.kind, found.enabled) == (kind, False if kind == "user" else None)


def test_objects_of_an_incomplete_list_still_give_names() -> None:
    directory = Directory(
        snapshot(users=Collection("users", CollectionStatus.TRUNCATED, items=[user("u"), {"displayName": "no id"}]))
    )
    assert directory.principal("u").name == "User u"
    assert not directory.users_known
    assert directory.user_ids == {"u"}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, None),
        ({"userType": None}, None),
        ({"userType": "Guest"}, "internalGuest"),
        ({"userType": "guest", "externalUserState": "Accepted"}, "b2bCollaborationGuest"),
        ({"userType": "Guest", "userPrincipalName": "a_b.example#EXT#@t.example"}, "b2bCollaborationGuest"),
        ({"userType": "Member", "creationType": "Invitation"}, "b2bCollaborationMember"),
    ],
)
def test_guest_types(more: dict[str, object], expected: str | None) -> None:
    assert guest_type_of(user("u", **more)) == expected
    directory = Directory(snapshot(users=[user("u", **more)]))
    assert directory.guests("b2bCollaborationGuest") == (["u"] if expected == "b2bCollaborationGuest" else [])


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, ()),
        ({}, ()),
        ({"guestOrExternalUserTypes": None}, ()),
        ({"guestOrExternalUserTypes": "none"}, ()),
        ({"guestOrExternalUserTypes": "internalGuest, serviceProvider,"}, ("internalGuest", "serviceProvider")),
        ([], ()),
    ],
)
def test_guest_conditions_are_comma_joined_flags(condition: object, expected: tuple[str, ...]) -> None:
    assert guest_types_of(condition) == expected


def test_expand_gives_members_holders_and_the_own_spelling() -> None:
    directory = Directory(
        snapshot(
            users=[user("U1"), user("u2")],
            groups=[{"id": "g"}, {"id": "hidden"}],
            group_members=[
                {"group_id": "g", "members": ["u1", "x"]},
                {"group_id": "hidden", "status": "denied"},
                {"group_id": "gone", "status": "missing"},
            ],
            role_assignments=[assignment("u2")],
        )
    )
    assert directory.expand("G") == {"U1", "x"}
    assert directory.expand(GA) == {"u2"}
    assert directory.expand("hidden") is None
    assert directory.expand("gone") == frozenset()
    assert directory.expand("u2") == frozenset()
    assert directory.expand("u1") == {"U1"}
    assert directory.expand("contoso.example") == frozenset()


def test_expand_of_a_role_whose_holders_are_not_known() -> None:
    directory = Directory(snapshot(role_definitions=[{"id": GA, "displayName": "Global Administrator"}]))
    assert directory.expand(GA) is None
