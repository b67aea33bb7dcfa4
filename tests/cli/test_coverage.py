"""`tenantlint coverage` as people and pipelines run it."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tenantlint import shipped
from tenantlint.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = "snapshots/contoso"
J0EYV = ROOT.parent / "shared" / "corpus" / "conditional-access" / "j0eyv"
EXPORT = ROOT.parent / "shared" / "corpus" / "scubagear" / "ProviderSettingsExport.json"
SCHEMA = json.loads((Path(shipped.policies()) / "schemas" / "coverage.json").read_text("utf-8"))
QUESTIONS = ["mfa", "phishing_resistant_mfa", "legacy_authentication", "managed_device", "any_control", "blocked"]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["coverage", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Contoso after three edits: MFA for all without Linux, a rename, and guests who cannot choose a device."""
    folder = tmp_path / "contoso"
    shutil.copytree(CONTOSO, folder)
    policies = folder / "conditional_access_policies"

    def edit(start: str, change: Callable[[dict[str, Any]], None]) -> None:
        (path,) = policies.glob(f"{start}*.json")
        policy = json.loads(path.read_text("utf-8"))
        change(policy)
        path.write_text(json.dumps(policy), "utf-8")

    platforms = {"includePlatforms": ["all"], "excludePlatforms": ["linux"]}
    edit("ca002", lambda one: one["conditions"].update(platforms=platforms))
    edit("ca001", lambda one: one.update(displayName="CA001 No legacy authentication"))
    edit("ca007", lambda one: one["grantControls"].update(builtInControls=["mfa"]))
    return folder


@pytest.mark.parametrize("question", QUESTIONS)
def test_text_of_the_example_tenant(question: str, run: Run, golden: Callable[[str, str], None]) -> None:
    code, out, _ = run(CONTOSO, "--question", question, "--quiet")
    assert code == 0
    golden(f"coverage/contoso-{question}.txt", out)


@pytest.mark.parametrize("question", ["mfa", "any_control"])
def test_json_of_the_example_tenant(question: str, run: Run, golden: Callable[[str, str], None]) -> None:
    _, out, _ = run(CONTOSO, "--question", question, "--format", "json", "--quiet")
    jsonschema.validate(json.loads(out), SCHEMA)
    golden(f"coverage/contoso-{question}.json", out)


def test_text_where_much_is_unknown(run: Run, golden: Callable[[str, str], None]) -> None:
    golden("coverage/partial-mfa.txt", run("snapshots/partial", "--quiet")[1])


def test_a_change_in_text_and_json(changed: Path, run: Run, golden: Callable[[str, str], None]) -> None:
    code, out, _ = run(str(changed), "--base", CONTOSO, "--quiet")
    assert code == 0
    golden("coverage/change.txt", out.replace(shlex.quote(str(changed)), "CHANGED"))
    _, out, _ = run(str(changed), "--base", CONTOSO, "--format", "json")
    document = json.loads(out)
    jsonschema.validate(document, SCHEMA)
    assert (document["users_opened"], document["users_closed"]) == (165, 24)
    assert [one["name"] for one in document["cosmetic"]] == ["CA001 No legacy authentication"]
    assert [(one["kind"], one["parts"]) for one in document["changes"]] == [
        ("changed", ["platforms"]),
        ("changed", ["grant"]),
    ]
    assert all(one["platforms"] == ["linux"] for one in document["opened"])


def test_a_tenant_against_itself_opens_and_closes_nothing(run: Run) -> None:
    for question in QUESTIONS:
        code, out, _ = run(CONTOSO, "--base", CONTOSO, "--question", question, "--format", "json", "--fail-on-open")
        document = json.loads(out)
        assert (code, document["opened"], document["closed"], document["changes"]) == (0, [], [], [])
    assert "OPENS nothing." in run(CONTOSO, "--base", CONTOSO)[1]


def test_fail_on_open_is_about_what_is_certain(run: Run, changed: Path) -> None:
    assert run(CONTOSO, "--fail-on-open")[0] == 1
    assert run(CONTOSO)[0] == 0
    assert run(CONTOSO, "--question", "blocked", "--fail-on-open")[0] == 0
    assert run(str(changed), "--base", CONTOSO, "--fail-on-open")[0] == 1
    assert run(CONTOSO, "--base", str(changed), "--question", "legacy_authentication", "--fail-on-open")[0] == 0


def test_the_question_can_be_narrowed_to_people_by_name_group_role_and_id(run: Run) -> None:
    def asked(*users: str) -> Any:
        return json.loads(run(CONTOSO, "--format", "json", *(f"--users={one}" for one in users))[1])

    assert asked("CA-Exclude-BreakGlass")["users_total"] == 2
    assert asked("CA-Exclude-BreakGlass", "emergency1@contoso.onmicrosoft.example")["users_total"] == 2
    assert asked("helpdesk administrator")["users_open"] == 0
    assert asked("CA-Exclude-BreakGlass,Davit Tamm")["users_total"] == 3
    identity = asked("CA-Exclude-BreakGlass")["open"][0]["users"]["ids"][0]
    assert asked(identity.upper())["open"][0]["users"]["ids"] == [identity]


def test_the_question_can_be_narrowed_to_applications_by_name_and_id(run: Run) -> None:
    def asked(*names: str) -> Any:
        found = json.loads(run(CONTOSO, "--format", "json", *(f"--applications={one}" for one in names))[1])
        return {one for region in found["open"] for one in region["applications"]}

    assert asked("azure PORTAL") == {"c44b4083-3bb0-49c1-b47d-974e53cbdf3c"}
    assert asked("Office365") == {"Office365"}
    assert asked("c1,c2") == {"c2"}
    assert asked("registerOrJoinDevices") == {"urn:user:registerdevice"}
    assert "to Azure portal" in run(CONTOSO, "--applications", "Azure portal")[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--users", "CA-Exclude-BreakGlas"), "did you mean CA-Exclude-BreakGlass"),
        (("--users", "nobody at all"), "no user, group or role"),
        (("--applications", "Azure portol"), "did you mean Azure portal"),
        (("--applications", "All"), "leave the option out"),
        (("--question", "mfaa"), "'mfaa' is not one of"),
        (("-o", "sarif=x"), "text=FILE or json=FILE"),
        (("-o", "json=no/such/folder/x"), "does not exist"),
        (("--base", "snapshots/nowhere"), "no such file or folder"),
        (("--limit", "-1"), "--limit"),
    ],
)
def test_mistakes_are_told_in_a_sentence(arguments: tuple[str, ...], says: str, run: Run) -> None:
    code, out, err = run(CONTOSO, *arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_the_members_of_a_group_must_be_known_to_ask_about_them(run: Run) -> None:
    code, _, err = run("snapshots/partial", "--users", "CA-Exclude-Travellers")
    assert (code, "does not tell who is in this group" in err) == (2, True)


def test_files_hold_the_other_format(run: Run, tmp_path: Path) -> None:
    _, out, _ = run(CONTOSO, "-o", f"json={tmp_path}/x.json", "-o", f"text={tmp_path}/x.txt", "--quiet")
    assert json.loads((tmp_path / "x.json").read_text("utf-8"))["format"] == "tenantlint.coverage/1"
    assert (tmp_path / "x.txt").read_text("utf-8") == out
    assert "\x1b" not in out


def test_limit_caps_the_text_and_counts_the_rest(run: Run) -> None:
    _, out, _ = run(CONTOSO, "--limit", "2")
    assert "… 4 more sets of people of up to 18 users; --limit 0 shows all" in out
    assert "… " not in run(CONTOSO, "--limit", "0")[1]


def test_full_lists_every_user(run: Run) -> None:
    short = json.loads(run(CONTOSO, "--format", "json")[1])["open"]
    full = json.loads(run(CONTOSO, "--format", "json", "--full")[1])["open"]
    assert max(len(one["users"]["ids"]) for one in short) == 20
    assert all(len(one["users"]["ids"]) == one["users"]["count"] for one in full)


def test_the_hint_is_a_command_that_shows_the_opening(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(CONTOSO, "--limit", "0")
    hints = [line.strip().removeprefix("try").strip() for line in out.splitlines() if line.strip().startswith("try ")]
    assert len(hints) == 6
    for hint in hints:
        words = shlex.split(hint)
        assert words[0] == "tenantlint"
        assert main([*words[1:], "--format", "json"]) == 0
        result = json.loads(capsys.readouterr().out)
        assert result["outcome"] != "blocked"
        assert ["mfa"] not in result["requires"]
        assert result["certainty"] == "certain"


def test_eligible_roles_can_be_taken_as_active(run: Run) -> None:
    before = json.loads(run(CONTOSO, "--question", "phishing_resistant_mfa", "--format", "json")[1])
    after = json.loads(run(CONTOSO, "--question", "phishing_resistant_mfa", "--activated", "--format", "json")[1])
    assert after["users_open"] < before["users_open"]


def test_a_policy_that_cannot_be_understood_makes_the_answer_a_bound(run: Run, tmp_path: Path) -> None:
    good = {
        "id": "11111111-1111-4111-8111-111111111111",
        "displayName": "MFA",
        "state": "enabled",
        "conditions": {"users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["Office365"]}},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    }
    bad = {**good, "id": "22222222-2222-4222-8222-222222222222", "displayName": "Odd", "state": "sometimes"}
    (tmp_path / "policies.json").write_text(json.dumps([good, bad]), "utf-8")
    document = json.loads(run(str(tmp_path), "--format", "json")[1])
    assert document["exact"] is False
    assert "Odd" in document["caveats"][0]
    assert "NOT EXACT" in run(str(tmp_path))[1]


def test_hostile_names_act_on_nothing(run: Run, tmp_path: Path) -> None:
    policy = {
        "id": "11111111-1111-4111-8111-111111111111",
        "displayName": "\x1b[31mMFA\u202e ::error::",
        "state": "enabled",
        "conditions": {
            "users": {"includeUsers": ["All"], "excludeGroups": ["$(touch x)\n; rm"]},
            "applications": {"includeApplications": ["All"]},
        },
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    }
    (tmp_path / "policy.json").write_text(json.dumps(policy), "utf-8")
    _, out, _ = run(str(tmp_path))
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "::error::" not in out
    hint = next(line for line in out.splitlines() if line.strip().startswith("try "))
    assert "'$(touch x)\\n; rm'" in hint


@pytest.mark.corpus
def test_a_real_baseline_and_a_real_export(run: Run) -> None:
    if not J0EYV.is_dir():
        pytest.skip("the corpus is not here")
    code, out, _ = run(str(J0EYV), "--fail-on-open", "--quiet")
    assert code == 0  # nothing is certainly open: only groups whose members nobody knows may be
    assert "Members of CA-BreakGlassAccounts - Exclude, if there are any" in out
    code, out, _ = run(str(EXPORT), "--fail-on-open", "--quiet")
    assert (code, "Nobody can sign in without MFA." in out) == (0, True)
    code, out, _ = run(str(EXPORT), "--question", "phishing_resistant_mfa", "--fail-on-open", "--quiet")
    assert (code, "everybody" in out.lower()) == (1, True)
