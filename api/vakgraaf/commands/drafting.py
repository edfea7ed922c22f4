"""`vakgraaf new addendum`: something to begin with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vakgraaf.commands.files import say, write
from vakgraaf.commands.options import Lang, LangOption
from vakgraaf.errors import UnreadableInput

new = typer.Typer(no_args_is_help=True, help="Begin iets nieuws. / Begin something new.")


class SkeletonForm(StrEnum):
    """How a new addendum can be begun: as RDF with blanks, or as the text that ingest reads."""

    TURTLE = "turtle"
    JSONLD = "jsonld"
    TXT = "txt"


_EXTENSIONS = {SkeletonForm.TURTLE: "ttl", SkeletonForm.JSONLD: "jsonld", SkeletonForm.TXT: "txt"}


@new.command()
def addendum(
    name: Annotated[str, typer.Argument(help="Naam van het beroep / name of the occupation.")] = "Beroep",
    year: Annotated[int | None, typer.Option("--year", help="Jaar van uitgave / year of issue.")] = None,
    form: Annotated[SkeletonForm, typer.Option("--format", help="Vorm / form.")] = SkeletonForm.TURTLE,
    out: Annotated[Path | None, typer.Option("--out", help="Bestand om in te schrijven / file to write to.")] = None,
    lang: LangOption = Lang.NL,
) -> None:
    """Schrijf een raamwerk dat voldoet zodra de open plekken zijn ingevuld. / Write an outline to fill in."""
    # Not above: only this command needs the shapes for this, and reading them takes most of a second.
    from vakgraaf.pipeline.drafting import document, skeleton

    issued = str(year or date.today().year)
    file = out.name if out else f"addendum.{_EXTENSIONS[form]}"
    try:
        if form is SkeletonForm.TXT:
            text = document.as_text({**document.example(), "naam": name, "jaar": issued})
        else:
            graph = skeleton.skeleton(name, issued)
            text = (skeleton.as_turtle if form is SkeletonForm.TURTLE else skeleton.as_jsonld)(graph, file, lang.value)
    except ValueError as error:
        raise UnreadableInput(
            f"Van de naam '{name}' is geen adres te maken: gebruik letters of cijfers.",
            f"No address can be made of the name '{name}': use letters or digits.",
        ) from error
    if out is None:
        say(text.removesuffix("\n"))
    else:
        write(out, text)
