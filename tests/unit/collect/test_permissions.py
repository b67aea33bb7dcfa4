from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tenantlint.checks.catalog import load
from tenantlint.collect.catalog import AREAS, NOT_COLLECTABLE, SOURCES
from tenantlint.collect.permissions import main, page
from tenantlint.collect.plan import Plan, plan
from tenantlint.collect.selection import chosen
from tenantlint.collect.setup_script import setup_script

ROOT = Path(__file__).parents[3]

# A stand-in for the Azure CLI that keeps a directory in a file and answers what the script asks.
AZ = """
import json, re, sys
state_file, arguments = {state!r}, sys.argv[1:]
with open(state_file, encoding="utf-8") as file:
    state = json.load(file)
def option(name):
    return arguments[arguments.index(name) + 1] if name in arguments else ""
def say(value):
    print("" if value is None else value)
verb = " ".join(each for each in arguments[:4] if not each.startswith("-"))
url, query, method = option("--url"), option("--query"), option("--method")
body = json.loads(option("--body") or "{{}}")
state["log"].append(verb + " " + method + " " + url)
if verb.startswith("account show"):
    say("tenant-1")
elif verb.startswith("cloud show"):
    say("https://graph.microsoft.com/")
elif verb.startswith("ad app list"):
    say(len(state["apps"]) if query == "length(@)" else next(iter(state["apps"]), None))
elif verb.startswith("ad app create"):
    state["apps"].append("app-1")
elif verb.startswith("ad sp list"):
    wanted = re.search("appId eq '(.*)'", option("--filter"))[1]
    own = wanted.startswith("app-")
    say("sp-" + wanted if not own or state["principal"] else None)
elif verb.startswith("ad sp create"):
    state["principal"] = True
elif verb.startswith("ad sp show"):
    name = re.search("value=='(.*?)'", query)[1]
    say(None if name in state["unknown"] else "role-" + name)
elif verb.startswith("ad app federated-credential list"):
    say(sum(each["subject"] in query for each in state["trusted"]))
elif verb.startswith("ad app federated-credential create"):
    state["trusted"].append(json.loads(option("--parameters")))
elif verb.startswith("ad app credential reset"):
    with open(option("--cert").removeprefix("@"), encoding="utf-8") as file:
        state["certificates"].append(file.read())
elif method == "GET" and "appRoleAssignments" in url:
    if query.startswith("length"):
        role, resource = re.findall("'(.*?)'", query)
        say(sum(each["appRoleId"] == role and each["resourceId"] == resource for each in state["granted"]))
    else:
        for number, each in enumerate(state["granted"]):
            print(f"{{number}}\\t{{each['resourceId']}}\\t{{each['appRoleId']}}")
elif method == "POST" and "appRoleAssignments" in url:
    state["granted"].append(body)
elif method == "DELETE":
    state["deleted"].append(state["granted"][int(url.rpartition("/")[2])]["appRoleId"])
elif method == "PATCH":
    state["required"] = body["requiredResourceAccess"]
elif method == "GET" and "roleDefinitions" in url:
    say("definition-of-" + re.search("'(.*)'", url)[1])
elif method == "GET" and "roleAssignments" in url:
    say(len(state["roles"]))
elif method == "POST" and "roleAssignments" in url:
    state["roles"].append(body["roleDefinitionId"])
else:
    sys.exit("not expected: " + " ".join(arguments))
with open(state_file, "w", encoding="utf-8") as file:
    json.dump(state, file)
"""


def whole() -> Plan:
    return plan(chosen(sharepoint_admin=True, sign_ins=True))


class Directory:
    """A folder with the script, the stand-in and its state."""

    def __init__(self, folder: Path) -> None:
        self.state_file = folder / "state.json"
        self.script = folder / "setup.sh"
        self.script.write_text(setup_script(whole()), encoding="utf-8", newline="\n")
        (folder / "az.py").write_text(AZ.format(state=str(self.state_file)), encoding="utf-8")
        az = folder / "bin" / "az"
        az.parent.mkdir()
        az.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{folder / "az.py"}" "$@"\n', encoding="utf-8")
        az.chmod(0o755)
        (folder / "bin" / "openssl").write_text('#!/bin/sh\necho "public part" > "$5"\n', encoding="utf-8")
        (folder / "bin" / "openssl").chmod(0o755)
        self.path = f"{az.parent}{os.pathsep}{os.environ['PATH']}"
        empty: dict[str, Any] = {"apps": [], "principal": False, "granted": [], "roles": [], "trusted": [], "log": []}
        self.save({**empty, "certificates": [], "deleted": [], "required": [], "unknown": []})

    def save(self, state: dict[str, Any]) -> None:
        self.state_file.write_text(json.dumps(state), encoding="utf-8")

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.state_file.read_text(encoding="utf-8"))
        return found

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", str(self.script), *options],
            env={**os.environ, "PATH": self.path},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    if shutil.which("bash") is None or sys.platform == "win32":
        pytest.skip("needs bash")
    return Directory(tmp_path)


def granted(state: dict[str, Any]) -> set[str]:
    return {each["appRoleId"].removeprefix("role-") for each in state["granted"]}


def test_the_script_grants_exactly_the_plan(directory: Directory) -> None:
    ended = directory.run()
    assert (ended.returncode, ended.stderr) == (0, "")
    state = directory.state
    assert granted(state) == {*whole().graph_permissions, "Exchange.ManageAsApp"}
    assert state["roles"] == ["definition-of-Global%20Reader"]
    assert [each["resourceAppId"] for each in state["required"]] == [
        "00000003-0000-0000-c000-000000000000",
        "00000002-0000-0ff1-ce00-000000000000",
    ]
    assert len(state["required"][0]["resourceAccess"]) == len(whole().graph_permissions)
    assert "application: app-1" in ended.stdout


def test_the_script_can_run_again_and_takes_nothing_away_unasked(directory: Directory) -> None:
    directory.run("--sharepoint-admin")
    before = directory.state
    ended = directory.run()
    assert ended.returncode == 0, ended.stderr
    assert "has a permission that is not needed (role-Sites.FullControl.All)" in ended.stdout
    assert directory.state["granted"] == before["granted"]
    assert directory.state["deleted"] == []
    assert directory.state["required"] == before["required"]


def test_the_script_takes_away_what_is_too_much_when_asked(directory: Directory) -> None:
    directory.run("--sharepoint-admin")
    before = directory.state
    assert "Sites.FullControl.All" in granted(before)
    ended = directory.run("--exact")
    assert ended.returncode == 0, ended.stderr
    after = directory.state
    assert len(after["granted"]) == len(before["granted"])
    assert after["deleted"] == ["role-Sites.FullControl.All"]
    assert len(after["roles"]) == len(after["apps"]) == 1


def test_the_script_goes_on_where_a_cloud_lacks_a_permission(directory: Directory) -> None:
    directory.save({**directory.state, "unknown": ["SecurityEvents.Read.All"]})
    ended = directory.run()
    assert ended.returncode == 0
    assert "does not offer SecurityEvents.Read.All" in ended.stderr
    assert granted(directory.state) == {*whole().graph_permissions, "Exchange.ManageAsApp"} - {
        "SecurityEvents.Read.All"
    }


def test_the_script_trusts_a_workflow_once(directory: Directory) -> None:
    for _ in range(2):
        ended = directory.run("--github", "contoso/policies", "--environment", "production")
        assert ended.returncode == 0, ended.stderr
    (trusted,) = directory.state["trusted"]
    assert trusted["subject"] == "repo:contoso/policies:environment:production"
    assert trusted["audiences"] == ["api://AzureADTokenExchange"]
    assert re.fullmatch(r"[A-Za-z0-9-]{1,120}", trusted["name"])


def test_the_script_sends_the_public_part_of_a_certificate_alone(directory: Directory, tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_text("PRIVATE KEY", encoding="utf-8")
    ended = directory.run("--certificate", str(both))
    assert ended.returncode == 0, ended.stderr
    assert directory.state["certificates"] == ["public part\n"]


@pytest.mark.parametrize("options", [["--nonsense"], ["--name", "it's"], ["--certificate", "/nowhere/to/be/found"]])
def test_the_script_refuses_what_it_does_not_understand_before_it_does_anything(
    directory: Directory, options: list[str]
) -> None:
    assert directory.run(*options).returncode == 2
    assert directory.state["log"] == []


def test_a_narrow_plan_makes_a_narrow_script() -> None:
    script = setup_script(plan(chosen(["domains"])))
    assert "Domain.Read.All" in script
    for word in ("Policy.Read.All", "Exchange.ManageAsApp", "Sites.FullControl", "roleDefinitions"):
        assert word not in script


def test_the_page_names_every_area_collection_and_permission() -> None:
    text = page()
    for area in AREAS:
        assert f"\n| {area} | " in text
    for source in SOURCES:
        assert f"\n| {source.collection} | " in text
        assert all(f"`{name}`" in text for name in (*source.permissions, *source.also))
    assert all(f"- `{name}`: " in text for name in NOT_COLLECTABLE)


def test_tables_of_the_page_have_as_many_cells_in_every_row() -> None:
    text = re.sub(r"```bash.*?```", "", page(load().checks), flags=re.DOTALL)
    for block in text.split("\n\n"):
        rows = [row for row in block.splitlines() if row.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1, rows[:1]


def test_the_page_tells_which_checks_an_area_serves() -> None:
    line = next(line for line in page(load().checks).splitlines() if line.startswith("| teams | "))
    assert line.endswith("| TM |")


def test_the_page_in_docs_is_current() -> None:
    assert main([str(ROOT / "docs" / "permissions.md"), "--check"]) == 0


def test_the_page_is_written_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "permissions.md"
    assert main([str(path), "--check"]) == 1
    assert main([str(path)]) == 0
    assert main(["--check", str(path)]) == 0
    path.write_text("old", encoding="utf-8")
    assert main([str(path), "--check"]) == 1
    assert path.read_text(encoding="utf-8") == "old"
    assert main([]) == 2
    assert "is not current" in capsys.readouterr().out
