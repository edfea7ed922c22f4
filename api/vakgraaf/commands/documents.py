"""`vakgraaf build` and `vakgraaf ingest`: from documents to graphs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vakgraaf.commands.files import say, write
from vakgraaf.commands.options import FilesArgument, JsonOption, Lang, LangOption, OutOption, StoreOption
from vakgraaf.errors import NotConforming
from vakgraaf.resources import folder

if TYPE_CHECKING:
    from vakgraaf.ingest.document import Understood

_PUBLISHED = {"nl": "Versie {version} van de store: {graphs}", "en": "Version {version} of the store: {graphs}"}


def build(
    check: Annotated[
        bool, typer.Option("--check", help="Schrijf niets; 1 bij verschil / exit 1 where it differs.")
    ] = False,
    out: OutOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Maak van elke tekst in data/sources/ een graaf in data/graphs/. / Build every source into a graph."""
    # Not above: reading documents takes half a second to load, and `vakgraaf --help` can do without.
    from vakgraaf.ingest.report import as_data, as_text
    from vakgraaf.pipeline import documents

    where = out or folder("data/graphs")
    understood: list[Understood] = []
    differing: list[str] = []
    for path, document, turtle in documents.build(folder("data/sources")):
        target = where / f"{path.stem}.ttl"
        if not target.is_file() or target.read_text("utf-8") != turtle:
            differing.append(target.name)
            if not check:
                write(target, turtle)
        understood.append(document)
    if as_json:
        say(json.dumps([as_data(document) for document in understood], ensure_ascii=False, indent=2))
    else:
        say("\n".join(as_text(document, lang) for document in understood))
    if check and differing:
        names = ", ".join(differing)
        raise NotConforming(
            f"Verschilt van wat de bronnen nu opleveren: {names}. Draai 'vakgraaf build' en leg het resultaat vast.",
            f"Differs from what the sources give now: {names}. Run 'vakgraaf build' and commit the result.",
        )


def ingest(
    files: FilesArgument,
    out: OutOption = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Zet de graaf in de store, in plaats van de vorige / into the store.")
    ] = False,
    store: StoreOption = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Schrijf het verslag als JSON / write the report as JSON.")
    ] = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Begrijp documenten en schrijf van elk de graaf, als die voldoet. / Understand documents, write their graphs."""
    from vakgraaf.pipeline import documents
    from vakgraaf.validation.reports import render

    register = documents.register_of(folder("data/graphs"))
    drafts = [documents.ingest(path, register) for path in files]
    data = [draft.as_data() for draft in drafts]
    if report:
        write(report, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    if as_json:
        say(json.dumps(data, ensure_ascii=False, indent=2))
    for draft in drafts:
        if not as_json:
            say(draft.as_text(lang))
            say(render(draft.report, "text", lang.value))
    if not all(draft.report.conforms for draft in drafts):
        raise NotConforming(
            "Niet alles voldoet aan de shapes; er is niets geschreven.",
            "Not everything conforms to the shapes; nothing was written.",
        )
    if publish:
        from vakgraaf.pipeline import loading
        from vakgraaf.settings import Settings

        settings = Settings(store=store) if store else Settings()
        graphs = {draft.name: draft.turtle for draft in drafts}
        manifest = loading.publish(settings.state, settings.packaged(), graphs)
        print(_PUBLISHED[lang.value].format(version=manifest.version, graphs=", ".join(graphs)), file=sys.stderr)
        if out is None:
            return
    for draft in drafts:
        target = (out or Path()) / f"{draft.name}.ttl"
        write(target, draft.turtle)
        print(f"{target}", file=sys.stderr)
