"""What-If over a tenant: one sign-in, or a stream of them, answered as the contract has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tenantlint.conditional_access.evaluate import Evaluator
from tenantlint.conditional_access.explain import explain
from tenantlint.conditional_access.reasons import compact
from tenantlint.conditional_access.request import SignIn, parse_request
from tenantlint.conditional_access.tenant import read_tenant
from tenantlint.errors import InputError
from tenantlint.sources import Reading


def open_evaluator(reading: Reading, *, activated: bool = False) -> Evaluator:
    """An evaluator over what was read. `activated`: as if every eligible role were activated."""
    return Evaluator(read_tenant(reading.snapshot), activated)


def document(evaluator: Evaluator, sign_in: SignIn, *, explained: bool = False) -> dict[str, Any]:
    """The What-If output of one sign-in; `explained` adds the member `explanation`."""
    found = evaluator.document(sign_in)
    if explained:
        found["explanation"] = explain(evaluator, sign_in).document()
    return found


def read_request(text: bytes, place: str) -> SignIn:
    """The sign-in of one request. Raises InputError, whose file is `place`, for what is no JSON or no request."""
    return parse_request(_parsed(text, place), place)


def sign_ins(lines: Iterable[bytes], name: str) -> Iterator[SignIn]:
    """The sign-ins of a file with one request a line; empty lines are skipped.

    Raises InputError with the number of the first line that is no request, when it is reached.
    """
    for number, line in enumerate(lines, start=1):
        asked = line.strip()
        if asked:
            yield read_request(asked, f"{name}:{number}")


def answers(evaluator: Evaluator, asked: Iterable[SignIn], *, explained: bool = False) -> Iterator[str]:
    """One line of JSON for each sign-in, without its end."""
    for sign_in in asked:
        if explained:
            yield compact(document(evaluator, sign_in, explained=True))
        else:
            yield evaluator.line(sign_in)


def _parsed(text: bytes, place: str) -> Any:
    try:
        return json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("this is not UTF-8", file=place, mend="save it as UTF-8") from None
    except json.JSONDecodeError as error:
        where = "" if error.lineno == 1 else f"line {error.lineno}, "
        raise InputError(f"this is not JSON ({error.msg}, {where}column {error.colno})", file=place) from None
    except (ValueError, RecursionError):
        raise InputError("this JSON cannot be read: a number is too long or it is nested too deeply", file=place) from (
            None
        )
