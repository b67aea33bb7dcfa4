"""Whole tenants: nobody is left in the bytes, every verdict stays, and two snapshots under one key line up."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tenantlint.config import Config
from tenantlint.engine import open_engine
from tenantlint.errors import UsageError
from tenantlint.jobs.lint import chosen, library, lint
from tenantlint.model import Report
from tenantlint.snapshot.content import Collection, Snapshot
from tenantlint.snapshot.pseudonymising import pseudonymise
from tenantlint.snapshot.redaction import Choice, Key, Names, Redactor
from tenantlint.snapshot.store import open_snapshot, write_snapshot
from tenantlint.sources import open_target

ROOT = Path(__file__).resolve().parents[3]
SNAPSHOTS = ROOT / "snapshots"
EXPORT = ROOT.parent / "shared" / "corpus" / "scubagear" / "ProviderSettingsExport.json"
KEY = Key(b"a key that nobody can guess, for tests only")
NOW = datetime(2026, 11, 20, tzinfo=UTC)
PEOPLE, ALL = Choice(), Choice(Names.ALL, ids=True, ips=True)
choices = pytest.mark.parametrize("choice", [PEOPLE, ALL], ids=["people", "all"])
tenants = pytest.mark.parametrize("tenant", ["contoso", "fabrikam", "partial"])


def made(source: Path, out: Path, choice: Choice, key: Key = KEY) -> Redactor:
    return pseudonymise(source, out, key, choice, tool_version="1.2.3")


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield key
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)


def originals(snapshot: Snapshot) -> set[str]:
    """Names of people and of groups, every address with its parts, every domain, the tenant.

    Not the name of a group that is one plain word (`Administrators`): it is replaced where it names the group, and
    stands in texts of Microsoft's as the word that it is.
    """
    found = {snapshot.tenant.display_name, snapshot.tenant.initial_domain}
    for collection in snapshot.collections.values():
        for item in collection.items:
            for text in strings(dict(item)):
                found.update(re.findall(r"[\w.+-]+@[\w.-]+\w", text))
                found.update(re.findall(r"[\w-]+(?:\.[\w-]+)*\.example\b", text))
    people = ("users", "displayName"), ("groups", "displayName"), ("mailboxes", "DisplayName")
    for name, key in (*people, ("user_registration_details", "userDisplayName"), ("groups", "description")):
        found |= {str(item[key]) for item in snapshot.collection(name).items if item.get(key)}
    accounts = {one.partition("@")[0] for one in found if "@" in one}
    # One common word (`info`) stands in other words too; those are no names of anybody.
    found = {one for one in found | accounts if one and not re.fullmatch(r"[A-Za-z]{1,12}", one)}
    return (found - one_word_groups(snapshot)) | {"contoso"}


def one_word_groups(snapshot: Snapshot) -> set[str]:
    return {str(item["displayName"]) for item in snapshot.collection("groups").items if item["displayName"].isalpha()}


@choices
@tenants
def test_nobody_is_left_in_the_bytes(tenant: str, choice: Choice, tmp_path: Path) -> None:
    source = open_snapshot(SNAPSHOTS / tenant)
    made(SNAPSHOTS / tenant, tmp_path / "out", choice)
    sought = [one.casefold() for one in originals(source)]
    assert len(sought) > 150
    for name, data in files(tmp_path / "out").items():
        text = f"{name}\n{data.decode()}".casefold()
        assert [one for one in sought if one in text] == [], name
        if choice.ids:
            assert [one for one in ids_of(source) if one in text] == [], name


@choices
def test_a_group_called_by_a_plain_word_has_another_name_and_the_word_stays_in_texts(
    choice: Choice, tmp_path: Path
) -> None:
    before = open_snapshot(SNAPSHOTS / "fabrikam")
    groups = [{**group, "displayName": "Administrators"} for group in before.collection("groups").items[:1]]
    rule = {
        "Name": "To all of them",
        "Guid": "ffffffff-1111-4222-8333-444444444444",
        "SentToMemberOf": ["Administrators"],
    }
    changed = {
        "groups": Collection("groups", items=groups),
        "transport_rules": Collection("transport_rules", items=[rule]),
    }
    write_snapshot(
        replace(before, collections={**before.collections, **changed}), tmp_path / "source", tool_version="1.2.3"
    )
    made(tmp_path / "source", tmp_path / "out", choice)
    found = open_snapshot(tmp_path / "out")
    (group,), (rule,) = found.collection("groups").items, found.collection("transport_rules").items
    assert group["displayName"].startswith("Group ")
    assert rule["SentToMemberOf"] == [group["displayName"]]
    texts = [data.decode().casefold() for data in files(tmp_path / "out").values()]
    assert not [text for text in texts if '"administrators"' in text]
    assert [text for text in texts if "administrators" in text]


def ids_of(snapshot: Snapshot) -> set[str]:
    names = ("users", "groups", "conditional_access_policies", "named_locations", "mailboxes", "role_assignments")
    found = {str(item.get("id") or item.get("Guid")) for name in names for item in snapshot.collection(name).items}
    return found | {snapshot.tenant.id}


def verdicts(folder: Path, register: Path | None) -> dict[str, Any]:
    loaded = library(Config())
    # Every check, also those that no profile but a framework's takes.
    config = Config(exceptions=register, select=tuple(check.id for check in loaded.checks))
    with open_engine(config.engine) as engine:
        engine.load(loaded.modules_for(chosen(loaded, config)))
        report: Report = lint(open_target(folder), loaded, engine, config, NOW).report
    return {
        result.check.id: (
            result.outcome.value,
            sorted(
                (
                    finding.resource.kind,
                    finding.severity.value,
                    finding.certainty.value,
                    -1 if finding.principals.count is None else finding.principals.count,
                    finding.open_after_exceptions,
                    len(finding.exceptions),
                )
                for finding in result.findings
            ),
        )
        for result in report.results
    }


@choices
@tenants
def test_every_verdict_stays_with_its_counts_and_exceptions(tenant: str, choice: Choice, tmp_path: Path) -> None:
    register = SNAPSHOTS / f"{tenant}.exceptions.yaml"
    redactor = made(SNAPSHOTS / tenant, tmp_path / "out", choice)
    hidden = None
    if register.is_file():
        hidden = tmp_path / "exceptions.yaml"
        hidden.write_text(redactor.text(register.read_text("utf-8")), "utf-8")
        assert tenant not in hidden.read_text("utf-8").replace(f"exceptions-{tenant}", "")
    before = verdicts(SNAPSHOTS / tenant, register if hidden else None)
    assert len(before) >= 280
    assert any(found for _, found in before.values()) or tenant == "fabrikam"  # which is in order
    assert verdicts(tmp_path / "out", hidden) == before


@choices
def test_two_snapshots_under_one_key_line_up(choice: Choice, tmp_path: Path) -> None:
    """What did not change gives the same bytes, although a name came and an address changed its letter case."""
    before = open_snapshot(SNAPSHOTS / "contoso")
    users = [dict(user) for user in before.collection("users").items]
    users[0]["userPrincipalName"] = users[0]["userPrincipalName"].upper()
    users[1]["accountEnabled"] = not users[1]["accountEnabled"]
    users.append({**users[2], "id": "ffffffff-1111-4222-8333-444444444444", "displayName": "Nova Newcomer"})
    policies = [dict(one) for one in before.collection("conditional_access_policies").items][1:]
    after = replace(
        before,
        collections={
            **before.collections,
            "users": Collection("users", items=users),
            "conditional_access_policies": Collection("conditional_access_policies", items=policies),
        },
    )
    write_snapshot(after, tmp_path / "changed", tool_version="1.2.3")
    made(SNAPSHOTS / "contoso", tmp_path / "first", choice)
    made(tmp_path / "changed", tmp_path / "second", choice)
    first, second = files(tmp_path / "first"), files(tmp_path / "second")
    differing = {name for name in {*first, *second} if first.get(name) != second.get(name)}
    assert len(differing - {"users.jsonl", "snapshot.json"}) == 1
    lines = [set(one["users.jsonl"].splitlines()) for one in (first, second)]
    assert (len(lines[0] - lines[1]), len(lines[1] - lines[0])) == (1, 2)


def test_another_key_gives_nothing_in_common(tmp_path: Path) -> None:
    made(SNAPSHOTS / "contoso", tmp_path / "first", ALL)
    made(SNAPSHOTS / "contoso", tmp_path / "second", ALL, Key(KEY.secret + b"!"))
    seen = [
        {user["userPrincipalName"] for user in open_snapshot(tmp_path / name).collection("users").items}
        for name in ("first", "second")
    ]
    assert len(seen[0]) > 200
    assert seen[0].isdisjoint(seen[1])


def test_the_manifest_tells_and_seals(tmp_path: Path) -> None:
    made(SNAPSHOTS / "contoso", tmp_path / "out", PEOPLE)
    found = open_snapshot(tmp_path / "out")
    assert found.redaction is not None
    assert found.redaction["key"] == KEY.fingerprint
    assert "users.displayName" in found.redaction["fields"]
    assert found.notices == ()
    assert not any(collection.edited for collection in found.collections.values())
    assert found.tenant.id == open_snapshot(SNAPSHOTS / "contoso").tenant.id
    assert KEY.secret not in b"".join(files(tmp_path / "out").values())


def test_it_is_not_done_twice_nor_in_place(tmp_path: Path) -> None:
    made(SNAPSHOTS / "fabrikam", tmp_path / "out", PEOPLE)
    with pytest.raises(UsageError, match="replaced already"):
        made(tmp_path / "out", tmp_path / "again", PEOPLE)
    with pytest.raises(UsageError, match="the snapshot itself"):
        made(SNAPSHOTS / "fabrikam", SNAPSHOTS / "fabrikam" / ".." / "fabrikam", PEOPLE)


def test_a_snapshot_by_hand_is_read_in_any_form(tmp_path: Path) -> None:
    """Out of order, with a byte order mark, blank lines, spaces; and unknown collections."""
    source = tmp_path / "source"
    (source / "own_things").mkdir(parents=True)
    head = {"format": "tenantlint.snapshot/1", "tenant": {"display_name": "Contoso", "id": "t"}}
    (source / "snapshot.json").write_text(json.dumps(head), "utf-8")
    lines = ['{"id": "b", "displayName": "Bea Bo"}', "", '{"displayName": "Ann Ax", "id": "a"}']
    (source / "users.jsonl").write_text("\n".join(lines), "utf-8")
    (source / "groups.jsonl").write_text('\ufeff{"id": "g", "displayName": "The Board"}\n', "utf-8")
    (source / "own_things" / "x.json").write_text('{"id": "x", "text": "Ann Ax of The Board"}', "utf-8")
    made(source, tmp_path / "out", PEOPLE)
    found = open_snapshot(tmp_path / "out")
    users = {user["id"]: user["displayName"] for user in found.collection("users").items}
    (group,) = found.collection("groups").items
    (thing,) = found.collection("own_things").items
    assert list(users) == ["a", "b"]
    assert thing["text"] == f"{users['a']} of {group['displayName']}"


def test_what_a_source_may_not_hold_is_refused_with_its_line(tmp_path: Path) -> None:
    from tenantlint.errors import InputError

    head = {"format": "tenantlint.snapshot/1", "tenant": {"display_name": "Contoso", "id": "t"}}
    (tmp_path / "snapshot.json").write_text(json.dumps(head), "utf-8")
    for text, problem in (
        ('{"id": "a"}\n[1]\n', "users.jsonl:2: .* no"),
        ('{"id": "a", "id": "b"}\n', "users.jsonl:1:"),
    ):
        (tmp_path / "users.jsonl").write_text(text, "utf-8")
        with pytest.raises(InputError):
            made(tmp_path, tmp_path / "out", PEOPLE)
        assert problem
    assert not (tmp_path / "out").exists()


@pytest.mark.corpus
@pytest.mark.skipif(not EXPORT.is_file(), reason="the corpus is not here")
def test_an_imported_export_holds_nobody(tmp_path: Path) -> None:
    from tenantlint.sources.importing import import_source

    import_source(open_target(EXPORT), tmp_path / "imported")
    made(tmp_path / "imported", tmp_path / "out", ALL)
    text = b"\n".join([name.encode() + data for name, data in files(tmp_path / "out").items()]).lower()
    before = b"\n".join(files(tmp_path / "imported").values()).lower()
    for sought in (b"john doe", b"jane doe", b"johndoe", b"tqhjy", b"badpeople.r.us", b"admin@example.com"):
        assert sought in before
        assert sought not in text
    assert {check: outcome for check, (outcome, _) in verdicts(tmp_path / "out", None).items()} == {
        check: outcome for check, (outcome, _) in verdicts(tmp_path / "imported", None).items()
    }
