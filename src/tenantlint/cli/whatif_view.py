"""How `whatif` looks in a terminal: the outcome first, then why, then what would alter it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from tenantlint.conditional_access.evaluate import Evaluator, PolicyResult, Requires, Result
from tenantlint.conditional_access.explain import Explanation, control_names, explain, requires_text
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.policy import State
from tenantlint.conditional_access.sign_in import DEVICES, SignIn
from tenantlint.report.escaping import visible

_COLORS = {"blocked": "red", "granted": "yellow", "requires": "green"}
_REASONS = {
    "policyNotEnabled": "disabled",
    "emptyPolicy": "without any control",
    "users": "the person",
    "workloadIdentities": "the service principal",
    "application": "the application",
    "userActions": "the user action",
    "authenticationContext": "the authentication context",
    "devicePlatform": "the platform",
    "devices": "the device",
    "clientApps": "the client",
    "location": "the location",
    "signInRisk": "the sign-in risk",
    "userRisk": "the user risk",
    "insiderRisk": "the insider risk",
    "authenticationFlow": "the authentication flow",
    "notEnoughInformation": "not known whether they match",
}
_HOPELESS = {
    "clientApps": " (a legacy client cannot meet its controls)",
    "authenticationFlow": " (its controls cannot be met in this flow)",
}
_STANDING = frozenset({"policyNotEnabled", "emptyPolicy", "notEnoughInformation"})
_CHANGES_SHOWN = 12
_NAMES_SHOWN = 4


class View:
    """The texts of one tenant's sign-ins. `verbose`: every policy on a line of its own."""

    def __init__(self, evaluator: Evaluator, *, color: bool, verbose: bool = False) -> None:
        self._evaluator = evaluator
        self._naming = Naming(evaluator.tenant)
        self._controls = control_names(evaluator.policies)
        self._places = {id(policy): index for index, policy in enumerate(evaluator.policies)}
        self._color = color
        self._verbose = verbose

    def text(self, sign_in: SignIn, *, explained: bool) -> str:
        """One sign-in at full length."""
        result = self._evaluator.evaluate(sign_in)
        lines = [self._headline(sign_in), _circumstances(self._naming, sign_in), "", self._outcome(result)]
        lines += [f"  depends on {visible(one)}" for one in result.depends_on]
        applying = [one for one in result.policies if one.applies]
        lines += ["", f"Policies that apply: {len(applying)}"]
        lines += [f"  {_name(one)}{self._effect(sign_in, one)}" for one in applying]
        others = [one for one in result.policies if not one.applies]
        if others:
            lines += ["", f"Policies that do not apply: {len(others)}", *_grouped(others, verbose=self._verbose)]
        if explained:
            lines += self._explained(explain(self._evaluator, sign_in))
        return self._plain("\n".join(lines))

    def brief(self, sign_in: SignIn) -> str:
        """One sign-in on one line."""
        result = self._evaluator.evaluate(sign_in)
        doubt = f"  (depends on {visible('; '.join(result.depends_on))})" if result.depends_on else ""
        return self._plain(f"{self._outcome(result)}  {self._headline(sign_in)}{doubt}")

    def _plain(self, text: str) -> str:
        return text if self._color else click.unstyle(text)

    def _asks(self, requires: Requires) -> str:
        return visible(requires_text(requires, self._controls))

    def _headline(self, sign_in: SignIn) -> str:
        what = " and ".join(self._naming.application(one) for one in sign_in.resources)
        return visible(f"{_who(self._naming, sign_in)} -> {what}")

    def _outcome(self, result: Result) -> str:
        word = click.style(result.outcome.upper(), fg=_COLORS[result.outcome], bold=True)
        if result.outcome == "requires":
            return f"{word}  {self._asks(result.requires)}"
        return f"{word}  the token is issued without any grant control" if result.outcome == "granted" else word

    def _effect(self, sign_in: SignIn, one: PolicyResult) -> str:
        asks = self._evaluator.asked(self._places[id(one.policy)], sign_in)
        if asks is None:
            return click.style(": block", fg="red") + _HOPELESS.get(one.reasons[0], "")
        return (
            f": {self._asks(asks)}" if asks else f": session controls only ({', '.join(one.policy.session_controls)})"
        )

    def _explained(self, found: Explanation) -> Iterator[str]:
        yield from ("", "What decided it")
        for decided in found.deciding:
            yield f"  {visible(decided.policy.name)} {visible(decided.effect)}; {visible(decided.person)}"
        if not found.deciding:
            yield "  no policy with a control applies"
        if found.kept_out:
            yield from ("", "Policies that only the person keeps out")
            yield from (f"  {visible(one.policy.name)}: {visible(one.person)}" for one in found.kept_out)
        yield from ("", "Smallest changes that alter the outcome")
        for change in found.changes[:_CHANGES_SHOWN]:
            verdict = change.verdict
            outcome = f"requires {self._asks(verdict.requires)}" if verdict.requires else verdict.outcome
            yield f"  {visible(' and '.join(change.edits))}: {outcome}"
        if len(found.changes) > _CHANGES_SHOWN:
            yield f"  and {len(found.changes) - _CHANGES_SHOWN} more (--format json has them all)"
        if not found.changes:
            yield "  none was found" + ("" if found.searched else "; not every pair of changes was tried")


def _who(naming: Naming, sign_in: SignIn) -> str:
    if sign_in.service_principal_id is not None:
        return f"service principal {naming.person(sign_in.service_principal_id)}"
    parts = []
    if sign_in.external_user_type not in (None, "none"):
        parts.append(f"a {sign_in.external_user_type}")
    for kind, ids in (("group", sign_in.member_of), ("role", sign_in.roles)):
        if ids:
            parts.append(f"in the {kind} " + " and ".join(naming.short((kind, one)) for one in ids))
    if sign_in.user_id is not None:
        parts.insert(0, naming.person(sign_in.user_id))
    elif not sign_in.external_user_type or sign_in.external_user_type == "none":
        parts.insert(0, "somebody")
    return ", ".join(parts)


def _circumstances(naming: Naming, sign_in: SignIn) -> str:
    if sign_in.locations is None:
        place = " ".join(one for one in (sign_in.ip_address, sign_in.country) if one) or "location not given"
    else:
        place = " and ".join(naming.location(one) for one in sign_in.locations) or "in no named location"
    parts = [
        sign_in.client_app_type or "client not given",
        sign_in.platform or "platform not given",
        _device(sign_in),
        place,
        *(f"{name} {level}" for name, level in _risks(sign_in) if level != "none"),
    ]
    return visible(", ".join(parts))


def _risks(sign_in: SignIn) -> Iterator[tuple[str, str]]:
    yield "sign-in risk", sign_in.sign_in_risk
    yield "user risk", sign_in.user_risk
    yield "insider risk", sign_in.insider_risk
    yield "service principal risk", sign_in.service_principal_risk
    yield "flow", sign_in.flow


def _device(sign_in: SignIn) -> str:
    if sign_in.device is None:
        return "device not given"
    state = next((state for state, plain in DEVICES.items() if plain == sign_in.device), None)
    if state is not None:
        return f"{state} device"
    return "device " + " ".join(f"{name}={value}" for name, value in sign_in.device)


def _name(one: PolicyResult) -> str:
    mark = " (report-only)" if one.policy.state is State.REPORT_ONLY else ""
    return f"{visible(one.policy.name)}{mark}"


def _grouped(others: Sequence[PolicyResult], *, verbose: bool) -> Iterator[str]:
    by_reason: dict[tuple[str, ...], list[str]] = {}
    for one in others:
        by_reason.setdefault(one.reasons, []).append(_name(one))
    for reasons, names in by_reason.items():
        what = _REASONS[reasons[0]]
        if reasons[0] in _STANDING:
            text = f"  {what}"
        elif len(reasons) > 1:
            text = f"  not known whether {what} matches"
        else:
            text = f"  {what} does not match"
        if verbose:
            yield f"{text}:"
            yield from (f"    {name}" for name in names)
        else:
            more = len(names) - _NAMES_SHOWN
            rest = f"; and {more} more (--verbose lists them)" if more > 0 else ""
            yield f"{text}: {'; '.join(names[:_NAMES_SHOWN])}{rest}"
