"""What is wrong with a What-If request, as one sentence that names the place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from tenantlint.errors import InputError


def fault(place: str, problem: str, mend: str | None = None) -> InputError:
    """`place`: what the request came from, such as `requests.jsonl:12`."""
    return InputError(problem, file=place, mend=mend)


def unknown_property(place: str, prefix: str, given: Iterable[str], known: Collection[str]) -> InputError:
    """The fault of the first property of `given` that is not known."""
    key = str(next(key for key in given if key not in known))
    near = get_close_matches(key, [one for one in known if "@" not in one], n=1)
    shown = repr(key[:60])[1:-1]
    return fault(place, f"there is no property `{prefix}{shown}`", f"did you mean {near[0]}" if near else None)
