"""`vakgraaf serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vakgraaf.commands.options import JsonOption, Lang, LangOption, ServedOption


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
    config: Annotated[
        Path | None, typer.Option("--config", help="Bestand met instellingen (TOML) / a file with settings.")
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Toon de instellingen en wat onveilig is; start niet / show, do not start."),
    ] = False,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Open of maak de store, laad wat is meegeleverd, en bedien http://127.0.0.1:8000. / Serve."""
    given: dict[str, Any] = {"host": host, "port": port, "store": store, "default_graph": default_graph}
    given |= {"empty": empty or None, "read_only": read_only or None, "update_token_file": update_token_file}
    given |= {"allow_hosts": ",".join(allow_host) if allow_host else None, "config": config}
    given = {name: value for name, value in given.items() if value is not None}
    if check:
        from vakgraaf.commands.checking import report

        raise typer.Exit(report(given, lang.value, as_json=as_json))
    # Not above: no other command needs the web, and it is half of what a command loads before it begins.
    from vakgraaf.app import serve as serve_forever
    from vakgraaf.settings import Settings

    serve_forever(Settings(**given))
