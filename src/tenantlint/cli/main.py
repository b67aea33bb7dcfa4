"""The `tenantlint` command: a group whose commands are imported when they are called, so that start-up is light."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from tenantlint import __version__
from tenantlint.errors import EXIT_INTERNAL, EXIT_USAGE, TenantlintError

# Command name -> module of tenantlint.cli and its attribute, with the line that --help shows.
_COMMANDS = {
    "check": ("check", "check", "Lint a tenant: a snapshot, a ScubaGear export, a folder of policies."),
    "collect": ("collect", "collect", "Read a live tenant into a snapshot, read-only."),
    "coverage": ("coverage", "coverage", "Who can sign in how without MFA, or another control: exactly."),
    "whatif": ("whatif", "whatif", "What happens to a sign-in, offline, and why."),
    "import": ("importing", "import_", "Turn a foreign export into a native snapshot."),
    "pseudonymise": ("pseudonymise", "pseudonymise", "A snapshot without the people in it, to be passed on."),
    "rules": ("rules", "rules", "The check library, and checks of your own."),
    "scenarios": ("scenarios", "scenarios", "Run a file of expected sign-in outcomes, like unit tests."),
    "schema": ("schema", "schema", "Print a JSON Schema."),
}


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"tenantlint.cli.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else " See `tenantlint --help`."
            raise click.UsageError(f"There is no command `{args[0]}`.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Help without importing every command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tenantlint")
def tenantlint() -> None:
    """Policy-as-code linter for Microsoft 365 tenants. Reads, judges, never writes to a tenant."""


def run(arguments: list[str] | None = None) -> None:
    """Run the command and exit with the contract's code; errors are one sentence on stderr."""
    # A run makes many objects and few cycles: looking for cycles as often as the default does costs a sixth of the
    # time on a tenant of 100,000 users.
    gc.set_threshold(100_000, 50, 100)
    sys.exit(main(sys.argv[1:] if arguments is None else arguments))


def main(arguments: list[str]) -> int:  # noqa: PLR0911 - one return a kind of ending
    """Run the command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Reports are UTF-8 wherever they go; a lone surrogate from a tenant must not end the run.
            stream.reconfigure(encoding="utf-8", errors="replace", newline="")
    try:
        result = tenantlint.main(args=arguments, standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        _say("Interrupted.")
        return EXIT_USAGE
    except click.UsageError as error:
        _say(f"Error: {error.format_message()}")
        if error.ctx is not None:
            _say(f"Try `{error.ctx.command_path} --help`.")
        return EXIT_USAGE
    except click.ClickException as error:
        _say(f"Error: {error.format_message()}")
        return EXIT_USAGE
    except TenantlintError as error:
        _say(f"Error: {error}")
        return error.exit_code
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nothing is wrong with the report.
        sys.stdout = None
        return 0
    except Exception as error:  # the last resort: one sentence, and the contract's exit code
        if "--verbose" in arguments or "-v" in arguments:
            import traceback

            traceback.print_exc()
        _say(
            f"Internal error: {type(error).__name__}: {error}. This is a fault of tenantlint; "
            "run again with --verbose and report it."
        )
        return EXIT_INTERNAL
    return result if isinstance(result, int) else 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - the one place that talks to a person about a failure
