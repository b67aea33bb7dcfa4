"""OPA, the reference engine, through opa-python-client: a server by URL, or one that is started here."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tenantlint.engine import guard
from tenantlint.engine.embedded import syntax
from tenantlint.engine.namespace import Moved, move
from tenantlint.engine.opa_server import OpaServer
from tenantlint.errors import CheckLoadError, EngineError, MissingExtraError, TenantlintError, UsageError
from tenantlint.model import Module

_TIMEOUT_SECONDS = 60.0  # the client's own default, 1.5 s, ends every slow evaluation
_START_SECONDS = 15.0
_POLL_SECONDS = 0.02
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
# OPA otherwise takes a failing builtin for "undefined": no finding where there should be an error.
_STRICT = {"strict-builtin-errors": "true"}


class OpaEngine:
    """An OPA server behind the Engine protocol; its policies are namespaced and deleted at the end."""

    name = "opa"

    def __init__(self, *, url: str | None = None, binary: str | None = None) -> None:
        """Raises UsageError for a bad URL or a missing binary, MissingExtraError without the OPA client."""
        try:
            import opa_client  # noqa: F401 - only to know whether it is there
        except ImportError:
            raise MissingExtraError("--engine opa", "opa") from None
        self._run = f"tenantlint_run_{secrets.token_hex(8)}"
        self._target = _target(url) if url else None
        self._binary = None if url else _binary(binary)
        self._shown = url or "the OPA server"
        self._client: Any = None
        self._server: OpaServer | None = None
        self._loaded: dict[str, tuple[Module, Moved]] = {}

    def __enter__(self) -> OpaEngine:
        """Connect to the server of the URL. Raises UsageError when there is no OPA that answers."""
        if self._target is not None:
            self._client = _client(*self._target)
            try:
                self._client.check_connection()
            except Exception:  # the client's errors have no class in common, and all mean the same here
                self.__exit__()
                raise UsageError(f"no OPA server answers at {self._shown}.") from None
        return self

    def __exit__(self, *exc: object) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None
        elif self._client is not None:
            for identity in reversed(self._loaded):  # OPA keeps what another module still calls
                with contextlib.suppress(Exception):  # the report is made; a server that went away is no fault of it
                    self._client.delete_policy(identity)
        self._loaded.clear()
        if self._client is not None:
            self._client.close_connection()
            self._client = None

    def load(self, modules: Sequence[Module]) -> None:
        """Give the modules to the server, which is started for it when it is our own.

        Raises CheckLoadError with file, line and column, UsageError when the server does not come up.
        """
        moved: list[tuple[Module, Moved]] = []
        for module in modules:
            tree = syntax(module)
            if not module.trusted:
                guard.inspect(module, tree)
            moved.append((module, move(module, tree, self._run)))
        if self._binary is not None and self._server is None:
            if self._start_with(self._binary, moved):
                return
            self._server = OpaServer(self._binary, self._run)
            self._server.start(self._answers_as_ours)
        self._send(moved)

    def _start_with(self, binary: str, moved: Sequence[tuple[Module, Moved]]) -> bool:
        """Start our server over the modules as files: one compilation, where sending them takes one for each.

        False when it does not come up; sending the modules then tells which of them is at fault.
        """
        self._server = OpaServer(binary, self._run)
        with tempfile.TemporaryDirectory(prefix="tenantlint-") as folder:
            for index, (module, text) in enumerate(moved):
                path = Path(folder) / f"{index}.rego"
                path.write_text(text.text, encoding="utf-8", newline="\n")
                self._loaded[str(path)] = (module, text)
            try:
                self._server.start(self._answers_as_ours, folder=folder, attempts=1)
            except UsageError:
                self._loaded.clear()
                self._server = None
                return False
        return True

    def _send(self, moved: Sequence[tuple[Module, Moved]]) -> None:
        pending = [(f"{self._run}/{len(self._loaded) + index}.rego", *told) for index, told in enumerate(moved)]
        # OPA compiles at each upload and refuses a call to a function that is not there yet: what other modules
        # import goes first, and libraries that need one another may take several rounds.
        pending.sort(key=lambda told: "/lib/" not in told[1].path)
        while pending:
            failed: list[tuple[str, Module, Moved]] = []
            error: CheckLoadError | None = None
            for identity, module, text in pending:
                try:
                    self._upload(identity, module, text)
                except CheckLoadError as caught:
                    failed.append((identity, module, text))
                    error = error or caught
            if error is not None and len(failed) == len(pending):
                raise error
            pending = failed

    def evaluate(self, package: str, rules: Sequence[str], input_json: str) -> dict[str, Any]:
        """The value of each rule over the input. Raises EngineError when one fails or has no value."""
        given = json.loads(input_json)
        return {rule: self._rule(package, rule, given) for rule in rules}

    def _rule(self, package: str, rule: str, given: Any) -> Any:
        with self._asking():
            answer = self._client.query_rule(given, f"{self._run}.{package}", rule, query_params=_STRICT)
        # An undefined rule is `{}`: taken for an empty set it would be a pass.
        if not isinstance(answer, dict) or "result" not in answer:
            raise EngineError(f"data.{package}.{rule} has no value; a check's rules must be sets (`contains`)")
        return answer["result"]

    def _upload(self, identity: str, module: Module, moved: Moved) -> None:
        from opa_client.errors import RegoParseError

        try:
            with self._asking():
                self._loaded[identity] = (module, moved)
                self._client.update_policy_from_string(moved.text, identity, rego_compat=False)
        except RegoParseError as error:
            del self._loaded[identity]
            first = next((told for told in error.errors if isinstance(told, dict)), {})
            place = first.get("location") or {}
            problem = self._plain(first.get("message") or error.message or "OPA refused the module")
            line, column = place.get("row"), place.get("col")
            raise CheckLoadError(
                problem,
                file=module.path,
                line=line,
                column=moved.column(line, column) if line and column else None,
            ) from None

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        """Turns what the client raises for a failed request into one sentence."""
        import requests

        if self._client is None:
            raise EngineError("the OPA engine is not open")
        try:
            yield
        except requests.HTTPError as error:
            raise self._told(error.response) from None
        except requests.Timeout:
            raise EngineError(f"{self._shown} gave no answer within {_TIMEOUT_SECONDS:.0f} seconds") from None
        except requests.RequestException as error:
            raise EngineError(f"{self._shown} cannot be asked: {type(error).__name__}") from None
        except ValueError:
            raise EngineError(f"{self._shown} gave an answer that is not JSON; is it an OPA server?") from None

    def _told(self, response: Any) -> TenantlintError:
        """OPA's own error: its message is in the body."""
        try:
            body: Mapping[str, Any] = response.json()
            first = (body.get("errors") or [{}])[0]
        except (ValueError, AttributeError, IndexError):
            return EngineError(f"{self._shown} answered {response.status_code}")
        problem = self._plain(first.get("message") or body.get("message") or f"answered {response.status_code}")
        place = first.get("location") or {}
        module, moved = self._loaded.get(place.get("file", ""), (None, None))
        if module is None or moved is None:
            return EngineError(problem)
        line, column = place.get("row", 1), place.get("col", 1)
        return EngineError(problem, position=f"{module.path}:{line}:{moved.column(line, column)}")

    def _plain(self, text: str) -> str:
        return " ".join(text.replace(f"{self._run}.", "").split()).rstrip(".")

    def _answers_as_ours(self, port: int) -> bool:
        """Waits until the server answers, and tells whether it is the one that was started."""
        client = _client("127.0.0.1", port, False)
        try:
            # In slices, so that a server that ended at once (its port was taken) is not waited for.
            for _ in range(int(_START_SECONDS / 0.25)):
                if self._server is None or not self._server.running():
                    return False
                with contextlib.suppress(Exception):
                    client.wait_for_ready(timeout=0.25, interval=_POLL_SECONDS)
                    labels = client.get_config()["result"]["labels"]
                    if labels.get("tenantlint") == self._run:
                        self._client = client
                        return True
            return False
        finally:
            if self._client is not client:
                client.close_connection()


def _client(host: str, port: int, tls: bool) -> Any:
    from opa_client import OpaClient

    client = OpaClient(host=host, port=port, ssl=tls, retries=0, timeout=_TIMEOUT_SECONDS)
    if host.strip("[]") in _LOOPBACK:
        client._session.trust_env = False  # a proxy from the environment does not reach our loopback
    return client


def _binary(given: str | None) -> str:
    found = shutil.which(given or "opa")
    if found is None:
        what = f"`{given}`, which is not there" if given else "an `opa` on PATH"
        raise UsageError(f"--engine opa needs {what}; install OPA, or name a server with --opa-url.")
    return found


def _target(url: str) -> tuple[str, int, bool]:
    """Host, port and whether TLS is spoken. Raises UsageError for what is no such URL."""
    wrong = UsageError(f"--opa-url {url!r:.200} is not a URL such as http://127.0.0.1:8181.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise wrong
    if parts.path.strip("/"):
        raise UsageError(f"--opa-url {url!r:.200} has a path; the OPA client can only ask a server at the root.")
    tls = parts.scheme == "https"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return host, port or (443 if tls else 8181), tls
