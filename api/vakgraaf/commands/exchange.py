"""`vakgraaf load`, `export` and `query`: into the store, and out of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from vakgraaf.commands.files import read, say
from vakgraaf.commands.options import FilesArgument, Lang, LangOption, StoreOption
from vakgraaf.commands.stores import opened
from vakgraaf.pipeline import exchange, loading
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS
from vakgraaf.settings import Settings


def load(
    files: FilesArgument,
    graph: Annotated[
        str | None, typer.Option("--graph", help="Naam of IRI van de graaf / graph for what is in none.")
    ] = None,
    no_validate: Annotated[
        bool, typer.Option("--no-validate", help="Toets niet aan de shapes / do not judge by the shapes.")
    ] = False,
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
) -> None:
    """Laad RDF in de store; een server die draait ziet het vanzelf. / Load RDF; a running server notices."""
    settings = Settings(store=store) if store else Settings()
    manifest = loading.load(settings.state, settings.packaged(), files, graph, validate=not no_validate)
    word = "Version" if lang is Lang.EN else "Versie"
    say(f"{word} {manifest.version}: {manifest.quads} quads.")


def export(
    graph: Annotated[str | None, typer.Option("--graph", help="Naam of IRI van één graaf / one named graph.")] = None,
    form: Annotated[str | None, typer.Option("--format", help="turtle, nt, rdf, jsonld; trig, nq")] = None,
    facts: Annotated[
        bool, typer.Option("--facts", help="Laat de lange teksten van de uitgevers weg / leave the long texts out.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Schrijf één graaf, of alles, naar de uitvoer. / Write one graph, or everything, to standard output."""
    fitting = GRAPH_FORMATS if graph else DATASET_FORMATS
    chosen = exchange.named_format(form, fitting) if form else fitting[0]
    for chunk in exchange.export(opened(store), graph, chosen, facts=facts):
        sys.stdout.buffer.write(chunk)


def query(
    file: Annotated[str, typer.Argument(help="Bestand met een query, of - voor de invoer / file, or - for stdin.")],
    form: Annotated[str | None, typer.Option("--format", help="json, xml, csv, tsv; turtle, nt, rdf, jsonld")] = None,
    store: StoreOption = None,
) -> None:
    """Stel een SPARQL-vraag aan de store. / Ask the store a SPARQL query."""
    text = sys.stdin.read() if file == "-" else read(Path(file))
    for chunk in exchange.ask(opened(store), text, form):
        sys.stdout.buffer.write(chunk)
