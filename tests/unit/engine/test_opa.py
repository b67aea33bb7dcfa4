"""The OPA engine: same answers, errors where OPA would stay silent, nothing left behind on a shared server."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator

import pytest

from tenantlint.engine.opa import OpaEngine
from tenantlint.engine.opa_server import OpaServer
from tenantlint.errors import CheckLoadError, EngineError, UsageError
from tenantlint.model import Module

pytestmark = [
    pytest.mark.opa,
    pytest.mark.skipif(shutil.which("opa") is None, reason="no `opa` on PATH: the OPA engine is not tested"),
]

PACKAGE = "custom.checks.ca.states"
STATES = Module(
    "states.rego",
    """package custom.checks.ca.states

import rego.v1

import data.custom.lib.second

findings contains p.id if {
	some p in input.policies
	second.is_off(p)
}

findings contains p.number if {
	some p in input.policies
	to_number(data.custom.lib.first.number(p)) > 3
}
""",
)
FIRST = Module(
    "first.rego", "package custom.lib.first\n\nimport rego.v1\n\nnumber(p) := p.number\n\nis(p, s) if p.state == s\n"
)
SECOND = Module(
    "second.rego",
    'package custom.lib.second\n\nimport rego.v1\n\nimport data.custom.lib.first\n\nis_off(p) if first.is(p, "off")\n',
)


@pytest.fixture(scope="module")
def engine() -> Iterator[OpaEngine]:
    with OpaEngine() as started:
        # In the wrong order on purpose: OPA compiles at each upload.
        started.load([STATES, SECOND, FIRST])
        yield started


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server that belongs to somebody else."""
    with OpaEngine() as owner:
        owner.load([])
        assert owner._server is not None
        yield f"http://127.0.0.1:{owner._server.port}"


def given(*policies: dict[str, object]) -> str:
    return json.dumps({"policies": policies})


def test_gives_the_value_of_every_rule(engine: OpaEngine) -> None:
    assert engine.evaluate(PACKAGE, ["findings"], given({"id": "a", "state": "off"})) == {"findings": ["a"]}
    assert engine.evaluate(PACKAGE, ["findings"], given({"id": "a", "state": "on"})) == {"findings": []}


def test_a_failing_builtin_is_an_error_where_opa_would_say_undefined(engine: OpaEngine) -> None:
    with pytest.raises(EngineError) as caught:
        engine.evaluate(PACKAGE, ["findings"], given({"id": "a", "number": "many"}))
    assert str(caught.value).startswith("states.rego:14:2: to_number: ")


@pytest.mark.parametrize(("package", "rule"), [(PACKAGE, "finding"), ("custom.checks.ca.nothing", "findings")])
def test_an_undefined_result_is_an_error_and_never_no_findings(engine: OpaEngine, package: str, rule: str) -> None:
    with pytest.raises(EngineError, match="has no value"):
        engine.evaluate(package, [rule], given())


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("package custom.lib.bad\n\nx := ", "bad.rego:3:6", "expecting expression"),
        (
            "package custom.lib.bad\n\nx := data.custom.lib.first.nothing(1)\n",
            "bad.rego:3:6",
            "data.custom.lib.first.nothing",
        ),
        ("package custom.lib.bad\n\nx := time.now_ns()\n", "bad.rego:3:6", "is not allowed"),
    ],
)
def test_a_module_that_opa_refuses_is_named_with_its_place(
    engine: OpaEngine, text: str, place: str, problem: str
) -> None:
    with pytest.raises(CheckLoadError) as caught:
        engine.load([Module("bad.rego", text)])
    assert str(caught.value).startswith(place)
    assert problem in str(caught.value)
    assert "tenantlint_run" not in str(caught.value)


def test_a_module_that_keeps_our_server_from_starting_is_named_with_its_place() -> None:
    with (
        OpaEngine() as engine,
        pytest.raises(CheckLoadError, match=r"^bad\.rego:3:6: .*data\.custom\.lib\.first\.nothing"),
    ):
        engine.load(
            [FIRST, Module("bad.rego", "package custom.lib.bad\n\nx := data.custom.lib.first.nothing(1)\n"), SECOND]
        )


def test_two_runs_on_one_server_do_not_see_each_other_and_leave_nothing(url: str) -> None:
    other = Module(STATES.path, STATES.text.replace("is_off", "is_on"))
    with OpaEngine(url=url) as one, OpaEngine(url=url) as two:
        one.load([FIRST, SECOND, STATES])
        two.load([FIRST, Module(SECOND.path, SECOND.text.replace("off", "on")), other])
        policy = given({"id": "a", "state": "on"})
        assert one.evaluate(PACKAGE, ["findings"], policy) == {"findings": []}
        assert two.evaluate(PACKAGE, ["findings"], policy) == {"findings": ["a"]}
        assert len(one._client.get_policies_list()) == 6
        client = one._client
        two.__exit__()
        assert len(client.get_policies_list()) == 3
    with OpaEngine(url=url) as later:
        assert later._client.get_policies_list() == []


def test_policies_are_deleted_when_the_run_fails(url: str) -> None:
    with pytest.raises(ZeroDivisionError), OpaEngine(url=url) as engine:
        engine.load([FIRST, SECOND, STATES])
        raise ZeroDivisionError
    with OpaEngine(url=url) as later:
        assert later._client.get_policies_list() == []


def test_a_server_that_went_away_is_one_sentence() -> None:
    server = OpaEngine()
    with server:
        server.load([FIRST, SECOND, STATES])
        assert server._server is not None
        server._server.stop()
        with pytest.raises(EngineError, match="cannot be asked: ConnectionError"):
            server.evaluate(PACKAGE, ["findings"], given())


def test_nobody_listening_is_a_usage_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(UsageError, match=f"no OPA server answers at {address}"), OpaEngine(url=address):
            pass


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "opa",
        "127.0.0.1:8181",
        "ftp://127.0.0.1",
        "http://",
        "http://a:b@127.0.0.1:1",
        "http://h:99999",
        "http://h:x",
    ],
)
def test_what_is_no_url_is_refused(bad: str) -> None:
    from tenantlint.engine.opa import _target

    with pytest.raises(UsageError, match="is not a URL"):
        _target(bad)


def test_a_url_with_a_path_is_refused() -> None:
    with pytest.raises(UsageError, match="has a path"):
        OpaEngine(url="http://127.0.0.1:8181/opa")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://127.0.0.1", ("127.0.0.1", 8181, False)),
        ("http://[::1]:9/", ("[::1]", 9, False)),
        ("https://opa.example", ("opa.example", 443, True)),
    ],
)
def test_urls_are_taken_apart(url: str, target: tuple[str, int, bool]) -> None:
    from tenantlint.engine.opa import _target

    assert _target(url) == target


def test_a_binary_that_is_not_there_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="needs `opa-of-nobody`, which is not there"):
        OpaEngine(binary="opa-of-nobody")


def test_a_binary_that_is_no_opa_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="did not come up"), OpaEngine(binary=shutil.which("false")) as engine:
        engine.load([])


def test_a_stranger_on_the_port_is_not_taken_for_our_server(engine: OpaEngine) -> None:
    assert engine._server is not None
    other = OpaEngine()
    other._server = OpaServer("opa", "another")
    other._server._process = engine._server._process  # something runs, and a server answers: but not ours
    assert other._answers_as_ours(engine._server.port) is False
