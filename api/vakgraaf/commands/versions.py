"""`vakgraaf diff`: what changed between two versions of a profile, or differs between two profiles."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from vakgraaf.commands.files import say
from vakgraaf.commands.options import JsonOption, Lang, LangOption, StoreOption

if TYPE_CHECKING:
    from vakgraaf.engine import LocalStore

_WHICH = "Bestand, graaf, versie (naam@1) of profiel / file, graph, version (name@1) or profile."


def diff(
    left: Annotated[str, typer.Argument(metavar="A", help=_WHICH, show_default=False)],
    right: Annotated[str, typer.Argument(metavar="B", help=_WHICH, show_default=False)],
    store: StoreOption = None,
    lang: LangOption = Lang.NL,
    as_json: JsonOption = False,
) -> None:
    """Zeg wat er inhoudelijk anders is in B dan in A; 1 bij verschil. / Say what differs in content; exit 1 if any."""
    # Not above: comparing takes half a second to load, and `vakgraaf --help` can do without.
    from vakgraaf.pipeline import diff as differences
    from vakgraaf.pipeline.differing import facts_here

    @cache
    def opened() -> LocalStore:
        from vakgraaf.commands import stores  # not above: two files need no store

        return stores.opened(store)

    found = differences.difference(facts_here(left, opened), facts_here(right, opened))
    if as_json:
        say(json.dumps(differences.as_data(found, left, right, lang.value), ensure_ascii=False, indent=2))
    else:
        say(differences.as_text(found, left, right, lang.value))
    if not found.same:
        raise typer.Exit(1)
