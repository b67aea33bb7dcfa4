"""Objects and errors as the Exchange gateways write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_SPAN = re.compile(r"\d\d:\d\d:\d\d")


def dressed(item: Mapping[str, Any], select: Collection[str] = ()) -> dict[str, Any]:
    """The object with a sibling for each property whose type JSON does not tell, nested objects included.

    `select`: names in any letter case; empty for all.
    """
    wanted = {name.lower() for name in select}
    made: dict[str, Any] = {}
    for name, value in item.items():
        if wanted and name.lower() not in wanted:
            continue
        made.update(_siblings(name, value))
        made[name] = _nested(value)
    return made


def envelope(
    root: str, tenant: str, items: Sequence[Mapping[str, Any]], *, warnings: Sequence[str] = (), link: str = ""
) -> dict[str, Any]:
    """A reply of InvokeCommand. One object stands in `value` too."""
    made: dict[str, Any] = {
        "@odata.context": f"{root}/adminapi/beta/{tenant}/$metadata#Collection(Exchange.GenericHashTable)",
        "adminapi.warnings@odata.type": "#Collection(String)",
        "@adminapi.warnings": list(warnings),
        "value": list(items),
    }
    if link:
        made["@odata.nextLink"] = link
    return made


def invalid_operation(code: str, text: str, kind: str) -> dict[str, Any]:
    """An error whose own message says nothing: `text` stands in the details and in the inner exception.

    `kind`: the exception's .NET name.
    """
    return {
        "error": {
            "code": code,
            "message": "Invalid Operation",
            "details": [{"code": "Context", "target": "", "message": f"|{kind}|{text}"}],
            "innererror": {
                "message": "Invalid Operation",
                "type": "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                "stacktrace": "",
                "internalexception": {"message": f"|{kind}|{text}", "type": kind, "stacktrace": ""},
            },
        }
    }


def _siblings(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, list):
        inner = "Exchange.GenericHashTable" if any(isinstance(one, Mapping) for one in value) else "String"
        return {f"{name}@odata.type": f"#Collection({inner})", f"{name}@data.type": "System.Collections.ArrayList"}
    if isinstance(value, Mapping):
        return {f"{name}@odata.type": "#Exchange.GenericHashTable"}
    if isinstance(value, bool) or value is None:
        return {}
    if isinstance(value, int):
        return {f"{name}@odata.type": "#Int64", f"{name}@data.type": "System.Int32"}
    if isinstance(value, float):
        return {f"{name}@data.type": "System.Double"}
    return _text_siblings(name, str(value))


def _text_siblings(name: str, text: str) -> dict[str, str]:
    if _GUID.fullmatch(text):
        return {f"{name}@odata.type": "#Guid", f"{name}@data.type": "System.Guid"}
    if _MOMENT.match(text):
        return {f"{name}@data.type": "System.DateTime"}
    if _SPAN.fullmatch(text):
        return {f"{name}@data.type": "System.TimeSpan"}
    if name.endswith(("Action", "State", "Type", "Mode")):
        return {f"{name}@data.type": f"Microsoft.Exchange.Data.Directory.SystemConfiguration.{name}"}
    return {}


def _nested(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {"@odata.type": "#Exchange.GenericHashTable", **dressed(value)}
    if isinstance(value, list):
        return [_nested(one) for one in value]
    return value
