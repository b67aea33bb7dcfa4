"""Graph's errors: one exception that becomes the reply, and the ones that the documentation and live reports know."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime

from aiohttp import web
from tests.emulator.core import reply


class GraphError(Exception):
    """Ends a request. `code` and `message` as Graph says them."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def response(self, now: datetime) -> web.Response:
        """The reply, with the ids and the date that differ from one request to the next."""
        request_id = str(uuid.uuid4())
        inner = {
            "date": now.strftime("%Y-%m-%dT%H:%M:%S"),
            "request-id": request_id,
            "client-request-id": request_id,
        }
        body = {"error": {"code": self.code, "message": self.message, "innerError": inner}}
        response = reply(body, self.status)
        response.headers.update(self.headers)
        response.headers["request-id"] = request_id
        return response


def bad_request(message: str) -> GraphError:
    """What Graph's gateway says of a query that it cannot parse."""
    return GraphError(400, "BadRequest", message)


def unsupported(message: str) -> GraphError:
    """What the directory says of a query that it parses and does not serve."""
    return GraphError(400, "Request_UnsupportedQuery", message)


def no_segment(segment: str) -> GraphError:
    return bad_request(f"Resource not found for the segment '{segment}'.")


def not_found(identity: str) -> GraphError:
    return GraphError(
        404,
        "Request_ResourceNotFound",
        f"Resource '{identity}' does not exist or one of its queried reference-property objects are not present.",
    )


def no_property(name: str, kind: str) -> GraphError:
    return bad_request(
        f"Parsing OData Select and Expand failed: Could not find a property named '{name}' on type "
        f"'microsoft.graph.{kind}'."
    )


def unauthorized(message: str) -> GraphError:
    return GraphError(
        401,
        "InvalidAuthenticationToken",
        message,
        {
            "WWW-Authenticate": 'Bearer realm="", '
            'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", '
            'client_id="00000003-0000-0000-c000-000000000000"'
        },
    )


def denied() -> GraphError:
    """The directory's refusal for want of a permission."""
    return GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")


def denied_by_policies() -> GraphError:
    """The refusal of Conditional Access and the policies beside it."""
    return GraphError(
        403,
        "AccessDenied",
        "You cannot perform the requested operation, required scopes are missing in the token.",
    )


def denied_by_pim(needed: tuple[str, ...]) -> GraphError:
    """The refusal of Privileged Identity Management: JSON inside the message, under a code that says nothing."""
    inner = {
        "errorCode": "PermissionScopeNotGranted",
        "message": f"Authorization failed due to missing permission scope {','.join(needed)}.",
        "instanceAnnotations": [],
    }
    return GraphError(403, "UnknownError", json.dumps(inner, separators=(",", ":")))


def denied_by_intune() -> GraphError:
    return GraphError(
        403,
        "Forbidden",
        '{"_version": 3, "Message": "Application is not authorized to perform this operation.", "CustomApiErrorPhrase"'
        ': "", "ErrorCode": "Forbidden", "CustomApiErrorCode": null}',
    )


def denied_by_reports(needed: tuple[str, ...]) -> GraphError:
    return GraphError(
        403,
        "Authentication_MSGraphPermissionMissing",
        f"The principal does not have required Microsoft Graph permission(s): {','.join(needed)} to call this API.",
    )


def no_p1() -> GraphError:
    return GraphError(
        403,
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
        "Neither tenant is B2C or tenant doesn't have premium license",
    )


def no_p2() -> GraphError:
    return GraphError(
        400,
        "AadPremiumLicenseRequired",
        "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.",
    )


def not_applicable() -> GraphError:
    """Intune is not there."""
    return GraphError(400, "BadRequest", "Request not applicable to target tenant.")


def no_sharepoint() -> GraphError:
    return GraphError(400, "BadRequest", "Tenant does not have a SPO license.")


def expired_page() -> GraphError:
    return GraphError(
        400,
        "Directory_ExpiredPageToken",
        "The specified page token value has expired and can no longer be included in your request.",
    )


def invalid_page() -> GraphError:
    return GraphError(400, "Directory_InvalidPageToken", "The specified page token value is invalid.")


def too_many(headers: Mapping[str, str] | None = None) -> GraphError:
    return GraphError(429, "TooManyRequests", "Too many requests.", headers)


def throttled_directory(seconds: int, headers: Mapping[str, str]) -> GraphError:
    return GraphError(
        429,
        "Request_ThrottledTemporarily",
        f"Your request is throttled temporarily. Please try after {seconds} seconds.",
        {"Retry-After": str(seconds), **headers},
    )


def no_provider() -> GraphError:
    """Policies of Privileged Identity Management without a filter on scope and kind."""
    return GraphError(400, "MissingProvider", "The provider is missing.")


def no_group_filter() -> GraphError:
    """Privileged access of groups without a filter on the group or the principal."""
    return GraphError(
        400, "MissingFilter", "The request must have a $filter with either the groupId or the principalId property."
    )


def too_far_back(earliest: datetime) -> GraphError:
    """A log does not go back that far. The service names the earliest date; its other words are not documented."""
    return bad_request(
        f"Invalid filter clause: The minimum date allowed in the query is {earliest.strftime('%Y-%m-%dT%H:%M:%SZ')}."
    )
