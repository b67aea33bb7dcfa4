"""One HTTP exchange over Microsoft's Graph SDK: the only importer of msgraph, kiota and httpx.

The SDK brings connections, HTTP/2, authentication and Graph's own request headers. Left out on purpose, since each
would act behind the back of our one retry layer: its retry handler, its redirect handler, and the adapter's second
try after a claims challenge. Bodies stay bytes: the SDK's models lose nulls and members that they do not know.

One client serves every service; each service has an adapter with its own token, which goes to that service's hosts
only (`hosts.may_have_token`, asked again here).
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
import re
import socket
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tenantlint import __version__
from tenantlint.collect.calls import Call, CallError, Reason, Reply, Service
from tenantlint.collect.credentials import SignInError
from tenantlint.collect.hosts import Hosts
from tenantlint.collect.retries import UNAUTHORIZED
from tenantlint.collect.tokens import TokenSource
from tenantlint.errors import MissingExtraError

if TYPE_CHECKING:
    import httpx
    from kiota_abstractions.request_information import RequestInformation
    from msgraph.graph_request_adapter import GraphRequestAdapter

LARGEST_BODY = 64 * 1024 * 1024  # bytes, unpacked; a page of 999 users has about 2 MiB
_CONNECT = 30.0  # seconds
_AT_ONCE = 40  # connections; the pacing allows fewer
_CHALLENGE = re.compile(r'claims="([^"]+)"')
# Their debug output holds urls, and hpack's the headers with the token in them.
_LOGGERS = ("httpx", "httpcore", "hpack", "h2", "hyperframe", "kiota_http", "msgraph_core")


class GraphWire:
    """Implements `calls.Wire` for every service that speaks HTTP.

    Raises MissingExtraError when the `collect` extra is not installed.
    """

    def __init__(self, hosts: Hosts, tokens: TokenSource, *, largest_body: int = LARGEST_BODY) -> None:
        self._hosts = hosts
        self._tokens = tokens
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = _client(largest_body)
        except ImportError:
            raise MissingExtraError("collect", "collect") from None
        self._adapters: dict[Service, GraphRequestAdapter] = {}

    async def exchange(self, call: Call, url: str, *, timeout: float) -> Reply:
        """One request and its reply, whatever the status. The timeout does not count the signing in.

        Raises CallError: connection, timeout, unreadable (a body that broke off or is too large), sign_in, or
        foreign_link.
        """
        if not self._hosts.may_have_token(url, call.service):
            raise CallError(call, Reason.FOREIGN_LINK, message="the link leads to a host that may not have the token")
        try:
            token = await self._tokens.token(self._hosts.scope(call.service))
        except SignInError as error:
            raise CallError(call, Reason.SIGN_IN, message=str(error)) from None
        response = await self._send(call, url, timeout)
        if response.status_code == UNAUTHORIZED:
            self._tokens.reject(token, _challenge(response.headers.get("www-authenticate", "")))
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, response.content)

    async def close(self) -> None:
        """Close every connection. The tokens are their owner's to close."""
        await self._client.aclose()

    async def _send(self, call: Call, url: str, timeout: float) -> httpx.Response:
        import httpx

        if call.service not in self._adapters:
            self._adapters[call.service] = _adapter(self._client, self._hosts, self._tokens, call.service)
        adapter = self._adapters[call.service]
        try:
            async with asyncio.timeout(timeout):
                response: Any = await adapter.send_primitive_async(_request(call, url), "bytes", None)
        except (TimeoutError, httpx.TimeoutException):
            raise CallError(call, Reason.TIMEOUT, message="no whole reply in time") from None
        except _BodyError as error:
            raise CallError(call, Reason.UNREADABLE, message=str(error)) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise CallError(call, Reason.CONNECTION, message=_what_broke(error)) from None
        found: httpx.Response = response
        return found


class _BodyError(Exception):
    """The reply began, and its body is no good."""


def _client(largest_body: int) -> httpx.AsyncClient:
    import httpx
    from msgraph._version import VERSION
    from msgraph_core import APIVersion, GraphClientFactory
    from msgraph_core.middleware import GraphTelemetryHandler
    from msgraph_core.middleware.options import GraphTelemetryHandlerOption

    class Client(httpx.AsyncClient):
        """Reads bodies up to a bound: httpx by itself would unpack whatever comes."""

        async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
            response = await super().send(request, **{**options, "stream": True})
            try:
                body = await _body(response, largest_body)
            finally:
                await response.aclose()
            # Unpacked already, and whole.
            about_the_body = {"content-encoding", "content-length", "transfer-encoding"}
            headers = [(name, value) for name, value in response.headers.multi_items() if name not in about_the_body]
            return httpx.Response(response.status_code, headers=headers, content=body, request=request)

        async def aclose(self) -> None:
            # The SDK's transport does not hand the closing on to the one that it wraps.
            for wrapping in (self._transport, *self._mounts.values()):
                inner = getattr(wrapping, "transport", None)
                if inner is not None:
                    await inner.aclose()
            await super().aclose()

    client = Client(
        timeout=httpx.Timeout(None, connect=_CONNECT),  # the whole exchange has its own bound
        http2=True,  # asked for in the TLS handshake only: plain http stays HTTP/1.1
        follow_redirects=False,
        limits=httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=_AT_ONCE),
        headers={"User-Agent": f"tenantlint/{__version__}"},
        mounts={f"all://{name}": None for name in ("127.0.0.1", "localhost", "[::1]")},  # past any proxy
    )
    telemetry = GraphTelemetryHandler(GraphTelemetryHandlerOption(api_version=APIVersion.v1, sdk_version=VERSION))
    GraphClientFactory.create_with_custom_middleware([telemetry], client=client)
    return client


async def _body(response: httpx.Response, largest: int) -> bytes:
    import httpx

    body = bytearray()
    try:
        async for part in response.aiter_bytes():
            body += part
            if len(body) > largest:
                raise _BodyError("a body too large to be one of this service")
    except httpx.TimeoutException:
        raise
    except (httpx.HTTPError, OSError):
        raise _BodyError("a body that broke off") from None
    return bytes(body)


def _adapter(client: httpx.AsyncClient, hosts: Hosts, tokens: TokenSource, service: Service) -> GraphRequestAdapter:
    from kiota_abstractions.authentication import (
        AccessTokenProvider,
        AllowedHostsValidator,
        BaseBearerTokenAuthenticationProvider,
    )
    from kiota_http.observability_options import ObservabilityOptions
    from msgraph.graph_request_adapter import GraphRequestAdapter

    class Tokens(AccessTokenProvider):
        """The service's token, for the service's own hosts."""

        async def get_authorization_token(
            self,
            uri: str,
            additional_authentication_context: dict[str, Any] | None = None,  # noqa: ARG002
        ) -> str:
            return await tokens.token(hosts.scope(service)) if hosts.may_have_token(uri, service) else ""

        def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
            return AllowedHostsValidator([urlsplit(hosts.root(service)).hostname or "localhost"])

    class Adapter(GraphRequestAdapter):
        """Without the second try after a claims challenge: that one is ours."""

        async def retry_cae_response_if_required(
            self,
            resp: httpx.Response,
            request_info: RequestInformation,  # noqa: ARG002
            claims: str,  # noqa: ARG002
        ) -> httpx.Response:
            return resp

    adapter = Adapter(BaseBearerTokenAuthenticationProvider(Tokens()), client=client)
    adapter.observability_options = ObservabilityOptions(include_euii_attributes=False)
    return adapter


def _request(call: Call, url: str) -> RequestInformation:
    from kiota_abstractions.method import Method
    from kiota_abstractions.native_response_handler import NativeResponseHandler
    from kiota_abstractions.request_information import RequestInformation
    from kiota_http.middleware.options import ResponseHandlerOption

    request = RequestInformation()
    request.http_method = Method(call.method)
    request.url = url
    headers = {name.lower(): value for name, value in call.headers.items()}
    for name, value in {"accept": "application/json", **headers}.items():
        request.headers.add(name, value)
    if call.body is not None:
        request.set_stream_content(call.body, "application/json; charset=utf-8")
    request.add_request_options([ResponseHandlerOption(NativeResponseHandler())])
    return request


def _what_broke(error: Exception) -> str:
    """In words that are the same each time; the library's own may hold addresses and numbers of the run."""
    import httpx

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "the host's certificate is not trusted"
        if isinstance(cause, socket.gaierror):
            return "the host's name is not known"
        cause = cause.__cause__ or cause.__context__
    return "no connection could be made" if isinstance(error, httpx.ConnectError) else "the connection broke"


def _challenge(header: str) -> str | None:
    """The claims that a 401 asks for (continuous access evaluation), as JSON text."""
    found = _CHALLENGE.search(header)
    if found is None:
        return None
    try:
        return base64.b64decode(found[1] + "=" * (-len(found[1]) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
