"""Loading the library: paths, packages, ids, libraries, digest."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.checks.conftest import RULES, Write, merged

from tenantlint.checks.catalog import find, load
from tenantlint.errors import CheckLoadError, InputError, UsageError


def test_custom_checks_stand_beside_the_shipped_ones(write: Write) -> None:
    folder = write()
    library = load([folder])
    shipped = load()
    assert len(library.checks) == len(shipped.checks) + 1
    check = find(library, "x001")
    assert (check.custom, check.service, check.slug, check.package) == (True, "own", "thing", "custom.checks.own.thing")
    assert [one.id for one in library.checks] == sorted(one.id for one in library.checks)


def test_only_shipped_modules_are_trusted(write: Write) -> None:
    library = load([write()])
    assert {module.path for module in library.modules if not module.trusted} == {find(library, "X001").path}


@pytest.mark.parametrize(
    ("path", "service"), [("thing", "custom"), ("checks/own/thing", "own"), ("a/b/thing", "a"), ("own/thing", "own")]
)
def test_the_service_is_the_folder(write: Write, path: str, service: str) -> None:
    package = "custom.checks." + path.removeprefix("checks/").replace("/", ".")
    assert find(load([write(path, package=package)]), "X001").service == service


def test_files_below_lib_are_libraries_and_tests_are_left_out(write: Write) -> None:
    write("lib/names", metadata=None, package="custom.lib.names", rules="x := 1\n")
    write("own/thing_test", metadata=None, rules="test_x := true\n")
    folder = write()
    library = load([folder])
    own = [Path(module.path).name for module in library.modules if not module.trusted]
    assert own == ["names.rego", "thing.rego"]
    assert len(library.modules_for([find(library, "X001")])) == len(
        [one for one in load().modules if "/lib/" in one.path]
    ) + len(own)


def test_a_package_that_does_not_match_the_path_is_refused(write: Write) -> None:
    with pytest.raises(CheckLoadError, match=r"does not match the path; write `package custom\.checks\.own\.thing`"):
        load([write(package="custom.checks.own.other")])


def test_a_shipped_id_is_refused_for_a_custom_check(write: Write) -> None:
    with pytest.raises(CheckLoadError, match="`CA901` is not one for custom checks; choose one such as X001"):
        load([write(metadata=merged(id="CA901"))])


def test_an_id_that_stands_twice_is_refused(write: Write) -> None:
    write("own/first")
    with pytest.raises(CheckLoadError, match=r"thing.rego: the id X001 is already that of .*first.rego"):
        load([write("own/thing")])


def test_a_fact_that_is_not_known_is_refused(write: Write) -> None:
    with pytest.raises(CheckLoadError, match=r"there is no fact `a\.b`"):
        load([write(metadata=merged(facts=["a.b"]))], known_facts=frozenset({"a.c"}))


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        load([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"\xff\xfe\x00", "is not UTF-8 text"), (b"#" * 1_000_001, "a Rego file of more than 1 MB")],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "thing.rego").write_bytes(content)
    with pytest.raises(InputError, match=problem):
        load([tmp_path])


def test_a_byte_order_mark_is_no_obstacle(write: Write) -> None:
    folder = write()
    file = folder / "own" / "thing.rego"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert find(load([folder]), "X001").slug == "thing"


def test_the_digest_tells_libraries_apart_and_nothing_else(write: Write) -> None:
    folder = write()
    first = load([folder]).digest
    assert first == load([folder]).digest
    assert first.startswith("sha256:")
    write(rules=RULES + "\n# changed\n")
    assert load([folder]).digest != first
