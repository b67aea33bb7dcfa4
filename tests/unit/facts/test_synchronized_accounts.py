from typing import Any

from tests.unit.directory.tenants import AT, snapshot, user

from tenantlint.facts import compute
from tenantlint.facts.interface import FactContext
from tenantlint.model import CollectionStatus


def krbtgt(users: Any) -> list[tuple[str, Any]]:
    found = compute(["synchronized_accounts"], FactContext(snapshot(users=users), AT)).tree["synchronized_accounts"]
    return [(one["id"], one["synchronized"]) for one in found["krbtgt"]]


def test_accounts_are_told_by_the_beginning_of_any_of_their_names() -> None:
    users = [
        user("d", userPrincipalName="KRBTGT_AzureAD@x.example", onPremisesSyncEnabled=True),
        user("a", onPremisesSamAccountName="krbtgt", onPremisesSyncEnabled=None),
        {"id": "c", "displayName": "krbtgt"},
        user("b", displayName="About krbtgt", userPrincipalName=None),
    ]
    assert krbtgt(users) == [("a", False), ("c", None), ("d", True)]


def test_without_users_there_is_nothing_to_tell() -> None:
    assert krbtgt(CollectionStatus.DENIED) == []
