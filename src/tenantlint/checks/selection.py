"""Which checks a run takes: by id, id prefix, slug, tag, severity, service or mapped control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tenantlint.checks import retired
from tenantlint.checks.describe import FRAMEWORKS
from tenantlint.checks.library import Library
from tenantlint.errors import UsageError
from tenantlint.model import Check

_KINDS = ("id", "slug", "tag", "severity", "service", "bucket", "licence", *FRAMEWORKS)


def select(library: Library, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Check, ...]:
    """The checks that any of `select` names (all when it is empty), without those that any of `ignore` names.

    A selector is an id (`CA001`), an id prefix (`CA`, `CA1*`), a slug, a tag, a service, or a word with its
    kind: `severity:high`, `tag:legacy-auth`, `service:exchange`, `scuba:MS.AAD.1.1v1`, or `scuba:*` for whatever
    is mapped to any control of that framework. Case does not matter.
    Raises UsageError, with near matches, for a selector that fits no check.
    """
    wanted = {check.id for selector in select for check in matching(library, selector)}
    unwanted = {check.id for selector in ignore for check in matching(library, selector)}
    return tuple(check for check in library.checks if (not select or check.id in wanted) and check.id not in unwanted)


def find(library: Library, name: str) -> Check:
    """The check with this id or slug, in any case. Raises UsageError with near matches."""
    for check in library.checks:
        if name.lower() in (check.id.lower(), check.slug):
            return check
    _refuse_retired(name)
    raise unknown(f"there is no check `{name}`", name, [word for one in library.checks for word in (one.id, one.slug)])


def matching(library: Library, selector: str, *, strict: bool = True) -> tuple[Check, ...]:
    """The checks that one selector names. Raises UsageError when there are none and it is `strict`."""
    kind, colon, value = selector.partition(":")
    if colon and kind.lower() not in _KINDS:
        raise unknown(f"`{selector}`: a selector has no kind `{kind}`", kind, _KINDS)
    if colon:
        found = tuple(check for check in library.checks if _has(value, dict(_words(check)).get(kind.lower(), ())))
        pool = {word for check in library.checks for word in dict(_words(check)).get(kind.lower(), ())}
    else:
        value = selector
        found = tuple(check for check in library.checks if _bare(check, selector))
        pool = {word for check in library.checks for key, words in _words(check) if _is_bare(key) for word in words}
    if not found and strict:
        _refuse_retired(value)
        raise unknown(f"no check is selected by `{selector}`", value, pool)
    return found


def unknown(problem: str, name: str, pool: Iterable[str], *, listing: str = "tenantlint rules list") -> UsageError:
    """A UsageError that offers the nearest known names, or else the command that lists them."""
    from difflib import get_close_matches

    folded = {word.lower(): word for word in pool}
    near = [folded[match] for match in get_close_matches(name.lower(), sorted(folded), n=3, cutoff=0.6)]
    offer = f"; did you mean {' or '.join(near)}?" if near else f"; `{listing}` shows what there is."
    return UsageError(f"{problem}{offer}")


def _refuse_retired(name: str) -> None:
    told = retired.read().get(name.upper())
    if told is not None:
        raise UsageError(told.sentence())


def _words(check: Check) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "id", (check.id,)
    yield "slug", (check.slug,)
    yield "tag", check.tags
    yield "severity", (check.severity.value,)
    yield "service", (check.service,)
    yield "bucket", (check.bucket,)
    yield "licence", check.licences
    yield from check.mappings.items()


def _is_bare(key: str) -> bool:
    return key in ("id", "slug", "tag", "service")


def _has(value: str, words: Sequence[str]) -> bool:
    return bool(words) if value == "*" else _equal(value, words)


def _equal(value: str, words: Iterable[str]) -> bool:
    return value.lower() in (word.lower() for word in words)


def _bare(check: Check, selector: str) -> bool:
    prefix = selector.removesuffix("*")
    if prefix and prefix.upper() == check.id[: len(prefix)]:
        return True
    if selector.endswith("*"):
        return False
    return any(_equal(selector, words) for key, words in _words(check) if _is_bare(key))
