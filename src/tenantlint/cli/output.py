"""Where reports go: stdout holds one, files hold the others; a file is whole or not there."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tenantlint.errors import UsageError
from tenantlint.model import Report


@dataclass(frozen=True)
class Wanted:
    """One rendering: `file` is None for stdout."""

    format: str
    file: Path | None


@dataclass(frozen=True)
class Output:
    """How to render: colours and width only concern text."""

    color: bool
    width: int
    verbose: bool
    show_excepted: bool
    fallback_file: str = ""


def parse_outputs(format_: str | None, outputs: Sequence[str]) -> tuple[Wanted, ...]:
    """`--format` and `-o FORMAT=FILE` together. Without --format, text goes to stdout unless every `-o` is enough.

    Raises UsageError for a bad form, an unknown format, a folder that is not there, one file named twice.
    """
    from tenantlint.report import formats

    wanted = []
    seen: set[str] = set()
    for one in outputs:
        name, sign, file = one.partition("=")
        if not sign or not file:
            raise UsageError(f"-o {one}: write it as FORMAT=FILE, for example -o sarif=findings.sarif.")
        if name not in formats():
            raise UsageError(f"-o {one}: `{name}` is not a format; there are {', '.join(formats())}.")
        path = None if file == "-" else writable(one, file)
        if file in seen:
            raise UsageError(f"-o {one}: {file} is named twice; give each format its own file.")
        seen.add(file)
        wanted.append(Wanted(name, path))
    if sum(one.file is None for one in wanted) + (format_ is not None) > 1:
        raise UsageError("stdout holds one report; write the others to files.")
    if format_ is not None or not any(one.file is None for one in wanted):
        wanted.insert(0, Wanted(format_ or "text", None))
    return tuple(wanted)


def writable(option: str, file: str) -> Path:
    """The file that `-o OPTION` names. Raises UsageError when its folder is not there."""
    if not Path(file).absolute().parent.is_dir():
        raise UsageError(f"-o {option}: the folder {Path(file).parent.as_posix()} does not exist; make it first.")
    return Path(file)


def colors(*, no_color: bool) -> bool:
    """Whether stdout gets colours: a terminal, and nobody has said no."""
    return not no_color and "NO_COLOR" not in os.environ and sys.stdout.isatty()


def terminal_width() -> int:
    """The width of the terminal in cells, within what reads well; 100 where there is none."""
    from shutil import get_terminal_size

    return max(60, min(get_terminal_size((100, 24)).columns, 140))


def write_report(report: Report, wanted: Sequence[Wanted], output: Output) -> None:
    """Render and write each; raises UsageError when a file cannot be written."""
    from tenantlint.report import RenderOptions, render

    for one in wanted:
        options = RenderOptions(
            color=output.color and one.file is None,
            width=output.width,
            verbose=output.verbose,
            show_excepted=output.show_excepted,
            base_path=_repository(Path.cwd()).as_posix(),
            working_path=Path.cwd().as_posix(),
            fallback_file=output.fallback_file,
        )
        text = render(one.format, report, options)
        if one.file is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            write_whole(one.file, text)


def _repository(start: Path) -> Path:
    """The root of the git checkout that this folder is in, else the folder: what code hosts show files relative to."""
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), start)


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that it holds the old or the new text, never a part. Raises UsageError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(text)
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be written: {error.strerror or error}.") from None
