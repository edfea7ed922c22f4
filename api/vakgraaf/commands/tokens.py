"""`vakgraaf token`: tokens for who may write."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from vakgraaf.commands.files import say
from vakgraaf.commands.options import Lang, LangOption
from vakgraaf.web.tokens import RIGHTS, new_token

token = typer.Typer(help="Tokens: wie mag wijzigen / who may write.", no_args_is_help=True)

_TOLD = {
    Lang.NL: "Het token, dat u één keer ziet, en daaronder de regel voor het bestand van --update-token-file:",
    Lang.EN: "The token, which is shown once, and below it the line for the file of --update-token-file:",
}


@token.callback()
def _group() -> None:
    """Without this Typer takes the one command for the group."""


@token.command("new")
def new(
    name: Annotated[str, typer.Argument(help="Van wie / whose it is.")] = "token",
    rights: Annotated[
        str,
        typer.Option("--rights", help=f"Rechten, met komma's / rights, with commas: {', '.join(RIGHTS)}."),
    ] = "",
    lang: LangOption = Lang.NL,
) -> None:
    """Maak een token en de regel voor het bestand, met alleen zijn digest. / Make a token and its line for the file."""
    secret, line = new_token(name, [word for word in rights.replace(" ", "").split(",") if word])
    print(_TOLD[lang], file=sys.stderr)
    say(secret)
    say(line)
