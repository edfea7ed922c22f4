"""`vakgraaf frameworks`: qualification frameworks as reference graphs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from vakgraaf.commands.files import say, write
from vakgraaf.commands.options import FilesArgument, JsonOption, Lang, LangOption, OutOption
from vakgraaf.errors import NotConforming
from vakgraaf.resources import folder

frameworks = typer.Typer(no_args_is_help=True, help="Kwalificatieraamwerken. / Qualification frameworks.")

_MADE = {
    "nl": "{frameworks} raamwerken met {levels} niveaus, {files} bestanden.",
    "en": "{frameworks} frameworks with {levels} levels, {files} files.",
}
_LEFT = {
    "nl": "{count} rijen horen bij geen raamwerk en zijn weggelaten:",
    "en": "{count} rows belong to no framework and were left out:",
}


@frameworks.callback()
def _group() -> None:
    """With a callback, Typer keeps the name of the only command."""


@frameworks.command()
def load(
    files: FilesArgument,
    table: Annotated[
        Path | None, typer.Option("--table", help="Tabel met eigen gegevens (TOML) / table of our own facts.")
    ] = None,
    out: OutOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Schrijf niets; 1 bij verschil / exit 1 where it differs.")
    ] = False,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Maak grafen van de raamwerken in een waardelijst van de EU (CSV of RDF). / Graphs of a code list of the EU."""
    # Not above: only this command needs them.
    from vakgraaf.linking.frameworks import read_table
    from vakgraaf.pipeline.frameworks import turtle_of

    reference = folder("data/reference")
    where = out or reference / "raamwerken"
    made = turtle_of(files, read_table(table or reference / "raamwerken.toml"))
    differing = [name for name, text in made.files.items() if not _same(where / name, text)]
    if not check:
        for name in differing:
            write(where / name, made.files[name])
    counts = {"frameworks": made.frameworks, "levels": made.levels, "files": len(made.files)}
    left = [f"{row.label} <{row.iri}>" for row in made.left_over]
    if as_json:
        say(json.dumps({**counts, "left_over": left, "differing": differing}, ensure_ascii=False, indent=2))
    else:
        say(_MADE[lang.value].format(**counts))
        if left:
            print(_LEFT[lang.value].format(count=len(left)), *left, sep="\n  ", file=sys.stderr)
    if check and differing:
        names = ", ".join(differing)
        raise NotConforming(
            f"Verschilt van wat de lijst nu oplevert: {names}.", f"Differs from what the list gives now: {names}."
        )


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
