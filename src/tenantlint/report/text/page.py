"""A page of terminal text: wrapping with hanging indents, labels, styles. The only reporter part that uses rich."""

from __future__ import annotations

import io

from rich.console import Console
from rich.text import Text

MIN_WIDTH = 40


class Page:
    """Collects lines. Text given to it must be safe already (escaping); markup in it means nothing.

    Widths are in terminal cells. Without `color` the result has no escape sequence at all.
    """

    def __init__(self, width: int, *, color: bool) -> None:
        self.width = max(width, MIN_WIDTH)
        self._color = color
        self._text = io.StringIO()
        # An empty environment: nothing outside may change the width or the colours.
        self._console = Console(
            file=self._text,
            width=self.width,
            force_terminal=color,
            color_system="standard",
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            force_jupyter=False,
            _environ={},
        )
        self._blank = True

    def blank(self) -> None:
        """An empty line, unless the last one is."""
        if not self._blank:
            self._emit(Text())
        self._blank = True

    def rule(self, title: str, style: str) -> None:
        """A heading over a whole section."""
        self.blank()
        text = Text(title, style=style)
        text.append(" " + "─" * max(self.width - text.cell_len - 1, 0), style="dim")
        self._emit(text)

    def line(self, *parts: tuple[str, str], indent: int = 0) -> None:
        """One line of (text, style) parts, never wrapped: for what is to be copied or clicked."""
        self._emit(Text.assemble(" " * indent, *parts))

    def wrapped(
        self, *parts: tuple[str, str], indent: int = 0, first: str = "", right: str = "", first_style: str = ""
    ) -> None:
        """Wrapped (text, style) parts; `first` stands before the first line, the others hang below its end.

        `right`: a short note at the right edge of the first line, where there is room, else on its own line.
        """
        margin = indent + Text(first).cell_len
        room = max(self.width - margin, MIN_WIDTH // 2)
        lines = Text.assemble(*parts).wrap(self._console, room - (len(right) + 2 if right else 0))
        for number, line in enumerate(lines):
            line.rstrip()
            start = " " * indent + first if number == 0 else " " * margin
            shown = Text.assemble((start, first_style if number == 0 else ""), line)
            if right and number == 0:
                shown.append(" " * max(self.width - shown.cell_len - len(right), 2))
                shown.append(right, style="dim")
            shown.rstrip()
            self._emit(shown)

    def field(self, label: str, *parts: tuple[str, str], indent: int, label_width: int) -> None:
        """A label and its value, the value wrapped in its own column."""
        self.wrapped(*parts, indent=indent, first=label.ljust(label_width))

    def finish(self) -> str:
        """The page, ending in a line end."""
        return self._text.getvalue()

    def _emit(self, text: Text) -> None:
        self._blank = False
        if self._color:
            self._console.print(text, soft_wrap=True)
        else:
            self._text.write(f"{text.plain}\n")
