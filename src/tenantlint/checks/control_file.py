"""TOML files with one entry a line: read strictly, with the line of each fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tenantlint.errors import InputError


class ControlFile:
    """A TOML file, its name as shown in errors, and the line of a key."""

    def __init__(self, path: Path, shown: str) -> None:
        import tomllib

        self.shown = shown
        try:
            self._text = path.read_text(encoding="utf-8")
            self.data: dict[str, Any] = tomllib.loads(self._text)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", file=shown) from None
        except UnicodeDecodeError:
            raise InputError("is not UTF-8 text", file=shown, mend="save it as UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            problem, line = _place(str(error), last=self._text.count("\n") + 1)
            raise InputError(f"is not TOML: {problem}", file=shown, line=line) from None

    def part(self, key: str) -> dict[str, Any]:
        """The table at this top-level key."""
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise self.error(key, f"`{key}` is not a table", "write one control a line below it")
        return value

    def table(self, value: object, keys: set[str], needed: Sequence[str], owner: str) -> dict[str, Any]:
        """The value as a table with these keys and no others, the needed ones texts that say something."""
        where = f"{owner}: " if owner else ""
        if not isinstance(value, dict):
            raise self.error(owner, f"{where}is not a table", f"write {{ {' = …, '.join(needed)} = … }}")
        for key in value:
            if key not in keys:
                raise self.error(owner or key, f"{where}there is no key `{key}`", choices(keys))
        for key in needed:
            if not isinstance(value.get(key), str) or not value[key].strip():
                raise self.error(owner, f"{where}`{key}` is missing or empty", "write it as a text in quotes")
        return value

    def line(self, key: str) -> int:
        """The line on which the key stands: as `"key" =`, `key =` or `[key]`; 1 when it cannot be told."""
        starts = (f'"{key}" ', f'"{key}"=', f"{key} ", f"{key}=", f"[{key}]")
        for number, text in enumerate(self._text.splitlines(), start=1):
            if key and text.lstrip().startswith(starts):
                return number
        return 1

    def error(self, key: str, problem: str, mend: str) -> InputError:
        return InputError(problem, file=self.shown, line=self.line(key), mend=mend)


def choices(words: Iterable[str]) -> str:
    """What to do instead: take one of these."""
    return f"take one of {', '.join(sorted(words))}"


def _place(told: str, last: int) -> tuple[str, int]:
    """The words of TOML's parser, and the line that it names in `(at line 3, column 5)`; else it means the end."""
    problem, _, place = told.partition(" (at ")
    line = place.removeprefix("line ").partition(",")[0]
    return problem[:1].lower() + problem[1:], int(line) if line.isdigit() else last
