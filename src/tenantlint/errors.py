"""Error families. Each carries the exit code that the contract documents.

Raise the narrowest one; the command line turns it into one sentence on stderr and its exit code.
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_INCOMPLETE = 3
EXIT_INTERNAL = 4


class TenantlintError(Exception):
    """Root of every error that tenantlint raises on purpose."""

    exit_code = EXIT_INTERNAL


class UsageError(TenantlintError):
    """The command line or a configuration value is wrong."""

    exit_code = EXIT_USAGE


class InputError(TenantlintError):
    """A file cannot be read or is not what it should be.

    `problem` is one clause without a full stop; `mend` says what to do, as one imperative clause.
    `line` and `column` count from 1.
    """

    exit_code = EXIT_USAGE

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        mend: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = file
        self.line = line
        self.column = column
        self.mend = mend
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """`file:line:column: problem; mend.`, leaving out what is not known."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        text = f"{place}: {self.problem}" if place else self.problem
        return f"{text}; {self.mend}." if self.mend else f"{text}."


class CheckLoadError(InputError):
    """A check's metadata or Rego is not acceptable."""


class EngineError(TenantlintError):
    """A Rego engine failed on one query; becomes that check's `error` outcome.

    `position` is `file:line:column` in the Rego source where the engine told it.
    """

    exit_code = EXIT_INCOMPLETE

    def __init__(self, problem: str, *, position: str | None = None) -> None:
        self.problem = problem
        self.position = position
        super().__init__(f"{position}: {problem}" if position else problem)


class MissingExtraError(UsageError):
    """A feature needs an optional dependency that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an optional part: run `pip install 'tenantlint[{extra}]'`.")
