"""Exchange Online and Security & Compliance: InvokeCommand, as the PowerShell module uses it.

Which grants it wants, how it refuses, and what it does with the links that it gives itself are measurements that
others published (reference 3.4). Nothing but a `Get-` cmdlet is ever run: another one is refused, and noted in
`World.violations`, which tests assert to be empty.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from aiohttp import web
from tests.emulator import tokens
from tests.emulator.core import application, reply
from tests.emulator.exchange_cmdlets import COMPLIANCE, COMPLIANCE_ROLES, EXCHANGE, EXCHANGE_ROLES, Cmdlet
from tests.emulator.exchange_objects import dressed, envelope, invalid_operation
from tests.emulator.world import World

from tenantlint.model import CollectionStatus

_APP_ROLE = "Exchange.ManageAsApp"
_ANCHOR = re.compile(r"(APP|UPN):SystemMailbox\{[0-9a-fA-F-]{36}\}@(?P<organisation>\S+)")
_DEFAULT_ROWS = 1000
_LARGEST_PAGE = 1000
_MORE = (
    "There are more results available than are currently displayed. "
    "To view them, increase the value for the ResultSize parameter."
)
_NULS = 64
_COMMAND = "/adminapi/beta/{tenant}/InvokeCommand"
_MODULE_FILE = "/AdminApi/v1.0/{tenant}/EXOModuleFile"


def build(world: World) -> web.Application:
    """Exchange Online. A static token for all services may run the cmdlets of Security & Compliance here too."""
    return _Gateway(world, "exchange").application()


def build_compliance(world: World) -> web.Application:
    """Security & Compliance."""
    return _Gateway(world, "compliance").application()


class _StopError(Exception):
    """A reply that ends the handling of a request."""

    def __init__(self, response: web.Response) -> None:
        super().__init__(response.status)
        self.response = response


class _Gateway:
    def __init__(self, world: World, service: str) -> None:
        self._world = world
        self._service = service

    def application(self) -> web.Application:
        app = application(self._world, self._service)
        app.router.add_post(_COMMAND, self._invoke)
        app.router.add_get(_MODULE_FILE, self._module_file)
        return app

    async def _module_file(self, request: web.Request) -> web.Response:
        """The file of the PowerShell module lies in the tenant's region: the reply tells where that is."""
        try:
            self._authorised(request)
        except _StopError as stop:
            return stop.response
        place = f"{self._world.origins[self._service]}{request.path_qs}"
        return web.Response(status=302, headers={"Location": place})

    async def _invoke(self, request: web.Request) -> web.Response:
        try:
            claims = self._authorised(request)
            name, parameters = self._command(request, await request.read())
            return self._run(request, name, parameters, claims)
        except _StopError as stop:
            return stop.response
        except ConnectionError:
            return web.Response(status=400)  # the client hung up in the middle of its body: nobody reads this

    def _authorised(self, request: web.Request) -> Mapping[str, Any]:
        """The token's claims. Without the app role 401; with it, but without an Entra role, 403."""
        world = self._world
        claims = tokens.read(request.headers.get("Authorization"))
        expired = claims is not None and tokens.expired(claims, world.clock.now())
        if claims is None or expired or not tokens.fits(claims, self._service) or _APP_ROLE not in _roles(claims):
            raise _StopError(web.Response(status=401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}))
        if request.match_info["tenant"].lower() != world.tenant_id.lower():
            raise _refused(404, "NotFound", "The tenant does not exist.", "TenantNotFoundException")
        accepted = EXCHANGE_ROLES if self._service == "exchange" else COMPLIANCE_ROLES
        if not accepted & world.directory_roles:
            raise _refused(
                403,
                "Forbidden",
                f"The role assigned to application {claims.get('appid')} isn't supported in this scenario.",
                "UnauthorizedAccessException",
            )
        return claims

    def _command(self, request: web.Request, body: bytes) -> tuple[str, Mapping[str, Any]]:
        """The cmdlet and its parameters. Headers that the module always sends are insisted on."""
        try:
            told = json.loads(body)["CmdletInput"]
            name, parameters = told["CmdletName"], told["Parameters"]
        except (ValueError, KeyError, TypeError):
            raise _bad("CmdletInput, with CmdletName and Parameters, is missing.") from None
        if not isinstance(name, str) or not re.fullmatch(r"Get-[A-Za-z0-9]+", name, re.IGNORECASE):
            self._world.violations.append(f"{self._service}: {name!r} was sent, which is no Get- cmdlet")
            raise _refused(403, "Forbidden", f"{name} may not be run.", "CmdletAccessDeniedException")
        if not isinstance(parameters, dict):
            raise _bad("Parameters must be an object.")
        headers = request.headers
        if headers.get("X-CmdletName") != name:
            raise _bad("The header X-CmdletName does not name the cmdlet.")
        self._check_anchor(headers.get("X-AnchorMailbox", ""))
        if headers.get("X-ResponseFormat") != "json":
            raise _bad("The header X-ResponseFormat is not json.")
        if not headers.get("Content-Type", "").startswith("application/json"):
            raise _bad("The body is not JSON.")
        return name, parameters

    def _check_anchor(self, told: str) -> None:
        """Security & Compliance does not find a tenant by its id."""
        anchor = _ANCHOR.fullmatch(told)
        if anchor is None:
            raise _bad("The header X-AnchorMailbox names no mailbox.")
        domain = self._world.snapshot.tenant.initial_domain
        if self._service == "compliance" and domain and anchor["organisation"].lower() != domain.lower():
            raise _bad("The organization that X-AnchorMailbox names could not be found.")

    def _run(
        self, request: web.Request, name: str, parameters: Mapping[str, Any], claims: Mapping[str, Any]
    ) -> web.Response:
        cmdlet = self._known(name, claims)
        if cmdlet.required and cmdlet.required not in parameters:
            text = f"Cannot process command because of one or more missing mandatory parameters: {cmdlet.required}."
            raise _refused(400, "BadRequest", text, "ParameterBindingException")
        self._as_collected(cmdlet, name)
        items = [item for item in self._world.items(cmdlet.collection) if _matches(item, cmdlet, parameters)]
        return self._page(request, name, cmdlet, parameters, items)

    def _known(self, name: str, claims: Mapping[str, Any]) -> Cmdlet:
        known = dict(EXCHANGE) if self._service == "exchange" else dict(COMPLIANCE)
        if self._service == "exchange" and tokens.fits(dict(claims), "compliance"):
            known |= COMPLIANCE
        found = {one.lower(): cmdlet for one, cmdlet in known.items()}.get(name.lower())
        if found is None or not self._world.licensed(*found.licences):
            raise _not_recognized(name)
        return found

    def _as_collected(self, cmdlet: Cmdlet, name: str) -> None:
        """Ends the request as the snapshot says that reading the collection ended."""
        status = self._world.status(cmdlet.collection)
        if status is CollectionStatus.UNLICENSED:
            raise _not_recognized(name)
        if status is CollectionStatus.DENIED:
            text = f"You don't have sufficient permissions to run {name}."
            raise _refused(403, "Forbidden", text, "UnauthorizedAccessException")
        if status is CollectionStatus.FAILED:
            nuls = "403" in self._world.detail(cmdlet.collection)
            raise _StopError(reply(bytes(_NULS) if nuls else b"", 403 if nuls else 503))

    def _page(
        self,
        request: web.Request,
        name: str,
        cmdlet: Cmdlet,
        parameters: Mapping[str, Any],
        items: Sequence[Mapping[str, Any]],
    ) -> web.Response:
        world = self._world
        truncated = world.status(cmdlet.collection) is CollectionStatus.TRUNCATED
        start = self._start(request, name, replayed=not truncated and world.replays)
        rows, warnings = items, [_MORE] if truncated else []
        if cmdlet.sized and (largest := _result_size(parameters)) is not None and len(items) > largest:
            rows, warnings = items[:largest], [_MORE]
        end = start + _page_size(request)
        more = end < len(rows)
        select = request.query.get("$select", "")
        link = self._link(name, min(end, len(rows)), select) if more or truncated else ""
        page = [dressed(item, [one.strip() for one in select.split(",") if one.strip()]) for item in rows[start:end]]
        root = world.origins[self._service]
        return reply(envelope(root, world.tenant_id, page, warnings=[] if more else warnings, link=link))

    def _link(self, name: str, place: int, select: str) -> str:
        token = base64.urlsafe_b64encode(f"DB8PR04MB7051|{name}|{place}".encode()).decode()
        path = _COMMAND.format(tenant=self._world.tenant_id)
        kept = f"$select={quote(select)}&" if select else ""
        return f"{self._world.origins[self._service]}{path}?{kept}$skiptoken={token}"

    def _start(self, request: web.Request, name: str, *, replayed: bool) -> int:
        token = request.query.get("$skiptoken")
        if token is None:
            return 0
        try:
            _backend, cmdlet, place = base64.urlsafe_b64decode(token).decode().split("|")
        except (binascii.Error, ValueError):
            cmdlet, place = "", "0"
        if not replayed or cmdlet != name:
            # The token names a server behind the gateway, which the next request does not meet again.
            raise _refused(400, "BadRequest", "Expired or Invalid pagination request", "InvalidPaginationException")
        return int(place)


def _roles(claims: Mapping[str, Any]) -> Sequence[str]:
    return claims.get("roles") or ()


def _matches(item: Mapping[str, Any], cmdlet: Cmdlet, parameters: Mapping[str, Any]) -> bool:
    """Whether the parameters let the object through. One that does not say its list is in `Sender`."""
    if cmdlet.switch and bool(item.get(cmdlet.switch)) != bool(parameters.get(cmdlet.switch, False)):
        return False
    wanted = str(parameters.get(cmdlet.required, "")).lower()
    return not cmdlet.required or str(item.get(cmdlet.required) or "Sender").lower() == wanted


def _result_size(parameters: Mapping[str, Any]) -> int | None:
    told = str(parameters.get("ResultSize", _DEFAULT_ROWS))
    return None if told.lower() == "unlimited" else int(told)


def _page_size(request: web.Request) -> int:
    told = re.search(r"odata\.maxpagesize=(\d+)", request.headers.get("Prefer", ""))
    if told is None:
        raise _bad("The header Prefer gives no odata.maxpagesize.")
    return min(int(told[1]), _LARGEST_PAGE)


def _refused(status: int, code: str, text: str, kind: str) -> _StopError:
    return _StopError(reply(invalid_operation(code, text, f"Microsoft.Exchange.Management.Tasks.{kind}"), status))


def _bad(text: str) -> _StopError:
    return _refused(400, "BadRequest", text, "ArgumentException")


def _not_recognized(name: str) -> _StopError:
    """Seen as 403 and as 404: one cmdlet always the same way."""
    text = f"The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program."
    status, code = (403, "Forbidden") if len(name) % 2 else (404, "NotFound")
    return _refused(status, code, text, "CommandNotFoundException")
