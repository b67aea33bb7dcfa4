"""How `rules list` and `rules explain` look in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tenantlint.checks.describe import FRAMEWORKS, service_title
from tenantlint.model import Check, Severity
from tenantlint.report.escaping import paragraph, visible

_STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}
_MAX_WIDTH = 100


def show_table(checks: Sequence[Check]) -> None:
    """One line a check, in columns; titles are folded to the terminal."""
    console = _console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Check", no_wrap=True)
    table.add_column("Severity", no_wrap=True)
    table.add_column("Service", no_wrap=True)
    table.add_column("Desired state", overflow="fold")
    for check in checks:
        table.add_row(
            _plain(check.id),
            Text(check.severity, style=_STYLES[check.severity]),
            _plain(service_title(check.service)),
            _plain(check.title),
        )
    console.print(table)
    console.print(f"{len(checks)} check{'' if len(checks) == 1 else 's'}", highlight=False)


def show_check(check: Check) -> None:
    """Everything about one check, under headings, no wider than 100 columns."""
    console = _console()
    console.print(Text.assemble((check.id, "bold"), "  ", (visible(check.title), "bold")))
    console.print(
        Text.assemble(
            (check.severity, _STYLES[check.severity]),
            f"  {visible(service_title(check.service))}  {check.bucket}  ",
            check.slug,
        )
    )
    _section(console, "What it looks at", _prose(check.description))
    _section(console, "Why it matters", _prose(check.rationale))
    _section(console, "What to do", _prose(check.remediation))
    reads = {
        "requires": [needed.replace("|", " or ") for needed in check.requires],
        "refined by": check.refines,
        "facts": check.facts,
        "licences": check.licences,
    }
    _section(console, "What it reads", _pairs((name, ", ".join(words)) for name, words in reads.items() if words))
    if check.parameters:
        told = (
            (one.name, f"{one.meaning} ({one.type}, default {json.dumps(one.default, ensure_ascii=False)})")
            for one in check.parameters.values()
        )
        _section(console, f"Parameters (tenantlint.yaml, parameters: {check.id})", _pairs(told))
    mapped = [(title, ", ".join(check.mappings[key])) for key, title in FRAMEWORKS.items() if check.mappings.get(key)]
    if mapped:
        _section(console, "Mappings", _pairs(mapped))
    if check.references:
        links = [
            Text(visible(" ".join(part for part in (one.description, one.url) if part))) for one in check.references
        ]
        _section(console, "References", Group(*links))
    _section(console, "Source", _plain(check.path))


def _section(console: Console, heading: str, body: RenderableType) -> None:
    console.print()
    console.print(Text(visible(heading), style="bold"))
    console.print(Padding(body, (0, 0, 0, 2)))


def _pairs(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, words in rows:
        table.add_row(_plain(name), _plain(words))
    return table


def _prose(text: str) -> Group:
    """Paragraphs and list items keep their own lines; lines inside a paragraph flow."""
    blocks: list[str] = []
    for line in paragraph(text).splitlines():
        starts = not line.strip() or line.lstrip()[:2] in ("- ", "* ") or line.lstrip()[:1].isdigit()
        if starts or not blocks or not blocks[-1]:
            blocks.append(line.strip())
        else:
            blocks[-1] += f" {line.strip()}"
    return Group(*(Text(block) for block in blocks))


def _console() -> Console:
    console = Console(highlight=False)
    console.width = min(console.width, _MAX_WIDTH)
    return console


def _plain(text: str) -> Text:
    return Text(visible(text))
