"""`vakgraaf backup` and `restore`: a store put safe, and put back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from vakgraaf.commands.files import say
from vakgraaf.commands.options import JsonOption, Lang, LangOption, StoreOption
from vakgraaf.commands.progress import counted
from vakgraaf.engine.backups import Backup, read
from vakgraaf.engine.backups import verify as verified
from vakgraaf.engine.restoring import restore as put_back
from vakgraaf.engine.saving import save
from vakgraaf.settings import Settings

_ToDir = Annotated[Path, typer.Argument(metavar="DIR", help="Nieuwe map / a new directory.", show_default=False)]
_OfDir = Annotated[Path, typer.Argument(metavar="DIR", help="Map met een back-up / of a backup.", show_default=False)]


def backup(
    directory: _ToDir, store: StoreOption = None, lang: LangOption = Lang.NL, as_json: JsonOption = False
) -> None:
    """Maak een back-up, ook terwijl een server draait. / Make a backup, also while a server runs."""
    settings = Settings(store=store) if store else Settings()
    with counted() as progress:
        made = save(settings.state, directory, progress)
    _tell(made, made.manifest.version, directory, lang, as_json=as_json, nl="in", en="in")


def restore(
    directory: _OfDir,
    check: Annotated[
        bool, typer.Option("--check", help="Kijk alleen of de back-up heel is / only see whether it is whole.")
    ] = False,
    live: Annotated[
        bool,
        typer.Option("--live", help="Ook als een server draait; die neemt het over / also while a server runs."),
    ] = False,
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Zet een back-up terug in plaats van wat er is, na controle. / Put a backup in the place of what is there."""
    settings = Settings(store=store) if store else Settings()
    with counted() as progress:
        if check:
            told = verified(directory, progress)
            version = told.manifest.version
        else:
            version = put_back(settings.state, directory, progress, live=live).version
            told = read(directory)
    nl, en = ("is heel:", "is whole:") if check else ("is teruggezet uit", "was restored from")
    _tell(told, version, directory, lang, as_json=as_json, nl=nl, en=en)


def _tell(told: Backup, version: int, directory: Path, lang: Lang, *, as_json: bool, nl: str, en: str) -> None:
    if as_json:
        facts = {
            "directory": str(directory),
            "made": told.made,
            "version": version,
            "backup_version": told.manifest.version,
            "layout": told.manifest.layout,
            "quads": told.manifest.quads,
            "graphs": len(told.graphs),
            "versions": len(told.versions),
            "bytes": told.size,
        }
        say(json.dumps(facts, indent=2))
        return
    size = f"{told.size / 1e6:.1f} MB"
    counts = (told.manifest.quads, len(told.graphs), len(told.versions))
    if lang is Lang.EN:
        say(f"Version {version} {en} {directory}: {counts[0]} quads, {counts[1]} graphs, {counts[2]} versions, {size}.")
    else:
        say(f"Versie {version} {nl} {directory}: {counts[0]} quads, {counts[1]} grafen, {counts[2]} versies, {size}.")
