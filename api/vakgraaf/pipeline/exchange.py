"""Data out of the store: answers to a query, one graph or all of them, with or without the publishers' long texts."""

from __future__ import annotations

from collections.abc import Iterator

from vakgraaf.engine import GuardLimits, LocalStore, check, offers
from vakgraaf.errors import UnreadableInput
from vakgraaf.rdf.formats import RESULTS_CSV, Format, named
from vakgraaf.rdf.names import graph_called
from vakgraaf.rdf.prefixes import PREFIXES
from vakgraaf.rdf.rights import LONG_TEXTS


def ask(store: LocalStore, text: str, form: str | None) -> Iterator[bytes]:
    """The answer to a query in the format called `form`, or in the first that fits. Raises what the store raises."""
    query = check(text, GuardLimits())
    fitting = offers(query.form)
    return store.query(text, named_format(form, fitting) if form else fitting[0])


def export(store: LocalStore, graph: str | None, form: Format, *, facts: bool = False) -> Iterator[bytes]:
    """One graph (a name or an IRI), or all of them. With `facts`, texts that belong to the publishers are left out.

    Raises `UnknownThing` for a graph that is not there, `InputError` for an empty name and `UnreadableInput` for a
    format that does not fit.
    """
    iri = None if graph is None else graph_called(graph)
    return store.export(iri, form, *((LONG_TEXTS, texts_of_others(store)) if facts else ()))


def texts_of_others(store: LocalStore) -> frozenset[str]:
    """The graphs that hold what publishers wrote: those that state rights."""
    query = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?graph <{PREFIXES['dct']}rights> ?rights }} }}"
    return frozenset(b"".join(store.query(query, RESULTS_CSV)).decode().split()[1:])


def named_format(name: str, among: tuple[Format, ...]) -> Format:
    """The format called `name`. Raises `UnreadableInput` where none of `among` is called so."""
    form = named(name, among)
    if form is None:
        known = ", ".join(f.name for f in among)
        raise UnreadableInput(
            f"Onbekend formaat hier: {name}. Kies uit {known}.", f"Unknown format here: {name}. Choose from {known}."
        )
    return form
