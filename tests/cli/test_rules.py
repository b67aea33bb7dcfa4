"""`tenantlint rules`: exit codes, and what stands on stdout and stderr."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tenantlint.cli.main import main


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No tenantlint.yaml of the checkout, and a fixed width."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


Run = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def running(*arguments: str) -> Run:
        code = main(["rules", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return running


def test_list_shows_every_check_in_a_table(run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("list")
    assert (code, err) == (0, "")
    assert re.search(r"^CA001 +critical +Conditional Access +\S", out, re.MULTILINE)
    assert max(len(line) for line in out.splitlines()) <= 100


def test_list_as_json_is_filtered_by_every_option_at_once(run) -> None:  # type: ignore[no-untyped-def]
    everything = json.loads(run("list", "--format", "json")[1])
    code, out, _ = run("list", "--format", "json", "--severity", "high", "--framework", "scuba", "--ignore", "SP")
    assert code == 0
    wanted = [
        one["id"]
        for one in everything
        if one["severity"] == "high" and one["mappings"]["scuba"] and not one["id"].startswith("SP")
    ]
    assert [one["id"] for one in json.loads(out)] == wanted
    assert 0 < len(wanted) < len(everything)


def test_list_of_a_profile_is_what_it_holds(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    told = json.loads(run("list", "--profile", "eidsca", "--format", "json")[1])
    assert told
    assert all(one["mappings"]["eidsca"] for one in told)
    (tmp_path / "tenantlint.yaml").write_text(
        "format: tenantlint.config/1\nprofiles:\n  house: {select: [CA001]}\n", encoding="utf-8"
    )
    told = json.loads(run("list", "--profile", "house", "--format", "json")[1])
    assert [one["id"] for one in told] == ["CA001"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("list", "CA999"), "no check is selected by `CA999`"),
        (("list", "--profile", "house"), "there is no profile `house`; there are baseline, strict, scuba, eidsca."),
        (("list", "--framework", "scubba"), "there is no framework `scubba`; did you mean scuba?"),
        (("explain", "CA0O1"), "did you mean CA0"),
        (("matrix", "--framework", "iso"), "there is no framework `iso`"),
        (("test", "nowhere"), "there is no nowhere to test."),
        (("list", "--policies", "nowhere"), "nowhere"),
        (("new", "Bad-Slug"), "the slug `Bad-Slug` is not usable"),
        (("explain",), "Missing argument"),
    ],
)
def test_a_mistake_is_one_sentence_on_stderr_and_exit_code_2(run, arguments, sentence) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err


def test_explain_is_well_set(run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("explain", "ca001")
    assert (code, err) == (0, "")
    assert out.startswith("CA001  ")
    for heading in ("What it looks at", "Why it matters", "What to do", "What it reads", "Mappings", "References"):
        assert f"\n{heading}\n" in out
    assert "https://learn.microsoft.com/" in out
    assert max(len(line) for line in out.splitlines()) <= 100
    assert "\x1b" not in out


def test_explain_as_json_and_markdown(run) -> None:  # type: ignore[no-untyped-def]
    assert json.loads(run("explain", "CA001", "--format", "json")[1])["id"] == "CA001"
    assert run("explain", "CA001", "--format", "markdown")[1].startswith("# CA001: ")


def test_a_new_check_passes_its_tests_and_is_listed(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("new", "my_check", "--service", "exchange", "--id", "X007")
    assert code == 0
    assert out.startswith("X007: wrote checks/exchange/my_check.rego and checks/exchange/my_check_test.rego.")
    code, out, _ = run("test", "checks", "--cover")
    assert (code, out.splitlines()[-1]) == (0, "3 tests, 0 failed; 0 lines uncovered.")
    assert [one["id"] for one in json.loads(run("list", "X", "--policies", "checks", "--format", "json")[1])] == [
        "X007"
    ]
    assert "checks/exchange/my_check.rego" in run("explain", "X007", "--policies", "checks")[1]


def test_a_failing_test_shows_the_difference_and_gives_exit_code_1(run) -> None:  # type: ignore[no-untyped-def]
    run("new", "my_check")
    test = Path("checks/custom/my_check_test.rego")
    test.write_text(
        test.read_text(encoding="utf-8").replace('"The name Test 1 marks', '"The name marks'), encoding="utf-8"
    )
    code, out, _ = run("test", "checks", "-q")
    assert code == 1
    assert out.startswith("FAIL checks/custom/my_check_test.rego:14 test_fail_when_the_name_marks_a_test\n")
    assert '-  "The name marks a test."' in out
    assert '+  "The name Test 1 marks a test."' in out
    assert out.endswith("3 tests, 1 failed; 0 lines uncovered.\n")
    assert "pass " not in out


def test_uncovered_lines_are_named_and_fail_only_when_asked(run) -> None:  # type: ignore[no-untyped-def]
    run("new", "my_check")
    check = Path("checks/custom/my_check.rego")
    text = check.read_text(encoding="utf-8")
    check.write_text(text + "\nfindings contains 1 if {\n\tinput.never\n\tinput.ever\n}\n", encoding="utf-8")
    code, out, _ = run("test", "checks", "-q")
    assert code == 0
    first = len(text.splitlines()) + 2
    assert f"uncovered checks/custom/my_check.rego: {first}, {first + 2}\n" in out
    assert run("test", "checks", "-q", "--cover")[0] == 1


def test_a_check_that_reaches_out_is_refused_with_its_place(run) -> None:  # type: ignore[no-untyped-def]
    run("new", "my_check")
    check = Path("checks/custom/my_check.rego")
    check.write_text(check.read_text(encoding="utf-8") + "\nx := http.send({})\n", encoding="utf-8")
    code, out, err = run("test", "checks")
    assert (code, out) == (2, "")
    assert re.search(r"checks/custom/my_check\.rego:\d+:6: `http\.send` is not allowed", err)


def test_hostile_text_in_a_custom_check_does_not_reach_the_terminal(run) -> None:  # type: ignore[no-untyped-def]
    run("new", "my_check")
    check = Path("checks/custom/my_check.rego")
    text = check.read_text(encoding="utf-8")
    check.write_text(
        text.replace("title: No conditionalAccessPolicy is", 'title: "\\e[31m [bold]\\u202e is').replace(
            "a test\n", 'a test"\n', 1
        ),
        encoding="utf-8",
    )
    for arguments in (("explain", "X001"), ("list", "X001")):
        code, out, _ = run(*arguments, "--policies", "checks")
        assert code == 0
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "[bold]" in out


def test_matrix_as_markdown_json_and_csv(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("matrix")
    assert code == 0
    assert "| CISA SCuBA |" in out
    told = json.loads(run("matrix", "--format", "json", "--framework", "scuba")[1])
    assert list(told["frameworks"]) == ["scuba"]
    assert told["frameworks"]["scuba"]["controls"]["MS.AAD.1.1v1"] == ["CA001"]
    table = run("matrix", "--format", "csv", "--framework", "scuba")[1].splitlines()
    assert table[0] == "framework,control,area,topic,state,checks,kind,reason"
    assert len(table) - 1 == sum(told["frameworks"]["scuba"]["totals"].values())
    assert any(line.startswith("scuba,MS.AAD.4.1v1,audit,") and ",not_covered,,log_source," in line for line in table)


def test_matrix_check_names_what_does_not_fit(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("new", "thing_is_right", "--service", "custom")
    file = next(path for path in (tmp_path / "checks").rglob("*.rego") if not path.name.endswith("_test.rego"))
    text = file.read_text(encoding="utf-8")
    named = "#   mappings: {eidsca: [ZZ99]}\npackage"
    file.write_text(re.sub(r"(#   mappings:.*\n)?package", named, text, count=1), encoding="utf-8")
    code, out, _ = run("matrix", "--check", "--framework", "eidsca", "--policies", "checks")
    assert code == 1
    assert "X001 is mapped to `ZZ99`, which is no control of EIDSCA." in out
    assert re.search(r"^checks/custom/thing_is_right.rego:\d+: ", out, re.MULTILINE)
    assert out.rstrip().endswith("1 unknown.")


def test_lint_of_a_new_check_finds_nothing_and_of_a_careless_one_says_where(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("new", "thing_is_right", "--service", "custom")
    assert run("lint", "checks") == (0, "1 checks, 0 faults of style.\n", "")
    file = tmp_path / "checks" / "custom" / "thing_is_right.rego"
    text = file.read_text(encoding="utf-8").replace("# title: No ", "# title: Ensure no ").replace('test."', 'test"')
    file.write_text(text, encoding="utf-8")
    code, out, _ = run("lint", "checks")
    assert code == 1
    assert "checks/custom/thing_is_right.rego:2: the title says `Ensure`" in out
    assert re.search(r"thing_is_right.rego:\d+: the message does not end with a full stop \[messages\]\.", out)
    told = json.loads(run("lint", "checks", "--format", "json")[1])
    assert {one["rule"] for one in told} == {"title", "messages"}


def test_docs_are_written_and_compared(run) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("docs", "pages", "--check")
    assert code == 1
    assert "pages/CA001.md is not current." in out
    assert run("docs", "pages")[0] == 0
    assert run("docs", "pages", "--check") == (0, "", "")
