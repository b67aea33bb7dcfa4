"""The manifest: hand-written reading and the published JSON Schema must say the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tenantlint import shipped
from tenantlint.errors import InputError
from tenantlint.model import CollectionStatus, Tenant
from tenantlint.snapshot import manifest
from tenantlint.snapshot.manifest import Entry, Manifest, read, write

SCHEMA = Draft202012Validator(json.loads((shipped.policies() / "schemas" / "snapshot.json").read_text("utf-8")))
FORM = "; `tenantlint schema snapshot` shows the form."
ZONED = "write it as 2026-12-31T08:00:00Z."
STATUSES = "write one of ok, denied, unlicensed, failed, truncated, not_collected."
HEAD: dict[str, Any] = {"format": "tenantlint.snapshot/1", "tenant": {"id": "t"}}


def read_object(value: object) -> tuple[Manifest, tuple[Any, ...]]:
    return read(json.dumps(value, indent=1).encode(), "T")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ENTRIES = st.builds(
    Entry,
    status=st.sampled_from(CollectionStatus),
    count=st.none() | st.integers(0, 10**9),
    sha256=st.sampled_from(["", "0a" * 32]),
    source=TEXT,
    api_version=TEXT,
    detail=TEXT,
)
MANIFESTS = st.builds(
    Manifest,
    tenant=st.builds(Tenant, id=TEXT, display_name=TEXT, initial_domain=TEXT, cloud=TEXT),
    collected_at=st.none() | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])),
    tool_version=TEXT,
    licences=st.none() | st.frozensets(st.sampled_from(sorted(manifest.LICENCES))),
    collections=st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), ENTRIES, max_size=4),
    redaction=st.none() | st.dictionaries(TEXT, TEXT, max_size=2),
)


@given(MANIFESTS)
def test_what_is_written_is_read_again_and_is_as_the_schema_says(value: Manifest) -> None:
    data = write(value)
    again, notices = read(data, "f")
    assert again == value
    assert notices == ()
    assert write(again) == data
    SCHEMA.validate(json.loads(data))


WILD = (
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.sampled_from(["", "ok", "Ok", "0a" * 32, "tenantlint.snapshot/1"])
)
ANYTHING = (
    WILD
    | st.lists(WILD, max_size=2)
    | st.dictionaries(st.sampled_from(["id", "status", "count", "x"]), WILD, max_size=3)
)
WILD_ENTRY = (
    st.fixed_dictionaries({}, optional=dict.fromkeys(("status", "count", "sha256", "detail", "odd"), WILD)) | ANYTHING
)
NAMES = st.sampled_from(["users", "Users", "../users", "a/b", "", "snapshot", "a" * 101, "x~1"])
WILD_HEAD = st.fixed_dictionaries(
    {"format": st.just("tenantlint.snapshot/1") | WILD, "tenant": st.just({"id": "t"}) | ANYTHING},
    optional={
        "tool_version": ANYTHING,
        "licences": ANYTHING,
        "collections": st.dictionaries(NAMES, WILD_ENTRY, max_size=2) | ANYTHING,
        "redaction": ANYTHING,
        "more": WILD,
    },
)


@given(WILD_HEAD)
def test_reading_accepts_exactly_what_the_schema_allows(value: dict[str, Any]) -> None:
    try:
        read_object(value)
    except InputError as error:
        assert not SCHEMA.is_valid(value), error
        assert error.line
        assert error.mend
    else:
        SCHEMA.validate(value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"format": None},
            'T:1:1: the manifest names no format; add `"format": "tenantlint.snapshot/1"`.',
        ),
        (
            {"format": "tenantlint.snapshot/2"},
            "T:2:12: the snapshot has format `tenantlint.snapshot/2`, "
            "this tenantlint reads `tenantlint.snapshot/1`; update tenantlint.",
        ),
        ({"format": 1}, "T:2:12: `1` is not the format of a snapshot; write `tenantlint.snapshot/1`."),
        ({"tenant": None}, "T:3:12: the tenant is missing" + FORM),
        (
            {"tenant": "t"},
            "T:3:12: tenant must be an object, not text" + FORM,
        ),
        ({"tenant": {"id": 7}}, "T:4:9: tenant/id must be text, not the number 7; put it in quotes."),
        (
            {"collected_at": "yesterday"},
            "T:6:18: collected_at is not a moment with a time zone; " + ZONED,
        ),
        (
            {"collected_at": "2026-12-31T08:00:00"},
            "T:6:18: collected_at is not a moment with a time zone; " + ZONED,
        ),
        (
            {"licences": "entra_p1"},
            "T:6:14: licences must be a list, not text; leave it out when they are not known.",
        ),
        (
            {"collections": []},
            "T:6:17: collections must be an object, not a list" + FORM,
        ),
        (
            {"collections": {"../etc": {"status": "ok"}}},
            "T:7:13: `../etc` cannot be the name of a collection; use a-z, 0-9 and _.",
        ),
        (
            {"collections": {"users": {}}},
            "T:7:12: users has no status; " + STATUSES,
        ),
        (
            {"collections": {"users": {"status": "fine"}}},
            "T:8:14: `fine` is not a status; " + STATUSES,
        ),
        (
            {"collections": {"users": {"status": "ok", "count": True}}},
            "T:9:13: the count of users must be a whole number, not true or false; leave it out.",
        ),
        (
            {"collections": {"users": {"status": "ok", "sha256": "abc"}}},
            "T:9:14: the sha256 of users is not 64 hexadecimal digits; leave it out.",
        ),
        (
            {"redaction": 1},
            "T:6:15: redaction must be an object, not the number 1" + FORM,
        ),
    ],
)
def test_a_wrong_manifest_is_refused_in_one_sentence(change: dict[str, Any], sentence: str) -> None:
    value = {key: found for key, found in {**HEAD, **change}.items() if not (key == "format" and found is None)}
    with pytest.raises(InputError) as caught:
        read_object(value)
    assert str(caught.value) == sentence


def test_only_format_and_tenant_are_needed_and_null_is_unknown() -> None:
    plain, notices = read_object(HEAD)
    assert notices == ()
    assert plain == Manifest(tenant=Tenant(id="t"))
    nulls = dict.fromkeys(["collected_at", "tool_version", "licences", "collections", "redaction"])
    assert read_object({**HEAD, **nulls})[0] == plain


def test_a_moment_is_taken_to_utc_whatever_its_zone_and_precision() -> None:
    for text in ("2026-03-01T08:00:00Z", "2026-03-01T10:00:00+02:00", "2026-03-01T08:00:00.0000000Z"):
        assert read_object({**HEAD, "collected_at": text})[0].collected_at == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_a_misspelt_key_or_licence_is_told() -> None:
    _, notices = read_object(
        {
            **HEAD,
            "licenses": [],
            "licences": ["entra_p1", "entra_p3"],
            "collections": {"users": {"status": "ok", "odd": ""}},
        }
    )
    assert [(notice.kind, notice.message.split("; ")[-1]) for notice in notices] == [
        ("unknown_key", "The key `licenses` of the manifest is not known and has no effect"),
        ("unknown_licence", "did you mean `entra_p2`?"),
        ("unknown_key", "The key `odd` of the manifest is not known and has no effect"),
    ]
    assert all(notice.position and notice.position.line > 1 for notice in notices)


def test_the_american_spelling_of_licences_is_explained() -> None:
    _, (notice,) = read_object({**HEAD, "licenses": ["entra_p1"]})
    assert notice.message.endswith("did you mean `licences`?")
