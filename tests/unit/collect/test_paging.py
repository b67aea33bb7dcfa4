"""Lists by pages: links, loops, expired tokens, broken pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.collect.scripted import Alone, Answer, Scripted, graph_source, read

from tenantlint.collect.calls import CallError, Reason
from tenantlint.collect.cleaning import clean, cut_short
from tenantlint.collect.fetching import IncompleteError, RestartNeededError
from tenantlint.collect.lists import fetch_list, fetch_object, fetch_per_parent
from tenantlint.collect.source import Way
from tenantlint.model import CollectionStatus

USERS = graph_source("users", "/users?$select=id&$top=2")
FIRST = "/v1.0/users?$select=id&$top=2"
SECOND = "https://graph.example/v1.0/users?$skiptoken=2"
THIRD = "https://graph.example/v1.0/users?$skiptoken=3"


def page(*ids: str, link: str | None = None, **more: object) -> dict[str, object]:
    follow = {"@odata.nextLink": link} if link else {}
    return {"@odata.context": "x", "value": [{"id": one, "@odata.etag": "e"} for one in ids], **follow, **more}


def listed(tmp_path: Path, answers: dict[str, Answer | list[Answer]]) -> tuple[list[str], Exception | None, Scripted]:
    sender = Scripted(answers)
    found, error = read(Alone(sender, tmp_path), fetch_list, USERS)
    assert all(set(item) == {"id"} for item in found)
    return [item["id"] for item in found], error, sender


def test_links_are_followed_to_the_end(tmp_path: Path) -> None:
    answers = {FIRST: page("a", "b", link=SECOND), SECOND: page(link=THIRD), THIRD: page("c")}
    found, error, sender = listed(tmp_path, answers)
    assert (found, error) == (["a", "b", "c"], None)
    assert sender.asked == [FIRST, SECOND, THIRD]
    assert {call.headers["Prefer"] for call in sender.calls} == {"include-unknown-enum-members"}
    assert all(call.collection == "users" and call.area == "people" for call in sender.calls)


def test_the_first_page_fails_as_it_fails(tmp_path: Path) -> None:
    found, error, _ = listed(tmp_path, {FIRST: (403, "Authorization_RequestDenied")})
    assert found == []
    assert isinstance(error, CallError)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Reason.UNAVAILABLE, "503 on page 2; kept the 2 users before it"),
        ((403, "Forbidden"), "403 Forbidden on page 2; kept the 2 users before it"),
        (Reason.CONNECTION, "No connection on page 2; kept the 2 users before it"),
        ({"error": "?"}, "An unreadable reply on page 2; kept the 2 users before it"),
        ({"value": ["text"]}, "An unreadable reply on page 2; kept the 2 users before it"),
    ],
)
def test_a_later_page_that_fails_leaves_what_came_before(tmp_path: Path, answer: Answer, sentence: str) -> None:
    found, error, _ = listed(tmp_path, {FIRST: page("a", "b", link=SECOND), SECOND: answer})
    assert found == ["a", "b"]
    assert isinstance(error, IncompleteError)
    assert str(error) == sentence


@pytest.mark.parametrize(
    "answer",
    [
        (400, "Directory_ExpiredPageToken"),
        (400, "", "Invalid Skip Token"),
        (400, "BadRequest", "Skip token is null."),
        (400, "UnknownError", "Token not found: token is either invalid or expired"),
    ],
)
def test_an_expired_link_asks_for_a_restart(tmp_path: Path, answer: Answer) -> None:
    _, error, _ = listed(tmp_path, {FIRST: page("a", link=SECOND), SECOND: answer})
    assert isinstance(error, RestartNeededError)


def test_an_expired_token_in_the_first_call_is_no_reason_to_begin_again(tmp_path: Path) -> None:
    _, error, _ = listed(tmp_path, {FIRST: (400, "Directory_ExpiredPageToken")})
    assert isinstance(error, CallError)


@pytest.mark.parametrize("link", [SECOND, 7, {"href": SECOND}])
def test_a_link_that_leads_nowhere_new_ends_the_list(tmp_path: Path, link: object) -> None:
    answers = {FIRST: page("a", link=SECOND), SECOND: {"value": [{"id": "b"}], "@odata.nextLink": link}}
    found, error, sender = listed(tmp_path, answers)
    assert found == ["a", "b"]
    assert isinstance(error, IncompleteError)
    assert len(sender.asked) == 2


def test_an_expansion_that_is_cut_short_is_told(tmp_path: Path) -> None:
    whole = {"value": [{"id": "a", "policy": {"rules": [], "rules@odata.nextLink": "https://x"}}]}
    context = Alone(Scripted({FIRST: whole}), tmp_path)
    found, error = read(context, fetch_list, USERS)
    assert found == [{"id": "a", "policy": {"rules": []}}]
    assert isinstance(error, IncompleteError)
    assert "`rules`" in str(error)


COUNTED = graph_source("users", "/users?$count=true")
COUNT = "/v1.0/users?$count=true"


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [([2], type(None)), ([3, 2], type(None)), ([3], RestartNeededError), ([3, 4], RestartNeededError)],
)
def test_fewer_objects_than_counted_are_noticed(tmp_path: Path, counts: list[int], wanted: type) -> None:
    answers: list[Answer] = [page("a", "b", **{"@odata.count": count}) for count in counts]
    context = Alone(Scripted({COUNT: answers}), tmp_path)
    found, error = read(context, fetch_list, COUNTED)
    assert [item["id"] for item in found] == ["a", "b"]
    assert type(error) is wanted
    assert context.totals == {"users": counts[0]}
    assert context.sender.calls[0].headers["ConsistencyLevel"] == "eventual"


def test_spaces_and_quotes_are_written_as_a_url_has_them(tmp_path: Path) -> None:
    source = graph_source("role_management_policies", "/policies/x?$filter=scopeId eq '/' and a eq 'ä#'")
    context = Alone(Scripted({}), tmp_path)
    read(context, fetch_list, source)
    assert context.sender.calls[0].url == "/v1.0/policies/x?$filter=scopeId%20eq%20'/'%20and%20a%20eq%20'%C3%A4%23'"


def test_one_object_comes_without_noise(tmp_path: Path) -> None:
    source = graph_source("security_defaults", "/policies/x", Way.OBJECT)
    answer = {"@odata.context": "c", "@microsoft.graph.tips": "use $select", "id": "a", "@odata.type": "#t"}
    found, error = read(Alone(Scripted({"/v1.0/policies/x": answer}), tmp_path), fetch_object, source)
    assert (found, error) == ([{"id": "a", "@odata.type": "#t"}], None)


def test_cleaning_goes_to_any_depth_and_keeps_types() -> None:
    found = {
        "a": [{"b@odata.navigationLink": "x", "@odata.type": "#t", "c": None}],
        "a@odata.context": "y",
        "@odata.count": 1,
        "odata.count": 2,
    }
    assert clean(found) == {"a": [{"@odata.type": "#t", "c": None}], "odata.count": 2}
    assert cut_short({"a": [[{"b@odata.nextLink": "x"}]]}) == "b"
    assert cut_short([{"a": 1}, "text", None]) is None


PARENTS = [{"id": f"p{number:02}", "appId": f"app{number}", "displayName": f"App {number}"} for number in range(20)]
ROLES = graph_source(
    "app_role_assignments", "/servicePrincipals/{id}/roles", Way.PER_PARENT, parents=("service_principals",)
)


def of_parents(
    tmp_path: Path, answers: dict[str, Answer | list[Answer]], status: CollectionStatus = CollectionStatus.OK
) -> tuple[list[str], Exception | None, Scripted]:
    sender = Scripted(answers)
    context = Alone(sender, tmp_path, given={"service_principals": PARENTS}, statuses={"service_principals": status})
    found, error = read(context, fetch_per_parent, ROLES)
    return [item["id"] for item in found], error, sender


def url(number: int) -> str:
    return f"/v1.0/servicePrincipals/p{number:02}/roles"


def test_parents_are_read_side_by_side_and_given_in_order(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {url(number): page(f"r{number:02}") for number in range(20)}
    found, error, sender = of_parents(tmp_path, answers)
    assert (found, error) == ([f"r{number:02}" for number in range(20)], None)
    assert 1 < sender.most_at_once <= 8


def test_a_parent_that_is_gone_has_nothing(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {url(number): page(f"r{number:02}") for number in range(20)}
    answers[url(0)] = (404, "Request_ResourceNotFound")
    found, error, _ = of_parents(tmp_path, answers)
    assert (len(found), error) == (19, None)


def test_what_is_refused_at_the_first_parent_is_refused_at_all(tmp_path: Path) -> None:
    found, error, sender = of_parents(tmp_path, {url(0): (403, "Authorization_RequestDenied")})
    assert found == []
    assert isinstance(error, CallError)
    assert len(sender.asked) <= 9


def test_a_later_parent_that_fails_is_told_and_ends_the_reading(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {url(number): page(f"r{number:02}") for number in range(20)}
    answers[url(3)] = Reason.UNAVAILABLE
    found, error, sender = of_parents(tmp_path, answers)
    assert found == ["r00", "r01", "r02"]
    assert str(error) == "503; only those of 3 service principals were read"
    assert len(sender.asked) < 20


def test_parents_that_are_not_whole_make_the_children_not_whole(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {url(number): page(f"r{number:02}") for number in range(20)}
    found, error, _ = of_parents(tmp_path, answers, CollectionStatus.TRUNCATED)
    assert len(found) == 20
    assert isinstance(error, IncompleteError)


def test_without_parents_nothing_is_asked(tmp_path: Path) -> None:
    found, error, sender = of_parents(tmp_path, {}, CollectionStatus.DENIED)
    assert (found, sender.asked) == ([], [])
    assert isinstance(error, IncompleteError)
