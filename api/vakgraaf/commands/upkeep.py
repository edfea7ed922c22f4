"""`vakgraaf check` and `info`: is all well, and what is there?"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Annotated, Any

import typer

from vakgraaf.commands.files import say
from vakgraaf.commands.options import JsonOption, Lang, LangOption, StoreOption
from vakgraaf.commands.stores import opened
from vakgraaf.language.numbers import grouped
from vakgraaf.settings import Settings


def check(store: StoreOption = None, lang: LangOption = Lang.NL, as_json: JsonOption = False) -> None:
    """Controleer ontologie (HermiT), shapes en voorbeeldvragen. / Check ontology, shapes and example queries."""
    from vakgraaf.pipeline import checks  # not above: a quarter of a second that `info` can do without

    findings = list(checks.check_everything(opened(store), lang.value))
    if as_json:
        say(json.dumps([{"check": f.what, "good": f.good, "message": f.message} for f in findings], ensure_ascii=False))
    else:
        for finding in findings:
            say(f"{'✓' if finding.good else '✗'} {finding.what}: {finding.message}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def info(
    verify: Annotated[
        bool, typer.Option("--verify", help="Lees en tel alles na; 1 als iets niet klopt / check all of it.")
    ] = False,
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Wat zit er in de store? / What is in the store?"""
    if verify:
        _verify(Settings(store=store) if store else Settings(), lang, as_json=as_json)
        return
    held = opened(store)
    data: dict[str, Any] = {
        "program": version("vakgraaf"),
        "version": held.info.version,
        "quads": held.info.quads,
        "graphs": held.graphs(),
    }
    if as_json:
        say(json.dumps(data, indent=2))
        return
    quads = grouped(held.info.quads, lang.value)
    say(_HELD[lang.value].format(**data | {"quads": quads, "count": len(data["graphs"])}))
    for graph in data["graphs"]:
        say(f"  {graph}")


_HELD = {
    "nl": "Vakgraaf {program}. Gegevens: versie {version}, {quads} uitspraken in {count} grafen:",
    "en": "Vakgraaf {program}. Data: version {version}, {quads} statements in {count} graphs:",
}


def _verify(settings: Settings, lang: Lang, *, as_json: bool) -> None:
    from vakgraaf.pipeline.verifying import verify_store  # not above, like `checks`

    found = list(verify_store(settings.state))
    good = all(looked.good is not False for looked in found)
    if as_json:
        checks_ = [{"check": f.what, "good": f.good, "message": f.en if lang is Lang.EN else f.nl} for f in found]
        say(json.dumps({"good": good, "checks": checks_}, ensure_ascii=False, indent=2))
    else:
        for looked in found:
            mark = {True: "✓", False: "✗", None: "–"}[looked.good]
            say(f"{mark} {looked.what}: {looked.en if lang is Lang.EN else looked.nl}")
    if not good:
        raise typer.Exit(1)
