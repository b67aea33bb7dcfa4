"""What looks like a secret is found, and nothing else is. Examples are put together here: none is a real one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.snapshot import canonical
from tenantlint.snapshot.secrets_scan import kind_of, marker, sentence, suspicious, without_secrets

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT.parent / "shared" / "corpus"

_JWT = ".".join(("eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9", "eyJhdWQiOiJodHRwczovL2dyYXBoIn0", "c2lnbmF0dXJl"))
SECRETS = {
    "a token (JWT)": [_JWT, f"Authorization: Bearer {_JWT}", _JWT.rpartition(".")[0] + ".", "x " + _JWT + " y"],
    "a private key": [
        "-----BEGIN " + "PRIVATE KEY-----\nMIIEvQ",
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED " + "PRIVATE KEY-----",
        "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----",
    ],
    "a client secret of Entra ID": [
        "abC8" + "Q~" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456_",
        "the secret is x.~7" + "Q~" + "a" * 31,
    ],
    "a shared access signature": [
        "https://x.blob.core.windows.net/c/b?sv=2022&sig=" + "aB3%2FdE" * 6 + "%3D",
        "SIG=" + "a1B2c3D4" * 5,
    ],
    "a connection string with its key": [
        "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=" + "aB3/" * 20 + "==;",
        "Endpoint=sb://x/;SharedAccessKeyName=root;SharedAccessKey=" + "aB3d" * 10 + "=",
    ],
    "a password": [
        "password=hunter2!",
        "Server=x;User Id=sa;Pwd = 'S3cret!x';",
        "set client_secret=abcDEF123 first",
        "API-KEY=0123456789abcdef",
        "APIKEY: no, but apikey=zzz999yyy",
    ],
    "an authorization header": [
        "curl -H 'authorization: Basic " + "dXNlcjpwYXNzd29yZA" + "=='",
        "Bearer " + "0123456789abcdef" * 2,
    ],
    "a password in an address": ["ftp://user:pa55word@files.example/in", "https://svc:tok3n@host.example"],
    "a key of Amazon Web Services": ["AKIA" + "IOSFODNN7EXAMPL3"],
    "a token of GitHub": ["ghp_" + "a1B2" * 9, "github_pat_" + "a1B2_" * 12],
    "a token of Slack": ["xoxb-" + "123456789012-abc"],
    "a key of Google": ["AIza" + "a1B2c" * 7],
    "a webhook's address": [
        "https://contoso.webhook.office.com/webhookb2/" + "a-b@c-d/IncomingWebhook/" + "0123456789abcdef" * 2,
        "https://hooks.slack.com/" + "services/T000/B000",
    ],
}

HARMLESS = [
    "Password: at least 14 characters",
    "password = <the new one>",
    "password=required",
    "passwordCredentials",
    "Users must change password; pwd length = 14",
    "Reset your password=yes please",
    'user.passwordPolicies -eq "DisablePasswordExpiration"',
    "a secret of the trade",
    "Bearer of bad news, and basic knowledge of everything here",
    "https://login.microsoftonline.com/common/oauth2?x=1",
    "http://user@host.example/",
    "https://host.example:8443/path@place",
    "design=strong&assign=0123456789012345678901",
    "eyJ",
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC",
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----",
    "2d43e0ef-9abb-59ec-9e6a-373cabf71d02",
    "sha256=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "$password=$env:PASSWORD",
    "contoso~8Q~short",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SECRETS.items() for text in texts])
def test_secrets_are_found(kind: str, text: str) -> None:
    assert kind_of(text) == (kind if not text.startswith("Authorization: Bearer") else "a token (JWT)")


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_texts_are_not(text: str) -> None:
    assert kind_of(text) == ""


def test_the_whole_string_is_replaced_wherever_it_stands() -> None:
    item = {
        "id": "1",
        "notes": ["fine", {"deep": f"before {_JWT} after"}],
        "passwordCredentials": [{"displayName": "ci", "secretText": "short", "hint": "abc"}],
        "other": [{"secretText": None}, {"secretText": ""}, {"password": True}],
        f"password=hunter22 {1}": 5,
    }
    cleaned, found = without_secrets(item)
    assert _JWT not in str(cleaned)
    assert cleaned["notes"] == ["fine", {"deep": marker("a token (JWT)")}]
    assert cleaned["passwordCredentials"] == [
        {"displayName": "ci", "secretText": marker("the value of a secret"), "hint": "abc"}
    ]
    assert cleaned["other"] == item["other"]
    assert cleaned[marker("a password")] == 5
    assert sorted(one.kind for one in found) == ["a password", "a token (JWT)", "the value of a secret"]
    assert {one.pointer for one in found} == {"", "/notes/1/deep", "/passwordCredentials/0/secretText"}
    assert without_secrets(cleaned) == (cleaned, ())


def test_an_object_without_secrets_is_given_back_itself() -> None:
    item = {"a": [1, None, {"b": "text"}]}
    assert without_secrets(item) == (item, ())
    assert without_secrets(item)[0] is item


def test_the_sentence_tells_kinds_and_counts_and_no_value() -> None:
    assert sentence({}) == ""
    assert (
        sentence({"a password": 2, "a key of Google": 1})
        == "Not written, since they look like secrets: 1 x a key of Google, 2 x a password"
    )


ALL = [text for texts in SECRETS.values() for text in texts]


@given(st.text(max_size=20), st.sampled_from(ALL), st.text(max_size=20))
def test_the_quick_look_never_misses_a_secret(before: str, secret: str, after: str) -> None:
    text = f"{before} {secret} {after}"
    if kind_of(text):
        assert suspicious(canonical.line({"x": [text]}))
        assert suspicious(canonical.line({text: 1}))
    for key in ("secretText", "clientSecret", "PRIVATEKEY", "refreshToken"):
        assert suspicious(canonical.line({key: "x"}))


@given(st.text())
def test_markers_are_no_secrets_and_any_text_can_be_asked_about(text: str) -> None:
    kind = kind_of(text)
    assert not kind or kind_of(marker(kind)) == ""


@pytest.mark.parametrize("tenant", ["contoso", "fabrikam", "partial"])
def test_no_false_alarm_in_the_examples(tenant: str) -> None:
    objects = list(_objects(ROOT / "snapshots" / tenant))
    assert len(objects) > 100
    assert [found for item in objects for found in without_secrets(item)[1]] == []


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_no_false_alarm_in_the_corpus() -> None:
    objects = list(_objects(CORPUS))
    assert len(objects) > 100
    assert [found for item in objects for found in without_secrets(item)[1]] == []


def _objects(folder: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(folder.rglob("*.json*")):
        data = file.read_bytes()
        text = data.decode("utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig")
        for part in text.splitlines() if file.suffix == ".jsonl" else [text]:
            if part.strip():
                value = json.loads(part)
                yield value if isinstance(value, dict) else {"items": value}


@pytest.mark.parametrize(
    "piece", ["eyJ-", "password=", "eyJaaaaaaaaaaa.", "://a:", "sig=", "bearer ", "AccountKey=", "-----BEGIN A "]
)
def test_hostile_texts_take_no_square_of_their_length(piece: str) -> None:
    """A search that did would take hours here."""
    kind_of(piece * (300_000 // len(piece)))
