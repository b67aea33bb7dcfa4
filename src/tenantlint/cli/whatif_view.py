"""How `whatif` looks in a terminal: the outcome first, then why, then what would alter it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from tenantlint.conditional_access.evaluate import Evaluator, PolicyResult, Result
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
_STANDING = frozenset({"policyNotEnabled", "emptyPolicy", "notEnoughInformation"})
_CHANGES_SHOWN = 12
_NAMES_SHOWN = 4


def show(evaluator: Evaluator, sign_in: SignIn, *, explained: bool, verbose: bool, color: bool) -> None:
    """One sign-in at full length. `verbose`: every policy on a line of its own."""
    result = evaluator.evaluate(sign_in)
    told = _told(evaluator, sign_in, result, verbose=verbose, color=color)
    if explained:
        told = (*told, *_explained(evaluator, explain(evaluator, sign_in), color=color))
    click.echo("\n".join(told), color=color)


def brief(evaluator: Evaluator, sign_in: SignIn, *, color: bool) -> str:
    """One sign-in on one line."""
    result = evaluator.evaluate(sign_in)
    doubt = f"  (depends on {visible('; '.join(result.depends_on))})" if result.depends_on else ""
    line = f"{_outcome(evaluator, result)}  {_headline(Naming(evaluator.tenant), sign_in)}{doubt}"
    return line if color else click.unstyle(line)


def _told(evaluator: Evaluator, sign_in: SignIn, result: Result, *, verbose: bool, color: bool) -> tuple[str, ...]:
    naming = Naming(evaluator.tenant)
    lines = [_headline(naming, sign_in), _circumstances(naming, sign_in), "", _outcome(evaluator, result)]
    lines += [f"  depends on {visible(one)}" for one in result.depends_on]
    applying = [one for one in result.policies if one.applies]
    lines += ["", f"Policies that apply: {len(applying)}"]
    lines += [f"  {_name(one)}{_effect(evaluator, sign_in, one)}" for one in applying]
    others = [one for one in result.policies if not one.applies]
    if others:
        lines += ["", f"Policies that do not apply: {len(others)}", *_grouped(others, verbose=verbose)]
    return tuple(line if color else click.unstyle(line) for line in lines)


def _outcome(evaluator: Evaluator, result: Result) -> str:
    word = click.style(result.outcome.upper(), fg=_COLORS[result.outcome], bold=True)
    detail = {
        "blocked": "",
        "granted": "  the token is issued without any control",
        "requires": f"  {visible(requires_text(result.requires, control_names(evaluator.policies)))}",
    }
    return f"{word}{detail[result.outcome]}"


def _headline(naming: Naming, sign_in: SignIn) -> str:
    what = " and ".join(naming.application(one) for one in sign_in.resources)
    return visible(f"{_who(naming, sign_in)} -> {what}")


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


def _effect(evaluator: Evaluator, sign_in: SignIn, one: PolicyResult) -> str:
    index = evaluator.policies.index(one.policy)
    asks = evaluator.asked(index, sign_in)
    if asks is None:
        why = {"clientApps": " (a legacy client cannot meet its controls)"}
        why["authenticationFlow"] = " (its controls cannot be met in this flow)"
        return click.style(": block", fg="red") + why.get(one.reasons[0], "")
    if asks:
        return f": {visible(requires_text(asks, control_names(evaluator.policies)))}"
    return f": session controls only ({', '.join(one.policy.session_controls)})"


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


def _explained(evaluator: Evaluator, found: Explanation, *, color: bool) -> Iterable[str]:
    names = control_names(evaluator.policies)
    lines = ["", "What decided it"]
    lines += [
        f"  {visible(one.policy.name)} {visible(one.effect)}; {visible(one.person)}" for one in found.deciding
    ] or ["  no policy with a control applies"]
    if found.kept_out:
        lines += ["", "Policies that only the person keeps out"]
        lines += [f"  {visible(one.policy.name)}: {visible(one.person)}" for one in found.kept_out]
    lines += ["", "Smallest changes that alter the outcome"]
    for change in found.changes[:_CHANGES_SHOWN]:
        verdict = change.verdict
        outcome = verdict.outcome if not verdict.requires else f"requires {requires_text(verdict.requires, names)}"
        lines.append(f"  {visible(' and '.join(change.edits))}: {visible(outcome)}")
    if len(found.changes) > _CHANGES_SHOWN:
        lines.append(f"  and {len(found.changes) - _CHANGES_SHOWN} more (--format json has them all)")
    if not found.changes:
        lines.append("  none was found" + ("" if found.searched else "; not every pair of changes was tried"))
    return lines if color else [click.unstyle(line) for line in lines]
