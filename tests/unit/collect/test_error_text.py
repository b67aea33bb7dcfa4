from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenantlint.collect.error_text import LONGEST, cleaned, code_and_message

JWT = "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJhdWQiOiJncmFwaCJ9.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {"error": {"code": "Authorization_RequestDenied", "message": "Insufficient privileges.", "innerError": {}}},
            ("Authorization_RequestDenied", "Insufficient privileges."),
        ),
        (
            {
                "error": {
                    "code": "BadRequest",
                    "message": "Invalid Operation",
                    "details": [
                        {"code": "Client", "message": "|Microsoft.Exchange.NoSuchThingException|The thing isn't there."}
                    ],
                }
            },
            ("BadRequest", "Microsoft.Exchange.NoSuchThingException: The thing isn't there."),
        ),
        (
            {
                "error": {
                    "code": "Forbidden",
                    "message": "Invalid Operation",
                    "details": [{"message": "||"}],
                    "innererror": {"message": "x", "internalexception": {"message": "Role needed.", "type": "T"}},
                }
            },
            ("Forbidden", "Role needed."),
        ),
        (
            {"error": {"code": "InternalServerError", "message": "Invalid Operation"}},
            ("InternalServerError", "Invalid Operation"),
        ),
        (
            {"error": {"code": "-2147024891, System.X", "message": {"lang": "en-US", "value": "Access denied."}}},
            ("-2147024891, System.X", "Access denied."),
        ),
        ({"odata.error": {"code": "-1", "message": {"value": "No."}}}, ("-1", "No.")),
        ({"errorCode": "Forbidden", "errorMessage": "Not yours."}, ("Forbidden", "Not yours.")),
        ({"code": 403, "message": "Not yours."}, ("403", "Not yours.")),
        ({"error": "invalid_token", "error_description": "Bad audience."}, ("invalid_token", "Bad audience.")),
        ({"Error": {"Code": "Denied", "Message": "No."}}, ("Denied", "No.")),
        ({"error": {"code": None, "message": ["x"]}}, ("", "")),
        ({}, ("", "")),
        ([], ("", "")),
        ("text", ("", "")),
    ],
)
def test_code_and_message_of_each_service(body: object, said: tuple[str, str]) -> None:
    assert code_and_message(json.dumps(body).encode()) == said


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 300, b"<html><body>502</body></html>", b'{"error": {"code": "x"', b"\xff\xfe\x00", b"[" * 100_000],
)
def test_a_body_that_is_no_json_has_no_code(body: bytes) -> None:
    assert code_and_message(body) == ("", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"the token {JWT} is bad", "the token … is bad"),
        ("Authorization: Bearer abcdefgh12345678", "Authorization: …"),
        ("client_secret=s3cr3t&x=1", "client_secret=…&x=1"),
        ('{"password": "hunter2"}', '{"password": "…"}'),
        ("one\r\ntwo\x00\x1b[31m\u202ethree", "one two [31m three"),
        (
            "AADSTS700016: Not found. Trace ID: 5f3c0e2a-1111-4222-8333-444455556666 Correlation ID: "
            "5f3c0e2a-1111-4222-8333-444455556666 Timestamp: 2026-11-23 12:00:00Z",
            "AADSTS700016: Not found",
        ),
        ("Failed - Activity ID: 5f3c0e2a-1111-4222-8333-444455556666 - Url: x", "Failed - Url: x"),
        ("group 5f3c0e2a-1111-4222-8333-444455556666 is gone", "group 5f3c0e2a-1111-4222-8333-444455556666 is gone"),
    ],
)
def test_messages_are_cleaned(text: str, shown: str) -> None:
    assert cleaned(text) == shown


def test_known_secrets_are_taken_out_wherever_they_stand() -> None:
    assert cleaned("invalid secret p4ss!word given", ("p4ss!word",)) == "invalid secret … given"


@given(st.text(max_size=2000))
def test_a_cleaned_text_is_one_short_printable_line(text: str) -> None:
    shown = cleaned(text)
    assert len(shown) <= LONGEST
    assert not any(ord(letter) < 32 or letter == "\x7f" for letter in shown)


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps).map(str.encode)
)
def test_any_body_can_be_asked(body: bytes) -> None:
    code, message = code_and_message(body)
    assert len(code) <= 100
    assert len(message) <= LONGEST
