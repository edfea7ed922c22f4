"""The command line: arguments in, exit code out. 0 good, 1 'no' (does not conform, differs), 2 could not do it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Literal

import typer

from vakgraaf.commands import misuse
from vakgraaf.errors import NotConforming, VakgraafError

# The module of `vakgraaf.commands` that has each command, in the order of `vakgraaf --help`.
COMMANDS = {
    "serve": "serving",
    "mcp": "agents",
    "build": "documents",
    "ingest": "documents",
    "new": "drafting",
    "validate": "validating",
    "load": "exchange",
    "export": "exchange",
    "query": "exchange",
    "diff": "versions",
    "link": "linking",
    "frameworks": "frameworks",
    "token": "tokens",
    "backup": "safekeeping",
    "restore": "safekeeping",
    "check": "upkeep",
    "info": "upkeep",
}


def command_line(names: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """The program with the commands called `names`; no more is imported than they need."""
    program = typer.Typer(
        name="vakgraaf",
        help="Beroepscompetentieprofielen als kennisgraaf. / Dutch vocational profiles as a knowledge graph.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    # With this Typer asks for the name of a command, also where it knows of only one.
    program.callback()(lambda: None)
    for name in names:
        command = getattr(import_module(f"vakgraaf.commands.{COMMANDS[name]}"), name)
        if isinstance(command, typer.Typer):
            program.add_typer(command, name=name)
        else:
            program.command(name)(command)
    return program


def _language(arguments: list[str]) -> Literal["nl", "en"]:
    """The language of an error, which may come before options are understood."""
    # Not above: the settings know of every room, and most commands can do without them.
    from vakgraaf.settings import language_of_environment

    chosen = language_of_environment()
    if "--lang" in arguments[:-1]:
        chosen = arguments[arguments.index("--lang") + 1]
    return "en" if chosen == "en" or "--lang=en" in arguments else "nl"


def _run(names: Iterable[str]) -> int:
    """The exit code of the command that was given. Raises `InputError` where it is not understood."""
    try:
        done = command_line(names)(prog_name="vakgraaf", standalone_mode=False)
    except misuse.Misuse as error:
        if not str(error):  # nothing was asked, and how to ask has been shown
            return 2
        raise misuse.explained(error) from error
    except typer.Abort:
        return 1
    return done or 0


def main() -> None:
    """Run the command line; errors made on purpose become a message and an exit code, never a stack trace."""
    names = sys.argv[1:2] if sys.argv[1:2] and sys.argv[1] in COMMANDS else COMMANDS
    try:
        sys.exit(_run(names))
    except NotConforming as error:
        language = _language(sys.argv)
        print(error.message(language), *error.details(language), sep="\n  ", file=sys.stderr)
        sys.exit(1)
    except VakgraafError as error:
        print(error.message(_language(sys.argv)), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
