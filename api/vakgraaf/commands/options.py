"""The options that several commands have, each written once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vakgraaf.errors import InputError


class Lang(StrEnum):
    """The languages that the program speaks."""

    NL = "nl"
    EN = "en"


def _named(store: str | None) -> str | None:
    """Raises `InputError` for an empty name, as a variable that is not set gives it: it would be the usual store."""
    if store == "":
        raise InputError(
            "--store is leeg. Noem een map, of laat --store weg voor de gewone.",
            "--store is empty. Name a directory, or leave --store out for the usual one.",
        )
    return store


LangOption = Annotated[Lang, typer.Option("--lang", envvar="VAKGRAAF_LANG", help="Taal van de uitvoer / language.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Machineleesbare uitvoer / machine-readable output.")]
StoreOption = Annotated[
    str | None, typer.Option("--store", callback=_named, help="Map van de store / directory of the store.")
]
ServedOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        callback=_named,
        help="Map, of adres van een SPARQL-server / directory, or address of a SPARQL server.",
    ),
]
FilesArgument = Annotated[list[Path], typer.Argument(help="Bestanden / files.", show_default=False)]
OutOption = Annotated[Path | None, typer.Option("--out", help="Map om in te schrijven / directory to write to.")]
