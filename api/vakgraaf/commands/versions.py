"""`vakgraaf diff`: what changed between two versions of a profile, or differs between two profiles."""

from __future__ import annotations

import json
from functools import cache
from typing import Annotated

import typer

from vakgraaf.commands.files import say
from vakgraaf.commands.options import JsonOption, Lang, LangOption, StoreOption
from vakgraaf.engine import LocalStore, open_store
from vakgraaf.pipeline import diff as differences
from vakgraaf.pipeline.differing import facts_here
from vakgraaf.settings import Settings

_WHICH = "Bestand, graaf, versie (naam@1) of profiel / file, graph, version (name@1) or profile."


def diff(
    left: Annotated[str, typer.Argument(metavar="A", help=_WHICH, show_default=False)],
    right: Annotated[str, typer.Argument(metavar="B", help=_WHICH, show_default=False)],
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Zeg wat er inhoudelijk anders is in B dan in A; 1 bij verschil. / Say what differs in content; exit 1 if any."""

    @cache
    def opened() -> LocalStore:
        settings = Settings(store=store) if store else Settings()
        return open_store(settings.state, settings.packaged())

    found = differences.difference(facts_here(left, opened), facts_here(right, opened))
    if as_json:
        say(json.dumps(differences.as_data(found, left, right, lang.value), ensure_ascii=False, indent=2))
    else:
        say(differences.as_text(found, left, right, lang.value))
    if not found.same:
        raise typer.Exit(1)
