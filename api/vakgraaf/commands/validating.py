"""`vakgraaf validate`: does it conform, and if not, where and why, and what is to be done?"""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vakgraaf.commands.files import say, write
from vakgraaf.commands.options import Lang, LangOption, StoreOption
from vakgraaf.commands.progress import counted
from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.judging import ContextOf, judge, read_input, shapes_of
from vakgraaf.pipeline.judging_much import is_much, judge_much
from vakgraaf.validation.report import Report
from vakgraaf.validation.reports import render
from vakgraaf.validation.reports.as_text import render_text

_MOST_BYTES = 64 * 1024 * 1024


class ReportForm(StrEnum):
    """How a report can be written; the names of `REPORT_FORMATS`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    TURTLE = "turtle"
    SARIF = "sarif"
    JUNIT = "junit"


def validate(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Bestanden, zips, adressen, of - voor de invoer / files, zips, addresses, or - for stdin.",
            show_default=False,
        ),
    ],
    form: Annotated[
        ReportForm, typer.Option("--format", help="Vorm van het rapport / form of the report.")
    ] = ReportForm.TEXT,
    shapes: Annotated[
        list[Path] | None,
        typer.Option("--shapes", help="Eigen shapes in plaats van de meegeleverde / shapes of your own."),
    ] = None,
    with_store: Annotated[
        bool, typer.Option("--with-store", help="Samen met wat in de store zit / together with what the store has.")
    ] = False,
    store: StoreOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="Bestand voor het rapport / file for the report.")] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", help="HOST[:POORT] waarvan iets mag worden opgehaald / may be fetched from."),
    ] = None,
    lang: LangOption = Lang.NL,
) -> None:
    """Toets documenten of RDF. / Validate documents or RDF."""
    if not (shapes or with_store or store) and is_much(files):
        report = _judged_with_progress(files)
    else:
        inputs = [_input(name, allow_host or []) for name in files]
        own = shapes_of([read_input(path) for path in shapes]) if shapes else None
        report = judge(inputs, _context(store) if with_store or store else None, own).report
    in_colour = form is ReportForm.TEXT and out is None and _shows_colour()
    text = render_text(report, lang.value, colour=True) if in_colour else render(report, form, lang.value)
    if out is None:
        say(text.removesuffix("\n"))
    else:
        write(out, text)
    if not report.conforms:
        raise typer.Exit(1)


def _judged_with_progress(files: list[str]) -> Report:
    """The judgement on a registry; who waits at a terminal sees how far it is."""
    with counted("vakgraaf validate") as progress:
        return judge_much(files, progress)


def _shows_colour() -> bool:
    """Whether standard output is a terminal that shows colours to someone who wants them."""
    if not sys.stdout.isatty():
        return False
    from rich.console import Console  # not above: most runs have no terminal

    console = Console()
    return console.color_system is not None and not console.no_color


def _context(store: str | None) -> ContextOf:
    """What is judged in the context of what the store knows."""
    # Not above: who needs no store need not wait for the settings.
    from vakgraaf.commands.stores import opened
    from vakgraaf.pipeline.context import context_in

    found = opened(store)
    return lambda data: context_in(data, found)


def _input(name: str, hosts: list[str]) -> Input:
    """What an argument names. Raises `UnreadableInput`, and for an address what `fetch` raises."""
    if name == "-":
        return Input("-", sys.stdin.buffer.read())
    if name.startswith(("http://", "https://")):
        return asyncio.run(_fetched(name, hosts))
    return read_input(Path(name))


async def _fetched(url: str, hosts: list[str]) -> Input:
    # Not above: a file needs none of the network.
    from vakgraaf.egress import AllowList, Egress
    from vakgraaf.pipeline.fetching import fetch

    egress = Egress(AllowList.of(hosts))
    try:
        return await fetch(egress, url, _MOST_BYTES)
    finally:
        await egress.close()
