"""Query options of OData as Graph takes them, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from multidict import MultiMapping
from tests.emulator.graph import errors
from tests.emulator.graph.filters import Filter, parse_filter
from tests.emulator.graph.route import Route, Top

_KNOWN = ("$select", "$top", "$expand", "$filter", "$count", "$skiptoken")
_NOT_SERVED = ("$orderby", "$search", "$skip", "$format", "$apply", "$deltatoken")


@dataclass(frozen=True, slots=True)
class Expand:
    """A relationship to put in, and those below it."""

    name: str
    inner: tuple[Expand, ...] = ()

    def has(self, name: str) -> bool:
        return any(one.name == name for one in self.inner)


@dataclass(frozen=True, slots=True)
class Query:
    """What a request asks for. `given`: the options as they came, for the next link."""

    select: tuple[str, ...] = ()
    top: int | None = None
    expand: tuple[Expand, ...] = ()
    filter: Filter | None = None
    count: bool = False
    skip_token: str | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def expands(self, name: str) -> Expand | None:
        return next((one for one in self.expand if one.name == name), None)


def parse(options: MultiMapping[str]) -> Query:
    """The options of a request. Raises GraphError with 400 for what Graph does not take."""
    given: dict[str, str] = {}
    for written, value in options.items():
        name = written if written.startswith("$") else f"${written}"  # Graph takes both
        name = name.lower()
        if name in _NOT_SERVED:
            raise errors.unsupported(f"The query option '{name}' is not supported on this resource.")
        if name not in _KNOWN:
            if written.startswith("$"):
                raise errors.bad_request(f"The query parameter '{written}' is not supported.")
            continue
        if name in given:
            raise errors.bad_request(
                f"Query option '{name}' was specified more than once, but it must be specified at most once."
            )
        given[name] = value
    return Query(
        select=_select(given.get("$select")),
        top=_top(given.get("$top")),
        expand=_expand(given.get("$expand")),
        filter=parse_filter(given["$filter"]) if "$filter" in given else None,
        count=_count(given.get("$count")),
        skip_token=given.get("$skiptoken"),
        given={name: value for name, value in given.items() if name != "$skiptoken"},
    )


def page_size(route: Route, query: Query) -> int:
    """How many objects a page holds. Raises GraphError where the service refuses the size."""
    if query.top is None:
        return route.page
    if route.top is Top.REFUSED:
        raise errors.unsupported("The query option '$top' is not supported on this resource.")
    if query.top > route.maximum and not route.clamp and route.top is Top.PAGE:
        raise errors.unsupported(
            f"Invalid page size specified: '{query.top}'. Must be between 1 and {route.maximum} inclusive."
        )
    return min(query.top, route.maximum) if route.top is Top.PAGE else query.top


def check(route: Route, query: Query) -> None:
    """Raises GraphError where the route does not serve what the query asks for."""
    for one in query.expand:
        if one.name not in route.expand:
            raise errors.no_property(one.name, route.entity)
    if len(query.expand) > 1 and not route.path.startswith("/deviceManagement/"):
        raise errors.unsupported("The request can only have one $expand expression.")
    names = query.filter.names if query.filter else frozenset()
    for name in sorted(names):
        if name not in route.filters:
            raise errors.unsupported(
                f"Unsupported or invalid query filter clause specified for property '{name}' of resource "
                f"'{route.entity}'."
            )
    if route.demands and not any(set(group) <= names for group in route.demands):
        raise route.demanded()


def _select(value: str | None) -> tuple[str, ...]:
    if value is None:
        return ()
    names = tuple(name.strip() for name in value.split(","))
    if not all(name.replace("_", "").replace(".", "").replace("/", "").isalnum() for name in names):
        raise errors.bad_request(
            f"Parsing OData Select and Expand failed: Term '{value}' is not valid in a $select or $expand expression."
        )
    return names


def _top(value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or int(value) == 0:
        raise errors.bad_request(
            f"Invalid value '{value}' for $top query option found. "
            "The $top query option requires a positive integer value."
        )
    return int(value)


def _count(value: str | None) -> bool:
    if value not in (None, "true", "false"):
        raise errors.bad_request(f"Invalid value '{value}' for $count query option found.")
    return value == "true"


def _expand(value: str | None) -> tuple[Expand, ...]:
    return tuple(_one_expand(part) for part in _split(value, ",")) if value else ()


def _one_expand(text: str) -> Expand:
    name, bracket, rest = text.strip().partition("(")
    if not bracket:
        return Expand(name)
    if not rest.endswith(")"):
        raise errors.bad_request("Parsing OData Select and Expand failed: an expression has no end.")
    inner: tuple[Expand, ...] = ()
    for option in _split(rest[:-1], ";"):
        key, _, value = option.partition("=")
        if key.strip() == "$expand":
            inner = _expand(value)
        elif key.strip() != "$select":
            raise errors.bad_request(
                f"Parsing OData Select and Expand failed: Term '{option}' is not valid in a $select or $expand "
                "expression."
            )
    return Expand(name, inner)


def _split(text: str, separator: str) -> list[str]:
    """Parts between separators that stand in no bracket."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == separator and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]
