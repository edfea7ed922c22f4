"""`vakgraaf check` and `info`: is all well, and what is there?"""

from __future__ import annotations

import json
from typing import Any

import typer

from vakgraaf.commands.files import say
from vakgraaf.commands.options import JsonOption, Lang, LangOption, StoreOption
from vakgraaf.commands.stores import opened
from vakgraaf.pipeline import checks


def check(store: StoreOption = None, lang: LangOption = Lang.NL, as_json: JsonOption = False) -> None:
    """Controleer ontologie (HermiT), shapes en voorbeeldvragen. / Check ontology, shapes and example queries."""
    findings = list(checks.check_everything(opened(store), lang.value))
    if as_json:
        say(json.dumps([{"check": f.what, "good": f.good, "message": f.message} for f in findings], ensure_ascii=False))
    else:
        for finding in findings:
            say(f"{'✓' if finding.good else '✗'} {finding.what}: {finding.message}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def info(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Wat zit er in de store? / What is in the store?"""
    held = opened(store)
    data: dict[str, Any] = {
        "version": held.info.version,
        "quads": held.info.quads,
        "graphs": held.graphs(),
    }
    say(json.dumps(data, indent=2) if as_json else "\n".join(f"{name}: {value}" for name, value in data.items()))
