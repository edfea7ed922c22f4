"""`vakgraaf link …`: propose mappings, decide on them, and exchange them as SSSOM."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from vakgraaf.commands.files import read, say, write
from vakgraaf.commands.link_lines import as_data, as_lines, relation, told
from vakgraaf.commands.options import JsonOption, Lang, LangOption, StoreOption
from vakgraaf.commands.progress import counted
from vakgraaf.commands.reviewing import by_hand
from vakgraaf.commands.stores import opened
from vakgraaf.linking.mappings.decisions import Verdict
from vakgraaf.linking.mappings.mapping import Status
from vakgraaf.linking.mappings.roles import ROLES
from vakgraaf.pipeline.linking import changes, exchange, records
from vakgraaf.settings import Settings

link = typer.Typer(no_args_is_help=True, help="Koppelingen voorstellen en beoordelen. / Propose and review mappings.")

_Ids = Annotated[list[str], typer.Argument(help="Koppelingen, bij hun code / mappings, by their code.")]
_Role = Annotated[str, typer.Option("--role", help=f"In welke rol / in which role: {', '.join(ROLES)}.")]
_Reason = Annotated[str, typer.Option("--reason", help="Waarom / why.")]
_Found = Annotated[
    Status | None, typer.Option("--status", help="Alleen met deze status / only those with this status.")
]


@link.command()
def propose(
    left: Annotated[str, typer.Argument(metavar="A", help="Graaf of bestand / graph or file.")],
    right: Annotated[str, typer.Argument(metavar="B", help="Graaf, of bestand: ESCO of SKOS / graph, or file.")],
    most: Annotated[int, typer.Option("--most", help="Hoogstens zoveel per ding / at most so many each.")] = 3,
    dry: Annotated[bool, typer.Option("--dry-run", help="Bewaar niets / keep nothing.")] = False,
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Stel voor wat in B bij wat in A hoort; niets ervan geldt. / Propose what in B goes with what in A."""
    # Not above: matching brings rdflib's parsers and word lists, which no other command here needs.
    from vakgraaf.pipeline.linking.proposals import collection, proposals

    held = opened(store)
    known = [mapping.iri for mapping in asyncio.run(records.everything(records.within(held)))]
    ends = collection(held, left), collection(held, right)
    with counted("vakgraaf link propose") as progress:
        found = list(proposals(*ends, known, date.today(), most=most, progress=progress))
    if found and not dry:
        _change(store, changes.as_addition(found))
    say(as_data(found) if as_json else as_lines(found, lang.value))


@link.command("list")
def list_(
    status: _Found = None,
    text: Annotated[str, typer.Option("--text", help="Alleen met deze tekst / only those with this text.")] = "",
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Noem de koppelingen, en hoever het beoordelen is. / List the mappings, and how far reviewing is."""
    there = asyncio.run(records.everything(records.within(opened(store))))
    wanted = text.casefold()
    chosen = [
        mapping
        for mapping in there
        if (status is None or mapping.status is status)
        and wanted in f"{mapping.subject_label}\n{mapping.object_label}".casefold()
    ]
    say(as_data(chosen) if as_json else as_lines(chosen, lang.value, there))


@link.command()
def accept(
    ids: _Ids,
    role: _Role,
    predicate: Annotated[
        str, typer.Option("--predicate", help="exact, close, broad, narrow, related; anders / else: as proposed.")
    ] = "",
    reason: _Reason = "",
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Neem voorstellen aan: vanaf nu gelden ze. / Accept proposals: from now on they count."""
    _decide(ids, Verdict.ACCEPT, role, relation(predicate), reason, store, lang, as_json=as_json)


@link.command()
def reject(
    ids: _Ids,
    role: _Role,
    reason: _Reason = "",
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Wijs voorstellen af, voorgoed. / Reject proposals, for good."""
    _decide(ids, Verdict.REJECT, role, "", reason, store, lang, as_json=as_json)


@link.command()
def undo(
    ids: _Ids,
    role: _Role,
    reason: _Reason = "",
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Maak het laatste besluit ongedaan. / Take the last decision back."""
    _decide(ids, Verdict.UNDO, role, "", reason, store, lang, as_json=as_json)


@link.command()
def review(role: _Role, store: StoreOption = None, lang: LangOption = Lang.NL) -> None:
    """Beoordeel de voorstellen een voor een, met het toetsenbord. / Review proposals one by one."""
    held = opened(store)
    there = asyncio.run(records.everything(records.within(held)))

    def decide(wish: changes.Wish) -> None:
        _carry_out(store, [wish], role)

    by_hand(there, decide, lang.value, terminal=sys.stdin.isatty())


@link.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="SSSOM, als TSV / SSSOM as TSV.")],
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Neem koppelingen uit SSSOM over, in beginsel als voorstel. / Take mappings over from SSSOM."""
    held = opened(store)
    known = [mapping.iri for mapping in asyncio.run(records.everything(records.within(held)))]
    taken = exchange.taken(read(file), known, date.today())
    if taken.new:
        _change(store, changes.as_addition(taken.new))
    counts = {"new": len(taken.new), "known": taken.known, "left": taken.left}
    say(json.dumps(counts) if as_json else told(counts, lang.value))


@link.command()
def export(
    every: Annotated[
        bool, typer.Option("--all", help="Ook voorstellen en wat is afgewezen / also proposed and rejected ones.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Bestand om in te schrijven / file to write to.")] = None,
    store: StoreOption = None,
) -> None:
    """Schrijf aangenomen koppelingen als SSSOM. / Write accepted mappings as SSSOM."""
    text = exchange.as_sssom(asyncio.run(records.everything(records.within(opened(store)))), every=every)
    if out is None:
        say(text.removesuffix("\n"))
    else:
        write(out, text)


def _decide(
    ids: list[str],
    verdict: Verdict,
    role: str,
    predicate: str,
    reason: str,
    store: str | None,
    lang: Lang,
    *,
    as_json: bool,
) -> None:
    ask = records.within(opened(store))
    wishes = [changes.Wish(asyncio.run(records.one(ask, name)).iri, verdict, predicate, reason) for name in ids]
    after = _carry_out(store, list(dict.fromkeys(wishes)), role)
    say(as_data(after) if as_json else as_lines(after, lang.value))


def _carry_out(store: str | None, wishes: list[changes.Wish], role: str) -> list[Any]:
    """The mappings as they stand after these wishes."""
    made = asyncio.run(changes.steps(records.within(opened(store)), wishes, role, datetime.now(UTC)))
    _change(store, changes.as_update(made))
    return [step.after for step in made]


def _change(store: str | None, change: Any) -> None:
    from vakgraaf.pipeline import loading  # not above: who lists or reviews needs nothing that judges

    settings = Settings(store=store) if store else Settings()
    loading.carry_out(settings.state, settings.packaged(), change)
