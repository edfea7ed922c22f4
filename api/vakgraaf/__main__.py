"""The command line: arguments in, exit code out. 0 good, 1 'no' (does not conform, differs), 2 could not do it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from vakgraaf.engine import LocalStore, open_store
from vakgraaf.errors import NotConforming, UnreadableInput, VakgraafError, unusable
from vakgraaf.ingest.document import Understood
from vakgraaf.ingest.report import as_data, as_text
from vakgraaf.pipeline import checks, documents, exchange, judging, loading
from vakgraaf.rdf.formats import DATASET_FORMATS, GRAPH_FORMATS
from vakgraaf.resources import folder
from vakgraaf.settings import Settings, language_of_environment
from vakgraaf.validation.report import Report, render_json, render_text, render_turtle

cli = typer.Typer(
    name="vakgraaf",
    help="Beroepscompetentieprofielen als kennisgraaf. / Dutch vocational profiles as a knowledge graph.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Lang(StrEnum):
    """The languages that the program speaks."""

    NL = "nl"
    EN = "en"


class ReportFormat(StrEnum):
    """How a validation report can be written."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"


LangOption = Annotated[Lang, typer.Option("--lang", envvar="VAKGRAAF_LANG", help="Taal van de uitvoer / language.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Machineleesbare uitvoer / machine-readable output.")]
StoreOption = Annotated[str | None, typer.Option("--store", help="Map van de store / directory of the store.")]
ServedOption = Annotated[
    str | None,
    typer.Option("--store", help="Map, of adres van een SPARQL-server / directory, or address of a SPARQL server."),
]
FilesArgument = Annotated[list[Path], typer.Argument(help="Bestanden / files.", show_default=False)]
OutOption = Annotated[Path | None, typer.Option("--out", help="Map om in te schrijven / directory to write to.")]


@cli.command()
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


@cli.command()
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Schrijf niets; 1 bij verschil / exit 1 where it differs.")
    ] = False,
    out: OutOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Maak van elke tekst in data/sources/ een graaf in data/graphs/. / Build every source into a graph."""
    where = out or folder("data/graphs")
    understood: list[Understood] = []
    differing: list[str] = []
    for path, document, turtle in documents.build(folder("data/sources")):
        target = where / f"{path.stem}.ttl"
        if not target.is_file() or target.read_text("utf-8") != turtle:
            differing.append(target.name)
            if not check:
                _write(target, turtle)
        understood.append(document)
    if as_json:
        _say(json.dumps([as_data(document) for document in understood], ensure_ascii=False, indent=2))
    else:
        _say("\n".join(as_text(document, lang) for document in understood))
    if check and differing:
        names = ", ".join(differing)
        raise NotConforming(
            f"Verschilt van wat de bronnen nu opleveren: {names}. Draai 'vakgraaf build' en leg het resultaat vast.",
            f"Differs from what the sources give now: {names}. Run 'vakgraaf build' and commit the result.",
        )


@cli.command()
def ingest(
    files: FilesArgument,
    out: OutOption = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Schrijf het verslag als JSON / write the report as JSON.")
    ] = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Begrijp documenten en schrijf van elk de graaf, als die voldoet. / Understand documents, write their graphs."""
    register = documents.register_of(folder("data/graphs"))
    drafts = [documents.ingest(path, register) for path in files]
    data = [as_data(draft.document) for draft in drafts]
    if report:
        _write(report, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    if as_json:
        _say(json.dumps(data, ensure_ascii=False, indent=2))
    for draft in drafts:
        if not as_json:
            _say(as_text(draft.document, lang))
            _say(render_text(draft.report, lang.value))
    if not all(draft.report.conforms for draft in drafts):
        raise NotConforming(
            "Niet alles voldoet aan de shapes; er is niets geschreven.",
            "Not everything conforms to the shapes; nothing was written.",
        )
    for draft in drafts:
        target = (out or Path()) / f"{draft.document.text.name}.ttl"
        _write(target, draft.turtle)
        print(f"{target}", file=sys.stderr)


@cli.command()
def validate(
    files: FilesArgument,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="Vorm van het rapport / form of the report.")
    ] = ReportFormat.TEXT,
    lang: LangOption = Lang.NL,
) -> None:
    """Toets RDF of documenten aan de shapes. / Hold RDF or documents against the shapes."""
    result = judging.validate_files(files)
    render: dict[ReportFormat, Callable[[Report], str]] = {
        ReportFormat.TEXT: lambda report: render_text(report, lang.value),
        ReportFormat.JSON: render_json,
        ReportFormat.TURTLE: render_turtle,
    }
    _say(render[form](result))
    if not result.conforms:
        raise typer.Exit(1)


@cli.command()
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
    _say(f"{word} {manifest.version}: {manifest.quads} quads.")


@cli.command()
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
    for chunk in exchange.export(_open(store), graph, chosen, facts=facts):
        sys.stdout.buffer.write(chunk)


@cli.command()
def query(
    file: Annotated[str, typer.Argument(help="Bestand met een query, of - voor de invoer / file, or - for stdin.")],
    form: Annotated[str | None, typer.Option("--format", help="json, xml, csv, tsv; turtle, nt, rdf, jsonld")] = None,
    store: StoreOption = None,
) -> None:
    """Stel een SPARQL-vraag aan de store. / Ask the store a SPARQL query."""
    text = sys.stdin.read() if file == "-" else _read(Path(file))
    for chunk in exchange.ask(_open(store), text, form):
        sys.stdout.buffer.write(chunk)


@cli.command()
def check(store: StoreOption = None, lang: LangOption = Lang.NL, as_json: JsonOption = False) -> None:
    """Controleer ontologie (HermiT), shapes en voorbeeldvragen. / Check ontology, shapes and example queries."""
    findings = list(checks.check_everything(_open(store), lang.value))
    if as_json:
        _say(
            json.dumps([{"check": f.what, "good": f.good, "message": f.message} for f in findings], ensure_ascii=False)
        )
    else:
        for finding in findings:
            _say(f"{'✓' if finding.good else '✗'} {finding.what}: {finding.message}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


@cli.command()
def info(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Wat zit er in de store? / What is in the store?"""
    opened = _open(store)
    data: dict[str, Any] = {
        "version": opened.info.version,
        "quads": opened.info.quads,
        "graphs": opened.graphs(),
    }
    _say(json.dumps(data, indent=2) if as_json else "\n".join(f"{name}: {value}" for name, value in data.items()))


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _open(store: str | None) -> LocalStore:
    settings = Settings(store=store) if store else Settings()
    return open_store(settings.state, settings.packaged())


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise unusable(path, error) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path} is geen UTF-8-tekst.", f"{path} is not UTF-8 text.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise unusable(path, error) from error


def _say(text: str) -> None:
    print(text)


def _language(arguments: list[str]) -> Literal["nl", "en"]:
    """The language of an error, which may come before options are understood."""
    chosen = language_of_environment()
    if "--lang" in arguments[:-1]:
        chosen = arguments[arguments.index("--lang") + 1]
    return "en" if chosen == "en" or "--lang=en" in arguments else "nl"


def main() -> None:
    """Run the command line; errors made on purpose become a message and an exit code, never a stack trace."""
    language = _language(sys.argv)
    try:
        cli(prog_name="vakgraaf")
    except NotConforming as error:
        print(error.message(language), *error.details(language), sep="\n  ", file=sys.stderr)
        sys.exit(1)
    except VakgraafError as error:
        print(error.message(language), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
