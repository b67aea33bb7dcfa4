"""`tenantlint collect` as a process against the emulator: what it writes, says, refuses, and how it is stopped."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.emulator import Emulator, running_emulator

from tenantlint.cli.main import main
from tenantlint.collect.fetchers import FETCHERS
from tenantlint.collect.fetching import Context
from tenantlint.collect.source import Source, Way
from tenantlint.model import JsonObject
from tenantlint.snapshot.store import open_snapshot

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = ROOT / "snapshots" / "contoso"
QUICK = ("--include", "users,domains")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and permissions of POSIX")


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with running_emulator(open_snapshot(CONTOSO), limits="none") as found:
        yield found


def command(emulator: Emulator | None, *arguments: str) -> list[str]:
    reached = emulator.options if emulator is not None else []
    return [sys.executable, "-m", "tenantlint", "collect", *reached, *arguments]


def environment(emulator: Emulator | None = None, **more: str) -> dict[str, str]:
    """Nothing of the machine's own sign-in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AZURE", "ACTIONS_", "SYSTEM_", "TENANTLINT")) and name not in ("CI", "NO_COLOR")
    }
    return {**kept, **({"TENANTLINT_TOKEN": emulator.token} if emulator else {}), **more}


def collect(emulator: Emulator | None, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(emulator, *arguments),
        cwd=ROOT,
        env=environment(emulator, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_tenant_is_read_written_and_told(emulator: Emulator, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = collect(emulator, "--out", str(out), "--sharepoint-admin", "--tenant", "contoso.example")
    assert done.returncode == 0, done.stderr
    found, expected = open_snapshot(out), open_snapshot(CONTOSO)
    assert found.tenant == expected.tenant
    assert [item["id"] for item in found.collection("users").items] == [
        item["id"] for item in expected.collection("users").items
    ]
    assert done.stdout.startswith("Collected Contoso: objects by area\n")
    for area in ("conditional-access", "roles", "exchange", "teams", "dns"):
        assert f"\n  {area} " in done.stdout
        assert f"\n{area}: " in f"\n{done.stderr}"
    *_, last = done.stderr.strip().splitlines()
    assert last.startswith(f"Wrote {out.as_posix()} in ")
    assert " requests, 0 retries" in last
    assert last.endswith("B.")
    assert "What is missing" not in done.stdout
    assert list(tmp_path.iterdir()) == [out]
    assert emulator.violations == []


@posix
def test_the_files_are_their_owners_alone(emulator: Emulator, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert collect(emulator, *QUICK, "--out", str(out), "-q").returncode == 0
    for path in (out, *out.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_no_token_is_ever_shown_or_written(emulator: Emulator, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = collect(emulator, *QUICK, "--out", str(out), "--verbose")
    assert done.returncode == 0
    payload = emulator.token.split(".")[1]
    written = "".join(file.read_text("utf-8") for file in out.rglob("*") if file.is_file())
    for text in (done.stdout, done.stderr, written):
        assert payload not in text
        assert "earer" not in text


def test_verbose_logs_every_request_without_its_secrets(emulator: Emulator, tmp_path: Path) -> None:
    done = collect(emulator, *QUICK, "--out", str(tmp_path / "out"), "-v")
    logged = [line for line in done.stderr.splitlines() if line.startswith("GET ")]
    assert len(logged) >= 4
    users = next(line for line in logged if "[users]" in line)
    assert users.startswith("GET /v1.0/users?")
    assert "  200  " in users
    assert " ms  " in users
    assert users.rstrip().endswith("bytes")
    assert "127.0.0.1" not in "".join(logged)


def test_quiet_says_nothing(emulator: Emulator, tmp_path: Path) -> None:
    done = collect(emulator, *QUICK, "--out", str(tmp_path / "out"), "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_is_missing_is_told_with_its_permission_and_its_checks(tmp_path: Path) -> None:
    denied = ("Policy.Read.All", "SecurityEvents.Read.All")
    with running_emulator(open_snapshot(CONTOSO), limits="none", deny=denied) as emulator:
        done = collect(emulator, "--out", str(tmp_path / "out"), "--exclude", "exchange,defender,purview,teams")
    assert done.returncode == 3
    assert "What is missing, and what it means for the checks" in done.stdout
    told = " ".join(done.stdout.split())  # lines break where the terminal ends
    assert "denied: The token lacks Policy.Read.All; grant Policy.Read.All with admin consent" in told
    assert re.search(r"cannot be judged: [A-Z]{2}\d{3}", told)
    assert open_snapshot(tmp_path / "out").status("conditional_access_policies").value == "denied"


def test_an_unlicensed_tenant_is_complete(tmp_path: Path) -> None:
    with running_emulator(
        open_snapshot(CONTOSO), limits="none", unlicensed=("defender_office_p1", "defender_office_p2")
    ) as emulator:
        done = collect(emulator, "--out", str(tmp_path / "out"), "--include", "defender")
    assert done.returncode == 0, done.stdout
    assert "unlicensed" in done.stdout
    assert "do not apply: DO" in done.stdout


def test_pseudonyms_are_those_of_pseudonymise(emulator: Emulator, tmp_path: Path) -> None:
    key = tmp_path / "key"
    arguments = ("--pseudonymise-names", "all", "--pseudonymise-ids")
    done = collect(emulator, *QUICK, "--out", str(tmp_path / "hidden"), "--pseudonymise", str(key), *arguments)
    assert done.returncode == 0
    assert "Made a new key" in done.stderr
    again = collect(emulator, *QUICK, "--out", str(tmp_path / "plain"), "--pseudonymise", str(key))
    assert "Made a new key" not in again.stderr
    assert collect(emulator, *QUICK, "--out", str(tmp_path / "source"), "-q").returncode == 0
    for file in ("a", "b"):
        command = [
            sys.executable,
            "-m",
            "tenantlint",
            "pseudonymise",
            str(tmp_path / "source"),
            "--out",
            str(tmp_path / file),
        ]
        made = subprocess.run(
            [*command, "--key", str(key), *(arguments if file == "a" else ())],
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        assert made.stdout == ""
    for hidden, plain in (("hidden", "a"), ("plain", "b")):
        for path in (tmp_path / hidden).rglob("*"):
            if path.is_file() and path.name != "snapshot.json":  # which holds the moment
                assert path.read_bytes() == (tmp_path / plain / path.relative_to(tmp_path / hidden)).read_bytes()
        manifests = [json.loads((tmp_path / one / "snapshot.json").read_text("utf-8")) for one in (hidden, plain)]
        assert manifests[0]["redaction"] == manifests[1]["redaction"]
        assert manifests[0]["tenant"] == manifests[1]["tenant"]
    assert "contoso" not in (tmp_path / "hidden" / "users.jsonl").read_text("utf-8").lower()


def test_the_plan_calls_nothing_and_needs_nothing_installed() -> None:
    code = (
        "import sys\n"
        "for name in ('msgraph', 'msgraph_core', 'azure', 'azure.identity', 'dns', 'httpx', 'kiota_http'):\n"
        "    sys.modules[name] = None\n"
        "import socket; socket.socket.connect = None\n"
        "from tenantlint.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    for form in ((), ("--format", "json")):
        done = subprocess.run(
            [sys.executable, "-c", code, "collect", "--plan", "--sharepoint-admin", *form],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "Policy.Read.All" in done.stdout
        assert "Sites.FullControl.All" in done.stdout
    assert json.loads(done.stdout)["format"] == "tenantlint.plan/1"


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('msgraph', 'msgraph_core', 'azure', 'azure.identity', 'httpx', 'kiota_http'):\n"
        "    sys.modules[name] = None\n"
        "from tenantlint.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "collect", "--out", str(tmp_path / "out")],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "Error: collect needs an optional part: run `pip install 'tenantlint[collect]'`.\n"


def test_check_permissions_tries_and_writes_nothing(emulator: Emulator, tmp_path: Path) -> None:
    done = collect(emulator, *QUICK, "--check-permissions", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert {one["verdict"] for one in json.loads(done.stdout)} == {"ok"}
    with running_emulator(open_snapshot(CONTOSO), limits="none", deny=("User.Read.All",)) as lacking:
        done = collect(lacking, *QUICK, "--check-permissions")
    assert done.returncode == 3
    assert "missing     graph: User.Read.All" in done.stdout
    assert "the token lacks User.Read.All" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Give --out DIR"),
        (("--out", "x", "--include", "user"), "There is no area `user`"),
        (("--out", "x", "--graph-url", "http://graph.example"), "plain http"),
        (("--out", "x", "--graph-url", "https://graph.example/v1.0"), "is no origin"),
        (("--out", "x", "--sign-ins", "0"), "--sign-ins"),
        (("--out", "x", "--time-limit", "soon"), "write 90s, 30m or 2h"),
        (("--out", "x", "--pseudonymise-ids"), "go with --pseudonymise"),
        (("--out", "x", "--pseudonymise", "x/key"), "would lie in the snapshot"),
        (("--out", "snapshots"), "holds no snapshot"),
        (("--plan", "--check-permissions"), "exclude one another"),
        (("--out", "x", "--format", "json"), "--format goes with"),
        (("--out", "x", "--auth", "token"), "the variable that should hold it is empty"),
        (("--out", "x", "--auth", "secret"), "needs the tenant"),
        (("--out", "x", "--cloud", "mars"), "mars"),
    ],
)
def test_bad_usage_is_one_sentence_and_exit_2(arguments: tuple[str, ...], said: str) -> None:
    done = collect(None, *arguments)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2
    assert done.stdout == ""
    assert not (ROOT / "x").exists()


@pytest.mark.parametrize("option", ["--secret-env", "--token-env", "--certificate-password-env"])
def test_a_secret_in_the_place_of_a_variables_name_is_not_shown(option: str) -> None:
    way = {"--secret-env": "secret", "--token-env": "token", "--certificate-password-env": "certificate"}[option]
    done = collect(None, "--out", "x", "--auth", way, option, "abC8~not-a-name", "--verbose")
    assert done.returncode == 2
    assert "abC8" not in done.stdout + done.stderr
    assert "takes the name of an environment variable" in done.stderr


def test_a_token_of_another_tenant_is_refused(emulator: Emulator, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = collect(emulator, *QUICK, "--out", str(out), "--tenant", "00000000-1111-4222-8333-444444444444")
    assert done.returncode == 2
    assert "The sign-in leads to the tenant" in done.stderr
    done = collect(emulator, *QUICK, "--out", str(out), "--tenant", "fabrikam.example")
    assert done.returncode == 2
    assert "does not have the domain fabrikam.example" in done.stderr
    assert not out.exists()


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_the_old_snapshot_and_can_go_on(number: int, code: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running_emulator(open_snapshot(CONTOSO), limits="none") as emulator:
        assert collect(emulator, *QUICK, "--out", str(out), "-q").returncode == 0
    old = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    with running_emulator(open_snapshot(CONTOSO), limits="none", latency=0.3) as emulator:
        running = subprocess.Popen(
            command(emulator, "--out", str(out)),
            cwd=ROOT,
            env=environment(emulator),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert running.stderr is not None
        assert running.stderr.readline().startswith("organization: ")
        running.send_signal(number)
        stdout, stderr = running.communicate(timeout=60)
        assert running.returncode == code, stderr
        assert stdout == ""
        assert "Traceback" not in stderr
        assert stderr.strip().splitlines()[-1] == (
            f"Interrupted. {out.as_posix()} is as it was before, and what was read is kept beside it: "
            "run the same command with --resume to go on."
        )
        assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == old
        assert len(list(tmp_path.iterdir())) == 2
    with running_emulator(open_snapshot(CONTOSO), limits="none") as emulator:
        done = collect(emulator, "--out", str(out), "--resume")
        # Another port is another service to the run; what it belongs to is refused, and a new run is told of it.
        assert done.returncode == 2
        assert "--resume" in done.stderr
        done = collect(emulator, "--out", str(out))
        assert done.returncode == 0
        assert "was thrown away; --resume would have gone on with it." in done.stderr
    assert list(tmp_path.iterdir()) == [out]


@posix
def test_resume_goes_on_where_it_stopped(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with running_emulator(open_snapshot(CONTOSO), limits="none", latency=0.2) as emulator:
        running = subprocess.Popen(
            command(emulator, "--out", str(out)),
            cwd=ROOT,
            env=environment(emulator),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert running.stderr is not None
        line = ""
        while not line.startswith("authentication: "):
            line = running.stderr.readline()
            assert line, "the run ended before"
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
        before = emulator.counters.copy()
        done = collect(emulator, "--out", str(out), "--resume", "--verbose")
        again = emulator.counters - before
    assert done.returncode == 0, done.stderr
    assert "(from the interrupted run)" in done.stdout
    assert not any("authenticationMethodsPolicy" in route for route in again)
    found = open_snapshot(out)
    for name in ("users", "conditional_access_policies", "group_members"):
        assert [*found.collection(name).items] == [*open_snapshot(CONTOSO).collection(name).items]


def test_nothing_to_resume_is_said(emulator: Emulator, tmp_path: Path) -> None:
    done = collect(emulator, *QUICK, "--out", str(tmp_path / "out"), "--resume")
    assert done.returncode == 0
    assert "There is no interrupted run to go on with; this is a new one." in done.stderr


@posix
def test_on_a_terminal_a_table_is_drawn_and_taken_away(emulator: Emulator, tmp_path: Path) -> None:
    import pty

    main, end = pty.openpty()
    running = subprocess.Popen(
        command(emulator, "--include", "users", "--out", str(tmp_path / "out")),
        cwd=ROOT,
        env=environment(emulator, TERM="xterm-256color", COLUMNS="100"),
        stdout=subprocess.PIPE,
        stderr=end,
    )
    os.close(end)
    drawn = b""
    while True:
        try:
            data = os.read(main, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not data:
            break
        drawn += data
    os.close(main)
    stdout = running.communicate(timeout=60)[0]
    text = drawn.decode("utf-8")
    assert running.returncode == 0
    assert "users" in text
    assert "requests" in text
    assert "\x1b[2K" in text  # lines are taken away again
    *_, table, last = text.rstrip().split("\x1b[2K")
    assert last.startswith("Wrote ")
    assert "Wrote" not in table
    assert b"\x1b" not in stdout


@pytest.mark.parametrize("name", ["CI", "TERM"])
def test_in_ci_and_on_a_dumb_terminal_lines_are_plain(emulator: Emulator, tmp_path: Path, name: str) -> None:
    if sys.platform == "win32":
        pytest.skip("there are no pseudo terminals")
    import pty

    main, end = pty.openpty()
    running = subprocess.Popen(
        command(emulator, "--include", "users", "--out", str(tmp_path / "out")),
        cwd=ROOT,
        env=environment(emulator, **{"TERM": "xterm", name: "dumb"}),
        stdout=subprocess.DEVNULL,
        stderr=end,
    )
    os.close(end)
    running.wait(timeout=60)
    drawn = os.read(main, 65536)
    os.close(main)
    assert b"\x1b" not in drawn
    assert b"users: 2 collections, " in drawn


def test_a_bug_of_a_fetcher_fails_its_collections_and_is_exit_code_4(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(context: Context, source: Source) -> AsyncIterator[list[JsonObject]]:
        raise KeyError("a bug")
        yield []

    monkeypatch.setitem(FETCHERS, Way.CMDLET, broken)
    monkeypatch.setenv("TENANTLINT_TOKEN", emulator.token)
    arguments = command(emulator, "--include", "exchange,domains", "--out", str(tmp_path / "out"))[3:]
    assert main(arguments) == 4
    assert "This is a fault of tenantlint" in capsys.readouterr().err
    found = open_snapshot(tmp_path / "out")
    assert found.status("domains").value == "ok"
    assert found.status("transport_rules").value == "failed"
