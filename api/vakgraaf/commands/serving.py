"""`vakgraaf serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vakgraaf.commands.options import ServedOption
from vakgraaf.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Adres / address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Poort / port to listen on.")] = None,
    store: ServedOption = None,
    empty: Annotated[bool, typer.Option("--empty", help="Laad niets / load nothing into a new store.")] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Laat niemand wijzigen / let nobody write, whatever tokens there are.")
    ] = False,
    update_token_file: Annotated[
        Path | None, typer.Option("--update-token-file", help="Wie mag wijzigen / the tokens of who may write.")
    ] = None,
    default_graph: Annotated[
        str | None, typer.Option("--default-graph", help="union: alle grafen samen; own: de naamloze graaf.")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", help="HOST[:POORT] waarvan SERVICE en LOAD iets mogen vragen / may be asked."),
    ] = None,
) -> None:
    """Open of maak de store, laad wat is meegeleverd, en bedien http://127.0.0.1:8000. / Serve."""
    # Not above: no other command needs the web, and it is half of what a command loads before it begins.
    from vakgraaf.app import serve as serve_forever

    given: dict[str, Any] = {"host": host, "port": port, "store": store, "default_graph": default_graph}
    given |= {"empty": empty or None, "read_only": read_only or None, "update_token_file": update_token_file}
    given["allow_hosts"] = ",".join(allow_host) if allow_host else None
    serve_forever(Settings.model_validate({**Settings().model_dump(), **_without_none(given)}))


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
