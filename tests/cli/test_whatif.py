"""`tenantlint whatif` as a process: options, files and streams, formats, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = "snapshots/contoso"
SIGN_IN = ("--user", "rosa.dombrova@contoso.example", "--application", "Office 365 Exchange Online")


def run(*arguments: str, stdin: bytes = b"", target: str = CONTOSO) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tenantlint", "whatif", target, *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def body(user: str, **conditions: Any) -> dict[str, Any]:
    return {
        "signInIdentity": {"userId": user},
        "signInContext": {"includeApplications": ["other"]},
        "signInConditions": conditions,
    }


@pytest.fixture(scope="module")
def users() -> list[dict[str, Any]]:
    lines = (ROOT / CONTOSO / "users.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_sign_in_by_options_reads_at_a_glance(users: list[dict[str, Any]]) -> None:
    one = users[0]
    done = run(
        *("--user", one["userPrincipalName"].upper(), "--application", "office 365 exchange online"),
        *(
            "--client",
            "browser",
            "--platform",
            "windows",
            "--device",
            "compliant",
            "--ip",
            "8.8.8.8",
            "--country",
            "DE",
        ),
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"{one['displayName']} -> Office 365 Exchange Online"
    assert lines[1] == "browser, windows, compliant device, 8.8.8.8 DE"
    assert lines[3].split()[0] in {"BLOCKED", "GRANTED", "REQUIRES"}
    assert "CA002 Require MFA for all users" in done.stdout
    assert "\x1b" not in done.stdout


def test_every_policy_is_listed_when_asked_for(users: list[dict[str, Any]]) -> None:
    options = ("--user", users[0]["id"], "--application", "other")
    short, long = run(*options).stdout, run(*options, "--verbose").stdout
    assert "more (--verbose lists them)" in short
    for file in (ROOT / CONTOSO / "conditional_access_policies").glob("*.json"):
        assert json.loads(file.read_text("utf-8"))["displayName"] in long


def test_options_and_the_request_that_they_mean_give_the_same(users: list[dict[str, Any]], tmp_path: Path) -> None:
    one = users[0]
    file = tmp_path / "request.json"
    given = body(one["id"], clientAppType="other", devicePlatform="iOS", signInRiskLevel="high", locations=[])
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(given).encode())
    options = (
        *("--user", one["id"], "--application", "other", "--client", "other", "--platform", "ios"),
        *("--sign-in-risk", "high", "--location", "outside", "--format", "json"),
    )
    by_options, by_file = run(*options), run("--request", str(file), "--format", "json")
    assert by_options.stdout == by_file.stdout
    assert json.loads(by_file.stdout)["outcome"] == "blocked"
    assert run("--request", "-", "--format", "json", stdin=file.read_bytes()).stdout == by_file.stdout


def test_people_without_an_account_are_given_by_group_role_or_guest_type() -> None:
    done = run("--role", "Global Administrator", "--group", "Licence E5", "--application", "other", "--format", "json")
    assert json.loads(done.stdout)["outcome"] == "requires", done.stderr
    done = run("--guest", "b2bCollaborationGuest", "--application", "Office365", "--client", "other")
    assert "BLOCKED" in done.stdout
    assert done.stdout.startswith("a b2bCollaborationGuest -> Office 365\n")


def test_actions_contexts_and_device_attributes() -> None:
    done = run(
        *("--group", "Licence E5", "--action", "registerSecurityInformation"),
        *("--device-attribute", "model=Surface", "--device-attribute", "systemLabels=CloudPC,x"),
    )
    assert done.stdout.startswith("somebody, in the group Licence E5 -> registering security information\n"), (
        done.stderr
    )
    assert "systemLabels=('CloudPC', 'x')" in done.stdout
    assert "c1" in run("--group", "Licence E5", "--context", "c1").stdout


def test_an_explanation_is_told_in_text_and_json() -> None:
    options = ("--role", "Global Administrator", "--application", "other", "--client", "other", "--explain")
    text = run(*options).stdout
    assert "What decided it" in text
    assert "included through the role Global Administrator" in text
    assert "Smallest changes that alter the outcome" in text
    found = json.loads(run(*options, "--format", "json").stdout)
    assert found["explanation"]["deciding"][0]["effect"] == "blocks"
    assert json.loads(run(*options, "--format", "jsonl").stdout) == found


def test_a_stream_is_answered_line_by_line(users: list[dict[str, Any]], tmp_path: Path) -> None:
    asked = [body(one["id"], clientAppType=client) for one in users[:5] for client in ("browser", "other")]
    text = "\n".join(json.dumps(one) for one in asked).replace("\n", "\n\n", 1).encode()
    file = tmp_path / "requests.jsonl"
    file.write_bytes(text)
    done = run("--requests", str(file))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(answers)) == (0, len(asked))
    assert {answer["outcome"] for answer in answers[1::2]} == {"blocked"}
    assert run("--requests", "-", stdin=text).stdout == done.stdout
    briefly = run("--requests", "-", "--format", "text", stdin=text).stdout.splitlines()
    assert [line.split()[0].lower() for line in briefly] == [answer["outcome"] for answer in answers]
    whole = run("--requests", "-", "--explain", stdin=text).stdout.splitlines()
    assert [{k: v for k, v in json.loads(line).items() if k != "explanation"} for line in whole] == answers


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "Error: stdin:3: this is not JSON (Expecting property name enclosed in double quotes, column 2)."),
        (b"[" * 100_000, "Error: stdin:3: this JSON cannot be read: a number is too long or it is nested too deeply."),
        (b"9" * 5_000, "Error: stdin:3: this JSON cannot be read: a number is too long or it is nested too deeply."),
        (b"\xff\xfe{\x00", "Error: stdin:3: this is not UTF-8; save it as UTF-8."),
        (b"[]", "Error: stdin:3: a request is an object, not []."),
        (b'{"signInIdentity": {}}', None),
        (b'{"signInIdentity": {"userId": "\\ud800"}, "signInContext": {"userAction": "\\u001b[2J"}}', None),
    ],
)
def test_a_bad_line_stops_the_stream_after_whole_answers(
    users: list[dict[str, Any]], line: bytes, sentence: str | None
) -> None:
    good = json.dumps(body(users[0]["id"])).encode()
    done = run("--requests", "-", stdin=b"\n".join((good, good, line, good)) + b"\n")
    assert done.returncode == 2
    assert [json.loads(one)["outcome"] for one in done.stdout.splitlines()] == ["requires"] * 2
    assert done.stdout.endswith("}\n")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Error: stdin:3: ")
    assert "\x1b" not in done.stderr
    if sentence is not None:
        assert done.stderr.strip() == sentence


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "Error: Say who signs in: --user, or --group, --role or --guest for somebody who is not listed."),
        (
            ("--group", "Licence E5"),
            "Error: Say what is signed in to: --application, or one of --action and --context.",
        ),
        (
            ("--group", "Licence E5", "--application", "other", "--context", "c1"),
            "Error: Say what is signed in to: --application, or one of --action and --context.",
        ),
        (("--user", "rosa", "--request", "x.json"), "Error: --request and --user exclude one another; "),
        (("--request", "x", "--requests", "y"), "Error: --request and --requests exclude one another; "),
        (("--request", "none.json"), "Error: none.json: cannot be read: "),
        (("--requests", "none.jsonl"), "Error: none.jsonl: cannot be read: "),
        (("--requests", "x", "--format", "json"), "Error: --requests gives many answers: use --format jsonl or text."),
        (("--user", "nobody@contoso.example", "--application", "other"), "Error: There is no user `nobody@contoso"),
        (
            ("--group", "Licence E6", "--application", "other"),
            "Error: There is no group `Licence E6` in the snapshot; ",
        ),
        (("--role", "Emperor", "--application", "other"), "Error: There is no role `Emperor` in the snapshot; "),
        (
            ("--group", "Licence E5", "--application", "Offce 365"),
            "Error: There is no application `Offce 365` in the snapshot; did you mean Office 365",
        ),
        (
            ("--group", "Licence E5", "--application", "other", "--location", "Mars"),
            "Error: There is no named location `Mars` in the snapshot; ",
        ),
        (
            ("--group", "Licence E5", "--application", "other", "--location", "outside", "--location", "x"),
            "Error: --location outside means in no named location; leave the others out.",
        ),
        (
            ("--group", "Licence E5", "--application", "other", "--device", "shiny"),
            "Error: There is no device state `shiny`; write one of unregistered, ",
        ),
        (
            ("--group", "Licence E5", "--application", "other", "--device-attribute", "model"),
            "Error: --device-attribute model: write it as NAME=VALUE, ",
        ),
        (
            ("--group", "Licence E5", "--application", "other", "--client", "telnet"),
            "Error: `clientAppType` is 'telnet'; write one of browser, ",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_one_sentence(options: tuple[str, ...], sentence: str) -> None:
    done = run(*options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_policies_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    policies = tmp_path / "policies.json"
    conditions = {"users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]}}
    good = {"id": "a", "displayName": "Good\u202e", "state": "enabled", "conditions": conditions}
    bad = {"id": "b", "displayName": "Bad", "state": "perhaps", "conditions": conditions}
    grant = {"grantControls": {"operator": "OR", "builtInControls": ["mfa"]}}
    policies.write_text(json.dumps([good | grant, bad | grant]), encoding="utf-8")
    options = ("--user", "someone@x.example", "--application", "other")
    done = run("--guest", "none", "--application", "other", target=str(policies))
    assert (done.returncode, "Good\\u202e" in done.stdout) == (0, True), done.stdout
    assert "could not be read" in done.stdout
    assert "`state` is perhaps" in done.stderr
    assert run("--guest", "none", "--application", "other", "-q", target=str(policies)).stderr == ""
    assert run(*options, target=str(policies)).returncode == 2
