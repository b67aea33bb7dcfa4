"""`tenantlint coverage` as text: how many first, then who, how and why, most users first."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tenantlint.conditional_access.changes import Change
from tenantlint.conditional_access.naming import Naming
from tenantlint.conditional_access.questions import Question
from tenantlint.jobs.coverage import CoverageAnswer, CoverageChange, Population
from tenantlint.model import SnapshotInfo
from tenantlint.report.escaping import shortened, visible
from tenantlint.report.text.page import Page
from tenantlint.report.wording import counted, day_and_time

_WORDS = {
    Question.MFA: "sign in without MFA",
    Question.PHISHING_RESISTANT_MFA: "sign in without phishing-resistant MFA",
    Question.LEGACY_AUTHENTICATION: "sign in with legacy authentication",
    Question.MANAGED_DEVICE: "sign in from a device that is not managed",
    Question.ANY_CONTROL: "sign in without any control",
}
_BLOCKED = "blocked from everything"
_LABEL = 10
_REASONS = 4  # clauses of one population
_POLICIES = 3  # policies of one clause
_WAYS = 6  # regions of one population
_UNKNOWNS = 4
_LONG = 300
_WHO = 600
_CAVEATS = 10


@dataclass(frozen=True)
class TextOptions:
    """`limit`: how many populations are shown, None for all. `target`, `base`: as the command line names them, for
    hints.
    """

    width: int
    color: bool
    verbose: bool
    limit: int | None
    target: str
    base: str = ""


def render_answer(answer: CoverageAnswer, options: TextOptions) -> str:
    """The answer about one tenant."""
    page = Page(options.width, color=options.color)
    page.wrapped((_snapshot(answer.snapshot, options.target), "dim"))
    page.blank()
    for text, style in _headline(answer):
        page.wrapped((text, style))
    _populations(page, answer.populations(), options)
    _caveats(page, answer.caveats, exact=answer.coverage.exact and not answer.refused, verbose=options.verbose)
    return page.finish()


def render_change(change: CoverageChange, options: TextOptions) -> str:
    """What a change opens and closes."""
    page = Page(options.width, color=options.color)
    page.wrapped((_snapshot(change.snapshot, options.target), "dim"))
    page.wrapped((f"compared with {_snapshot(change.base, options.base)}", "dim"))
    page.blank()
    words = _can(change.asked)
    opened, closed = change.opened(), change.closed()
    comparison = change.comparison
    numbers = (comparison.opened.users_open, comparison.opened.users_depends)
    page.wrapped(_step("OPENS", "red", numbers, opened, f"can now {words}, and could not before"))
    numbers = (comparison.closed.users_open, comparison.closed.users_depends)
    page.wrapped(_step("CLOSES", "green", numbers, closed, f"could {words}, and cannot any more"))
    for title, style, found, target in (
        ("OPENED", "bold red", opened, options.target),
        ("CLOSED", "bold green", closed, options.base),
    ):
        if found:
            page.rule(title, style)
            _populations(page, found, replace(options, target=target))
    _policies(page, "POLICIES THAT CHANGED", change.changes, verbose=options.verbose)
    _policies(page, "COSMETIC CHANGES  they mean the same as before", change.cosmetic, verbose=options.verbose)
    exact = comparison.opened.exact and comparison.closed.exact and not change.refused
    _caveats(page, change.caveats, exact=exact, verbose=options.verbose)
    return page.finish()


def _can(asked: object) -> str:
    question = getattr(asked, "question", None)
    return _WORDS.get(question, "sign in at all") if isinstance(question, Question) else ""


def _headline(answer: CoverageAnswer) -> list[tuple[str, str]]:
    """The numbers in a sentence, and a second one where something hangs on what is not known."""
    found, depends, total = answer.numbers
    verb = "is" if found == 1 else "are"
    blocked = answer.asked.question is Question.BLOCKED
    can = f"{verb} {_BLOCKED}" if blocked else f"can {_can(answer.asked)}"
    can += _to(answer)
    kind = "users" if answer.users_known else "known users"
    if answer.asked.users is not None:
        kind = "users asked about" if total != 1 else "user asked about"
    if not total and answer.asked.users is not None:
        return [("None of those asked about has an enabled account.", "bold")]
    lines = []
    if found:
        subject = f"All {total:,} {kind}" if found == total > 1 else f"{found:,} of {total:,} {kind}"
        lines.append((f"{subject} {can}.", "bold red"))
    elif answer.open:
        who = "People whom the snapshot does not list" if total else "Users"
        lines.append((f"{who} {can.replace('is ', 'are ', 1)}.", "bold red"))
        if not total:
            lines.append(("They are not counted: the snapshot lists no users.", ""))
    elif not depends and not answer.populations():
        nobody = f"None of {total:,} {kind}" if total > 1 and answer.users_known else "Nobody"
        lines.append((f"{nobody} {can.replace('are ', 'is ', 1)}.", "bold green"))
    else:
        lines.append((f"Nobody {can.replace('are ', 'is ', 1)} for certain.", "bold yellow"))
    if depends:
        more = "more may, which depends" if found or answer.open else "may, which depends"
        lines.append((f"{depends:,} {more} on what the snapshot does not tell.", "yellow"))
    elif any(not one.certain for one in answer.populations()):
        who = "Others" if found or answer.open else "Some"
        lines.append((f"{who} may, which depends on what the snapshot does not tell.", "yellow"))
    return lines


def _to(answer: CoverageAnswer) -> str:
    if answer.asked.applications is None:
        return ""
    naming = Naming(answer.coverage.tenant)
    names = [shortened(naming.application(one), 60) for one in answer.coverage.space.applications]
    shown = names[:3] if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"]
    return f" to {' or '.join(shown)}"


def _step(title: str, style: str, numbers: tuple[int, int], found: Sequence[Population], words: str) -> tuple[str, str]:
    certain, depends = numbers
    if not found:
        return f"{title} nothing.", "bold"
    some = "people whom the snapshot does not list" if any(one.certain and not one.count for one in found) else "nobody"
    who = counted(certain, "user") if certain else some
    more = f" {depends:,} more may." if depends else ""
    if not depends and not certain and some == "nobody":
        return f"{title} nothing for certain; what follows depends on what the snapshots do not tell.", f"bold {style}"
    return f"{title}: {who} {words}.{more}", f"bold {style}"


def _populations(page: Page, found: Sequence[Population], options: TextOptions) -> None:
    shown = found if options.limit is None else found[: options.limit]
    for one in shown:
        page.blank()
        _population(page, one, options)
    rest = found[len(shown) :]
    if rest:
        page.blank()
        count = sum(one.count for one in rest)
        users = f" of up to {counted(count, 'user')}" if count else ""
        page.wrapped((f"… {counted(len(rest), 'more set')} of people{users}; --limit 0 shows all", "dim"))


def _population(page: Page, one: Population, options: TextOptions) -> None:
    who = shortened(one.who, _WHO) + (", if there are any" if one.if_any else "")
    style = "bold" if one.certain else "bold yellow"
    badge = "" if one.certain else "[depends] "
    page.wrapped((badge, "yellow"), (who[:1].upper() + who[1:], style))
    ways = one.where if options.verbose else one.where[:_WAYS]
    for number, phrases in enumerate(ways):
        text = ", ".join(shortened(phrase, _LONG) for phrase in phrases) or "everywhere, in every way"
        label = "how" if number == 0 else ""
        mark = "• " if len(one.where) > 1 else ""
        page.wrapped((text, ""), indent=2, first=label.ljust(_LABEL) + mark)
    if len(one.where) > len(ways):
        left = f"… {len(one.where) - len(ways):,} more ways; --verbose shows all"
        page.field("", (left, "dim"), indent=2, label_width=_LABEL)
    _reasons(page, one, verbose=options.verbose)
    unknowns = one.depends_on if options.verbose else one.depends_on[:_UNKNOWNS]
    if unknowns:
        rest = len(one.depends_on) - len(unknowns)
        text = "; ".join(shortened(text, _LONG) for text in unknowns) + (f"; and {rest:,} more" if rest else "")
        page.field("hangs on", (text, "yellow"), indent=2, label_width=_LABEL)
    if one.whatif:
        words = ["tenantlint", "whatif", options.target, *one.whatif, "--explain"]
        command = " ".join(shlex.quote(visible(word)) for word in words)
        page.line(("try".ljust(_LABEL), ""), (command, "blue"), indent=2)


def _reasons(page: Page, one: Population, *, verbose: bool) -> None:
    """The policies that nearly cover it: for each reason those of which it is true."""
    reasons = one.why if verbose else one.why[:_REASONS]
    for number, (because, policies) in enumerate(reasons):
        shown = policies if verbose else policies[:_POLICIES]
        names = ", ".join(shortened(name, 90) for name in shown)
        more = f" and {len(policies) - len(shown):,} more" if len(policies) > len(shown) else ""
        page.field(
            "why" if number == 0 else "",
            (f"{names}{more} ", ""),
            (_plural(shortened(because, _LONG)) if len(policies) > 1 else shortened(because, _LONG), "bold"),
            indent=2,
            label_width=_LABEL,
        )


def _plural(because: str) -> str:
    """The clause for several policies."""
    for singular, plural in (
        ("excludes ", "exclude "),
        ("is ", "are "),
        ("does not apply ", "do not apply "),
        ("applies, but asks ", "apply, but ask "),
        ("covers ", "cover "),
    ):
        if because.startswith(singular):
            return plural + because[len(singular) :]
    return because


def _policies(page: Page, title: str, changes: Sequence[Change], *, verbose: bool) -> None:
    if not changes:
        return
    page.rule(title, "bold")
    shown = changes if verbose else changes[:_CAVEATS]
    for one in shown:
        parts = f": {', '.join(part.replace('_', ' ') for part in one.parts)}" if one.parts else ""
        kind = "" if one.kind == "cosmetic" else f" {one.kind}"
        page.wrapped((shortened(one.policy.name, _LONG), ""), (f"{kind}{visible(parts)}", "dim"), indent=2, first="• ")
    if len(shown) < len(changes):
        page.wrapped((f"… {len(changes) - len(shown):,} more; --verbose shows all", "dim"), indent=2)


def _caveats(page: Page, caveats: Sequence[str], *, exact: bool, verbose: bool) -> None:
    if not caveats:
        return
    page.rule("CAVEATS" if exact else "NOT EXACT", "bold magenta")
    shown = caveats if verbose else caveats[:_CAVEATS]
    for one in shown:
        page.wrapped((shortened(one, _LONG * 2), ""), indent=2, first="• ")
    if len(shown) < len(caveats):
        page.wrapped((f"… {len(caveats) - len(shown):,} more; --verbose shows all", "dim"), indent=2)


def _snapshot(info: SnapshotInfo, given: str) -> str:
    """Whose snapshot it is and of when; where it tells neither, how the command line names it."""
    tenant = info.tenant
    name = shortened(tenant.display_name or tenant.initial_domain or given or tenant.id, 80)
    return f"{name}, collected {day_and_time(info.collected_at)}" if info.collected_at else name
