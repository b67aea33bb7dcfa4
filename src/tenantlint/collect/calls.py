"""What the parts of the collector say to one another: a call, its reply, its failure, and who sends it.

Nothing here imports a third-party library: the message types are what keeps msgraph fenced to `graph`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from tenantlint.errors import EXIT_INCOMPLETE, TenantlintError
from tenantlint.model import JsonObject


class Service(StrEnum):
    """A host of its own with a token of its own."""

    GRAPH = "graph"
    EXCHANGE = "exchange"
    COMPLIANCE = "compliance"
    TEAMS = "teams"
    SHAREPOINT = "sharepoint"
    DNS = "dns"


class Rate(StrEnum):
    """Calls that share one documented limit (see `pacing`)."""

    CONDITIONAL_ACCESS = "conditional_access"
    REPORTS = "reports"
    DIRECTORY = "directory"
    SECURE_SCORE = "secure_score"
    INTUNE = "intune"
    GRAPH = "graph"
    EXCHANGE = "exchange"
    COMPLIANCE = "compliance"
    TEAMS = "teams"
    SHAREPOINT = "sharepoint"
    DNS = "dns"


@dataclass(frozen=True, slots=True)
class Call:
    """One request.

    `url`: a path under the service's root (`/v1.0/users?$top=999`), or a whole link that the service gave. `cost`: in
    units of the rate group (Graph's resource units for the directory, 1 elsewhere).
    """

    service: Service
    url: str
    rate: Rate
    area: str
    collection: str
    method: str = "GET"
    cost: int = 1
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever the status. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Reason(StrEnum):
    """Why a call had no usable reply, after all tries."""

    REFUSED = "refused"  # a 4xx that a retry does not mend
    THROTTLED = "throttled"  # 429 to the end
    UNAVAILABLE = "unavailable"  # 5xx to the end
    UNREADABLE = "unreadable"  # HTML, NUL bytes, half a body
    CONNECTION = "connection"  # refused, reset, no such host, TLS
    TIMEOUT = "timeout"
    BUDGET = "budget"  # the time given to the area or to the run is over
    SIGN_IN = "sign_in"  # no token was to be had for the service; `message` says why
    FOREIGN_LINK = "foreign_link"  # a nextLink or redirect to a host that may not have the token


class CallError(TenantlintError):
    """A call has no usable reply. Never holds a header, a token or a body.

    `status`: of the last reply, None when there was none. `code`, `message`: the service's own words, shortened and
    without control characters. `attempts`: how often it was tried.
    """

    exit_code = EXIT_INCOMPLETE

    def __init__(
        self,
        call: Call,
        reason: Reason,
        *,
        status: int | None = None,
        code: str = "",
        message: str = "",
        attempts: int = 1,
    ) -> None:
        self.call = call
        self.reason = reason
        self.status = status
        self.code = code
        self.message = message
        self.attempts = attempts
        said = " ".join(part for part in (str(status or ""), code) if part)
        super().__init__(f"{call.collection}: {reason.value} after {attempts} tries{': ' + said if said else ''}")


class Wire(Protocol):
    """One exchange over the network, with the token of the service, without any retry."""

    async def exchange(self, call: Call, url: str, *, timeout: float) -> Reply:
        """Raises CallError (reason connection, timeout or unreadable; attempts 1)."""


class Sender(Protocol):
    """Sends a call with pacing, retries and budgets, and reads the reply as JSON."""

    async def send(self, call: Call) -> JsonObject:
        """The object in a 2xx reply, exactly as sent; an array at the top (Teams) as `{"value": [...]}`.

        Raises CallError.
        """

    async def location(self, call: Call) -> str:
        """Where the redirect points that the call is answered with; nothing is sent there. Raises CallError."""
