"""The groups that matter: how they are found, expanded, and what is told of those that cannot be."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.collect.scripted import Alone, Answer, Scripted, everything, graph_source

from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.fetching import IncompleteError
from tenantlint.collect.group_references import Form, references
from tenantlint.collect.groups import fetch_group_eligibility, fetch_group_members, fetch_groups
from tenantlint.collect.source import Way
from tenantlint.model import CollectionStatus, JsonObject
from tenantlint.snapshot import canonical

GROUPS = graph_source("groups", "/groups/{id}?$select=id,displayName", Way.GROUPS)
MEMBERS = graph_source("group_members", "/groups/{id}/transitiveMembers?$select=id&$top=999", Way.GROUP_MEMBERS)
ELIGIBLE = graph_source(
    "privileged_access_group_eligibility_schedule_instances",
    "/identityGovernance/x?$filter=groupId eq '{id}'",
    Way.PER_PARENT,
    parents=("groups",),
)


def uid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def policy(*groups: str) -> JsonObject:
    return {"id": "p", "conditions": {"users": {"includeGroups": list(groups), "excludeGroups": []}}}


class Directory:
    """Groups with direct members, answering as Graph does."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.direct: dict[str, list[str]] = {}
        self.kinds: dict[str, str] = {}

    def group(self, identity: str, *members: str, owners: tuple[str, ...] = ()) -> None:
        self.direct[identity] = list(members)
        self.answers[f"/v1.0/groups/{identity}?$select=id,displayName"] = {
            "@odata.context": "c",
            "id": identity,
            "displayName": f"Group {identity[:8]}",
        }
        self.answers[self.url(identity, "owners")] = self._list(owners)

    def finish(self) -> dict[str, Answer | list[Answer]]:
        for identity, direct in self.direct.items():
            self.answers.setdefault(self.url(identity, "members"), self._list(direct))
            self.answers.setdefault(self.url(identity, "transitiveMembers"), self._list(self._all(identity)))
        return self.answers

    def url(self, identity: str, what: str) -> str:
        return f"/v1.0/groups/{identity}/{what}?$select=id&$top=999" + ("" if what == "owners" else "&$count=true")

    def _all(self, identity: str) -> list[str]:
        found: dict[str, None] = {}
        waiting = [identity]
        while waiting:
            for one in self.direct[waiting.pop()]:
                if one not in found:
                    found[one] = None
                    waiting += [one] if one in self.direct else []
        return list(found)

    def _list(self, ids: list[str] | tuple[str, ...]) -> JsonObject:
        return {"value": [{"@odata.type": f"#microsoft.graph.{self._kind(one)}", "id": one} for one in ids]}

    def _kind(self, identity: str) -> str:
        return "group" if identity in self.direct else self.kinds.get(identity, "user")


def walk(
    tmp_path: Path,
    answers: dict[str, Answer | list[Answer]],
    statuses: dict[str, CollectionStatus] | None = None,
    **given: list[JsonObject],
) -> tuple[list[Any], dict[str, Any], dict[str, Exception], Scripted]:
    """Group objects, member lines by group, errors by collection, and the sender."""
    sender = Scripted(answers)
    context = Alone(sender, tmp_path, given=given, statuses=statuses, selected=(GROUPS, MEMBERS))
    errors: dict[str, Exception] = {}
    given_by: dict[str, list[Any]] = {"groups": [], "group_members": []}

    async def one(fetch: Any, source: Any) -> None:
        try:
            async for batch in fetch(context, source):
                given_by[source.collection] += batch
        except Exception as error:
            errors[source.collection] = error

    async def work() -> None:
        try:
            async with asyncio.timeout(5):
                await asyncio.gather(one(fetch_groups, GROUPS), one(fetch_group_members, MEMBERS))
        finally:
            await context.close()

    asyncio.run(work())
    lines = {}
    for encoded in given_by["group_members"]:
        line = json.loads(encoded.line)
        assert canonical.line(line) == bytes(encoded.line)
        assert encoded.identity == line["group_id"]
        assert encoded.identity not in lines
        lines[encoded.identity] = line
    return given_by["groups"], lines, errors, sender


def test_nested_groups_cycles_and_owners(tmp_path: Path) -> None:
    directory = Directory()
    directory.kinds = {uid(102): "servicePrincipal", uid(103): "device", uid(104): "orgContact"}
    directory.group(uid(1), uid(2), uid(101), owners=(uid(109), uid(101)))
    directory.group(uid(2), uid(3), uid(103), uid(102))
    directory.group(uid(3), uid(1), uid(104))
    groups, lines, errors, _ = walk(tmp_path, directory.finish(), conditional_access_policies=[policy(uid(1))])
    assert errors == {}
    assert [group["id"] for group in groups] == [uid(1), uid(2), uid(3)]
    assert groups[0] == {"id": uid(1), "displayName": f"Group {uid(1)[:8]}"}
    assert lines[uid(1)] == {
        "group_id": uid(1),
        "members": [uid(101), uid(102), uid(103)],
        "nested_groups": [uid(2), uid(3)],
        "direct": [uid(2), uid(101)],
        "owners": [uid(101), uid(109)],
        "status": "ok",
    }
    assert lines[uid(3)]["direct"] == [uid(1), uid(104)]
    assert lines[uid(3)]["members"] == [uid(101), uid(102), uid(103)]
    assert set(lines) == {uid(1), uid(2), uid(3)}


def test_a_group_without_groups_needs_no_second_list_and_each_is_read_once(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101), uid(100))
    _, lines, _, sender = walk(
        tmp_path,
        directory.finish(),
        conditional_access_policies=[policy(uid(1)), policy(uid(1).upper())],
        role_assignments=[{"principalId": uid(1)}],
    )
    assert lines[uid(1)]["direct"] == [uid(100), uid(101)]
    assert sorted(sender.asked) == sorted(
        [
            f"/v1.0/groups/{uid(1)}?$select=id,displayName",
            directory.url(uid(1), "transitiveMembers"),
            directory.url(uid(1), "owners"),
        ]
    )


def test_a_deleted_group_is_missing_where_it_was_named_as_a_group(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1))
    groups, lines, errors, _ = walk(
        tmp_path,
        directory.finish(),
        conditional_access_policies=[policy(uid(1), uid(7))],
        role_assignments=[{"principalId": uid(200)}, {"principalId": uid(7)}],
    )
    assert errors == {}
    assert [group["id"] for group in groups] == [uid(1)]
    assert {identity: line["status"] for identity, line in lines.items()} == {uid(1): "ok", uid(7): "missing"}
    assert lines[uid(7)]["members"] == []


@pytest.mark.parametrize(
    ("answer", "status"), [((403, "Authorization_RequestDenied"), "denied"), (Reason.THROTTLED, "failed")]
)
def test_one_group_that_cannot_be_expanded_is_told_and_the_others_are_there(
    tmp_path: Path, answer: Answer, status: str
) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101))
    directory.group(uid(2), uid(102))
    directory.answers[directory.url(uid(2), "transitiveMembers")] = answer
    groups, lines, errors, _ = walk(tmp_path, directory.finish(), conditional_access_policies=[policy(uid(1), uid(2))])
    assert len(groups) == 2
    assert lines[uid(1)]["status"] == "ok"
    assert lines[uid(2)] == {
        "group_id": uid(2),
        "members": [],
        "nested_groups": [],
        "direct": [],
        "owners": [],
        "status": status,
    }
    assert set(errors) == {"groups", "group_members"}  # groups inside that one are not known
    assert all(isinstance(error, IncompleteError) for error in errors.values())
    assert "1 of 2 groups" in str(errors["group_members"])
    assert "Groups inside 1 of 2 groups are not known" in str(errors["groups"])


def test_what_is_refused_for_every_group_is_refused_as_a_whole(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {
        f"/v1.0/groups/{uid(number)}?$select=id,displayName": (403, "Authorization_RequestDenied")
        for number in range(1, 100)
    }
    _, lines, errors, sender = walk(
        tmp_path, answers, conditional_access_policies=[policy(*(uid(number) for number in range(1, 100)))]
    )
    assert {type(error) for error in errors.values()} == {CallError}
    assert set(errors) == {"groups", "group_members"}
    assert lines == {}
    assert len(sender.asked) < 99  # after the first refusals nobody goes on asking


def test_a_holder_of_a_role_that_cannot_be_looked_up_is_no_group_that_is_known(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101))
    directory.answers[f"/v1.0/groups/{uid(2)}?$select=id,displayName"] = Reason.UNAVAILABLE
    directory.answers[f"/v1.0/groups/{uid(3)}?$select=id,displayName"] = Reason.UNAVAILABLE
    _, lines, errors, _ = walk(
        tmp_path,
        directory.finish(),
        conditional_access_policies=[policy(uid(1), uid(2))],
        role_assignments=[{"principalId": uid(3)}],
    )
    assert {identity: line["status"] for identity, line in lines.items()} == {uid(1): "ok", uid(2): "failed"}
    assert set(errors) == {"groups", "group_members"}
    assert "2 of 3 groups (503)" in str(errors["groups"])


def test_an_expired_link_reads_that_group_again_and_no_other(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101), uid(102))
    directory.group(uid(2), uid(103))
    url = directory.url(uid(1), "transitiveMembers")
    link = "https://graph.example/next"
    first = {"value": [{"id": uid(101), "@odata.type": "#microsoft.graph.user"}], "@odata.nextLink": link}
    directory.answers[url] = first
    directory.answers[link] = [
        (400, "Directory_ExpiredPageToken"),
        {"value": [{"id": uid(102), "@odata.type": "#microsoft.graph.user"}]},
    ]
    _, lines, errors, sender = walk(tmp_path, directory.finish(), conditional_access_policies=[policy(uid(1), uid(2))])
    assert errors == {}
    assert lines[uid(1)]["members"] == [uid(101), uid(102)]
    assert sender.asked.count(url) == 2
    assert sender.asked.count(directory.url(uid(2), "transitiveMembers")) == 1


def test_members_that_move_between_pages_are_read_until_they_stand_still(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101), uid(102))
    url, link = directory.url(uid(1), "transitiveMembers"), "https://graph.example/next"
    user = "#microsoft.graph.user"
    directory.answers[url] = [
        {"value": [{"id": uid(101), "@odata.type": user}], "@odata.nextLink": link},
        {"value": [{"id": uid(101), "@odata.type": user}, {"id": uid(102), "@odata.type": user}]},
    ]
    directory.answers[link] = {"value": [{"id": uid(101), "@odata.type": user}]}
    _, lines, errors, _ = walk(tmp_path, directory.finish(), conditional_access_policies=[policy(uid(1))])
    assert errors == {}
    assert lines[uid(1)]["members"] == [uid(101), uid(102)]


def test_fewer_members_than_counted_are_never_taken_for_all(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101))
    directory.group(uid(2), uid(102))
    user = "#microsoft.graph.user"
    short = {"@odata.count": 2, "value": [{"id": uid(101), "@odata.type": user}]}
    whole = {"@odata.count": 2, "value": [{"id": uid(103), "@odata.type": user}, {"id": uid(102), "@odata.type": user}]}
    directory.answers[directory.url(uid(1), "transitiveMembers")] = short
    directory.answers[directory.url(uid(2), "transitiveMembers")] = [short, whole]
    _, lines, errors, _ = walk(tmp_path, directory.finish(), conditional_access_policies=[policy(uid(1), uid(2))])
    assert lines[uid(1)]["status"] == "failed"
    assert lines[uid(2)]["members"] == [uid(102), uid(103)]
    assert "counts more members" in str(errors["group_members"])


@pytest.mark.parametrize(
    ("status", "whole"),
    [(CollectionStatus.FAILED, False), (CollectionStatus.TRUNCATED, False), (CollectionStatus.DENIED, True)],
)
def test_where_naming_objects_may_be_missing_groups_may_be_too(
    tmp_path: Path, status: CollectionStatus, whole: bool
) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101))
    _, lines, errors, _ = walk(
        tmp_path,
        directory.finish(),
        {"safe_links_rules": status},
        conditional_access_policies=[policy(uid(1))],
    )
    assert lines[uid(1)]["status"] == "ok"
    assert {str(error) for error in errors.values()} == (
        set() if whole else {"safe_links_rules could not be read whole, and may name more groups"}
    )


def test_mail_rules_name_groups_by_address_and_by_name(tmp_path: Path) -> None:
    directory = Directory()
    for number in (1, 2, 3):
        directory.group(uid(number), uid(100 + number))
    directory.answers |= {
        "/v1.0/groups?$filter=mail eq 'sales@contoso.example'&$select=id": {"value": [{"id": uid(1)}]},
        "/v1.0/groups?$filter=displayName eq 'The boss''s list'&$select=id": {
            "value": [{"id": uid(2)}, {"id": uid(3)}]
        },
        "/v1.0/groups?$filter=displayName eq 'Gone'&$select=id": {"value": []},
        "/v1.0/groups?$filter=mail eq 'nobody@contoso.example'&$select=id": {"value": []},
    }
    rules = [
        {"SentToMemberOf": ["sales@contoso.example", "nobody@contoso.example"], "ExceptIfSentToMemberOf": None},
        {"SentToMemberOf": None, "ExceptIfSentToMemberOf": "The boss's list", "FromMemberOf": ["Gone"]},
    ]
    groups, lines, errors, _ = walk(tmp_path, directory.finish(), anti_phish_rules=rules)
    assert errors == {}
    assert [group["id"] for group in groups] == [uid(1), uid(2), uid(3)]
    assert set(lines) == {uid(1), uid(2), uid(3)}


def test_a_large_group_is_one_line(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1), *(uid(number) for number in range(5000, 1000, -1)))
    _, lines, _, _ = walk(tmp_path, directory.finish(), conditional_access_policies=[policy(uid(1))])
    assert lines[uid(1)]["members"] == [uid(number) for number in range(1001, 5001)]


def test_eligibility_is_asked_for_groups_that_hold_roles(tmp_path: Path) -> None:
    directory = Directory()
    directory.group(uid(1), uid(101))
    directory.answers[f"/v1.0/identityGovernance/x?$filter=groupId eq '{uid(1)}'"] = {"value": [{"id": "e"}]}
    sender = Scripted(directory.finish())
    context = Alone(
        sender,
        tmp_path,
        given={
            "role_assignments": [{"principalId": uid(200)}],
            "role_eligibility_schedule_instances": [{"principalId": uid(1)}],
        },
        selected=(GROUPS, MEMBERS, ELIGIBLE),
    )

    async def work() -> list[Any]:
        try:
            return await everything(fetch_group_eligibility(context, ELIGIBLE))
        finally:
            await context.close()

    assert asyncio.run(work()) == [{"id": "e"}]
    assert not any("transitiveMembers" in url for url in sender.asked)


def named(collection: str, item: JsonObject) -> list[tuple[str, str]]:
    return [(one.form.value, one.word) for one in references(collection, item)]


def test_references_of_every_kind() -> None:
    group = Form.GROUP.value
    methods = {
        "registrationEnforcement": {"x": {"includeTargets": [{"id": "all_users", "targetType": "group"}]}},
        "authenticationMethodConfigurations": [
            {
                "includeTargets": [{"id": uid(1), "targetType": "group"}, {"id": uid(9), "targetType": "user"}],
                "featureSettings": {
                    "x": {
                        "includeTarget": {"id": uid(2), "targetType": "group"},
                        "excludeTarget": {"id": "00000000-0000-0000-0000-000000000000", "targetType": "group"},
                    }
                },
            }
        ],
    }
    assert named("authentication_methods_policy", methods) == [(group, uid(1)), (group, uid(2))]
    section = {"usersAndGroups": {"targets": [{"target": uid(3), "targetType": "group"}]}}
    partner = {"b2bCollaborationOutbound": section, "b2bCollaborationInbound": section, "inboundTrust": None}
    assert named("cross_tenant_access_partners", partner) == [(group, uid(3))]
    registration = {
        "azureADJoin": {
            "allowedToJoin": {
                "@odata.type": "#microsoft.graph.enumeratedDeviceRegistrationMembership",
                "users": [uid(8)],
                "groups": [uid(4)],
            }
        }
    }
    assert named("device_registration_policy", registration) == [(group, uid(4))]
    intune = {
        "assignments": [
            {"target": {"@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": uid(5)}},
            {"target": {"@odata.type": "#microsoft.graph.exclusionGroupAssignmentTarget", "groupId": uid(6)}},
            {"target": {"@odata.type": "#microsoft.graph.allDevicesAssignmentTarget"}},
        ]
    }
    assert named("device_enrollment_configurations", intune) == [(group, uid(5)), (group, uid(6))]
    approval = {
        "policy": {"rules": [{"setting": {"x": [{"@odata.type": "#microsoft.graph.groupMembers", "groupId": uid(7)}]}}]}
    }
    assert named("role_management_policies", approval) == [(group, uid(7))]
    eligible = {"groupId": uid(1), "principalId": uid(2)}
    assert named("privileged_access_group_eligibility_schedule_instances", eligible) == [
        (group, uid(1)),
        ("principal", uid(2)),
    ]
    assert named("safe_links_rules", {"SentToMemberOf": [uid(1), " ", None, "x@y"]}) == [
        (group, uid(1)),
        ("word", "x@y"),
    ]
    assert named("conditional_access_policies", {"id": "template", "conditions": None}) == []
