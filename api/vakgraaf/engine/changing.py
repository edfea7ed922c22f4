"""Carry out a change on a working store, whatever kind of change it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from vakgraaf.engine.complaint import check_syntax, syntax_problem
from vakgraaf.engine.graph_names import graph_named
from vakgraaf.engine.guard import GuardLimits, check_update
from vakgraaf.engine.interface import Change, GraphChange, GraphRemoval, Replacing, Update
from vakgraaf.engine.ledger import Graph, Ledger
from vakgraaf.engine.operations import Operation, operations
from vakgraaf.engine.prologues import stretches
from vakgraaf.engine.reading import parsed
from vakgraaf.engine.updating import Updating, writable
from vakgraaf.engine.versions import forget, is_version
from vakgraaf.errors import InputError, QueryRefused, SyntaxProblem, UnknownThing
from vakgraaf.rdf.names import BASE

_LOAD = re.compile("LOAD", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Changing:
    """How changes are read. `union`: a pattern without a dataset is asked of all graphs together."""

    union: bool
    guard: GuardLimits

    def carry_out(self, change: Change, ledger: Ledger) -> None:
        """Do it. Raises SyntaxProblem, QueryRefused, InputError or UnknownThing; the store then is half changed."""
        match change:
            case Update():
                self._update(change, ledger)
            case GraphChange():
                put(change, ledger)
            case GraphRemoval():
                _remove(change, ledger)

    def _update(self, change: Update, ledger: Ledger) -> None:
        text = _checked(change.text, self.guard)
        try:
            Updating(ledger, change.dataset, self.union).run(_understood(text))
        except SyntaxError as error:
            raise syntax_problem(error, text, update=True) from error
        except (ValueError, RuntimeError) as error:
            raise InputError(
                f"De wijziging kan niet worden uitgevoerd: {error}.", f"The update cannot be carried out: {error}."
            ) from error


def _checked(text: str, limits: GuardLimits) -> str:
    """What `check_update` does; but a text that is no update at all is told so, and not that LOAD is refused in it."""
    try:
        return check_update(text, limits)
    except QueryRefused:
        check_update(_LOAD.sub("HOLD", text), limits)  # is LOAD all that is refused?
        for stretch in stretches(text):
            check_syntax(stretch.in_place)
        raise


def _understood(text: str) -> list[Operation]:
    """The operations of a text that is valid as a whole. Raises `SyntaxProblem`.

    The engine sees nothing that could be read as LOAD (`LOADex:name` is) before it has been taken apart here.
    """
    try:
        found = list(operations(text))
    except SyntaxProblem as problem:
        if problem.line is None and "LOAD" not in text.upper():
            _try_out(text)  # knows better what is wrong
        raise
    _try_out(text)
    return found


def _try_out(text: str) -> None:
    """Find out whether the text is valid, on a store where it does nothing. Raises `SyntaxProblem`."""
    for stretch in stretches(text):
        if _complaint(stretch.text) is not None and (complaint := _complaint(stretch.in_place)) is not None:
            raise syntax_problem(complaint, stretch.in_place, update=True) from complaint


def _complaint(text: str) -> SyntaxError | None:
    try:
        ox.Store().update(text, base_iri=BASE)
    except SyntaxError as error:
        return error
    except (OSError, ValueError, RuntimeError):
        pass  # a graph that is not there, on a store where nothing is
    return None


def put(change: GraphChange, ledger: Ledger) -> None:
    """Put a graph in the place of the one that is there, or add to it.

    Raises `SyntaxProblem`, `InputError` for a graph that has no IRI for its name, and `QueryRefused`.
    """
    base = change.base or change.graph or ""
    target = graph_named(change.graph)
    whole = change.form.kind == "dataset"
    quads = parsed(change.content, change.form, base, rename_blank_nodes=True)
    new = {quad if whole else ox.Quad(quad.subject, quad.predicate, quad.object, target) for quad in quads}
    graphs: set[Graph] = {quad.graph_name for quad in new} if whole else {target}
    for graph in graphs:
        ledger.replace(writable(graph))
        if change.replacing is Replacing.WHOLE:
            old = ledger.store.quads_for_pattern(None, None, None, graph)
            ledger.remove([quad for quad in old if quad not in new])
        if not isinstance(graph, ox.DefaultGraph):
            ledger.store.add_graph(graph)  # also where nothing is put in it
    ledger.add(new)


def _remove(change: GraphRemoval, ledger: Ledger) -> None:
    graph = graph_named(change.graph)
    if isinstance(graph, ox.NamedNode):
        if is_version(graph.value):
            if not forget(graph, ledger):
                raise UnknownThing(f"Er is geen versie {graph}.", f"There is no version {graph}.")
            return
        if not ledger.has(writable(graph)):
            raise UnknownThing(f"Er is geen graaf {graph}.", f"There is no graph {graph}.")
    ledger.replace(graph)
    ledger.touch_whole(graph)
    ledger.store.remove_graph(graph)
