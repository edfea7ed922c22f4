"""`vakgraaf load`, `export` and `query`: into the store, and out of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vakgraaf.commands.files import give, read, say
from vakgraaf.commands.options import FilesArgument, Lang, LangOption, OutOption, StoreOption
from vakgraaf.commands.progress import shown
from vakgraaf.commands.stores import opened
from vakgraaf.errors import UnreadableInput
from vakgraaf.pipeline import exchange
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS, Format
from vakgraaf.settings import Settings

if TYPE_CHECKING:
    from vakgraaf.engine import LocalStore


_STAGES = {
    "reading": ("Lezen", "Reading"),
    "judging": ("Toetsen", "Validating"),
    "writing": ("Afleiden, tellen en wegschrijven", "Deriving, counting and writing"),
    "copying": ("Kopie om uit te lezen", "Copy to read from"),
}


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
    from vakgraaf.pipeline import loading  # not above: `query` needs nothing that judges

    settings = Settings(store=store) if store else Settings()
    with shown() as show:
        told = show and (lambda stage, done, of: show(_STAGES[stage][lang is Lang.EN], done, of))
        manifest = loading.load(settings.state, settings.packaged(), files, graph, told, validate=not no_validate)
    word = "Version" if lang is Lang.EN else "Versie"
    say(f"{word} {manifest.version}: {manifest.quads} quads.")


class Profile(StrEnum):
    """The forms of others that data can be exported in."""

    ELM = "elm"
    SSSOM = "sssom"
    SKOS = "skos"
    CSV = "csv"


def export(
    graph: Annotated[str | None, typer.Option("--graph", help="Naam of IRI van één graaf / one named graph.")] = None,
    form: Annotated[str | None, typer.Option("--format", help="turtle, nt, rdf, jsonld; trig, nq")] = None,
    facts: Annotated[
        bool, typer.Option("--facts", help="Laat de lange teksten van de uitgevers weg / leave the long texts out.")
    ] = False,
    profile: Annotated[
        Profile | None,
        typer.Option(
            "--profile", help="elm: kwalificaties; sssom: koppelingen; skos: begrippen; csv: tabellen / for others."
        ),
    ] = None,
    table: Annotated[
        str | None, typer.Option("--table", help="Met csv: profielen, werkprocessen, vereisten of skills / one table.")
    ] = None,
    out: OutOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
) -> None:
    """Schrijf één graaf, alles of een uitvoer voor anderen. / Write one graph, everything, or a form for others."""
    _refuse_at_odds(graph, form, profile, table, out)
    if profile is Profile.CSV:
        _export_tables(opened(store), table, out)
        return
    if profile is not None:
        chosen = exchange.named_format(form, GRAPH_FORMATS) if form else GRAPH_FORMATS[0]
        chunks = _written(opened(store), profile, chosen, lang, facts=facts)
    else:
        fitting = DATASET_FORMATS if graph is None else GRAPH_FORMATS
        chosen = exchange.named_format(form, fitting) if form else fitting[0]
        chunks = exchange.export(opened(store), graph, chosen, facts=facts)
    give(chunks)


def _refuse_at_odds(
    graph: str | None, form: str | None, profile: Profile | None, table: str | None, out: Path | None
) -> None:
    """Raises `UnreadableInput` for options that do not go together."""
    csv = profile is Profile.CSV
    if (graph and profile) or (form and profile in (Profile.CSV, Profile.SSSOM)):
        raise UnreadableInput(
            "--profile gaat over alle grafen samen, en csv en sssom hebben één vorm: laat --graph of --format weg.",
            "--profile is about all graphs together, and csv and sssom have one form: leave out --graph or --format.",
        )
    if csv != bool(table or out) or (table and out):
        raise UnreadableInput(
            "Bij --profile csv hoort --table NAAM (één tabel naar de uitvoer) of --out MAP (alle tabellen), en bij iets"
            " anders geen van beide.",
            "--profile csv takes --table NAME (one table to the output) or --out DIR (all tables); nothing else takes"
            " either of them.",
        )


def _export_tables(store: LocalStore, table: str | None, out: Path | None) -> None:
    from vakgraaf.pipeline import exporting  # not above, like `loading`

    if table:
        give([exporting.table(store, table).encode()])
    elif out:
        for file in exporting.tables(store, out):
            say(str(file))


def _written(store: LocalStore, profile: Profile, form: Format, lang: Lang, *, facts: bool) -> Iterator[bytes]:
    from vakgraaf.pipeline import exporting

    if profile is Profile.ELM:
        return _elm(store, form, lang)
    if profile is Profile.SKOS:
        return exporting.schemes(store, form, facts=facts)
    return iter([exporting.mappings(store).encode()])


def _elm(store: LocalStore, form: Format, lang: Lang) -> Iterator[bytes]:
    """The records, and on standard error which qualifications have none, and why."""
    from vakgraaf.pipeline import exporting

    records = exporting.elm_records(store)
    for subject, missing in records.left_out.items():
        lacks = ", ".join(pair[lang is Lang.EN] for pair in missing)
        left = f"Left out: {subject} lacks {lacks}." if lang is Lang.EN else f"Weggelaten: {subject} mist {lacks}."
        print(left, file=sys.stderr)
    yield records.graph.serialize(format=form.media_type, encoding="utf-8")


def query(
    file: Annotated[str, typer.Argument(help="Bestand met een query, of - voor de invoer / file, or - for stdin.")],
    form: Annotated[str | None, typer.Option("--format", help="json, xml, csv, tsv; turtle, nt, rdf, jsonld")] = None,
    store: StoreOption = None,
) -> None:
    """Stel een SPARQL-vraag aan de store. / Ask the store a SPARQL query."""
    text = sys.stdin.read() if file == "-" else read(Path(file))
    give(exchange.ask(opened(store), text, form))
