"""What our own store knows of the endpoints that the variable of a SERVICE stands for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from vakgraaf.engine.federation.answers import Answers
from vakgraaf.engine.federation.binding import Place, usable
from vakgraaf.engine.federation.tables import term
from vakgraaf.engine.guard import CheckedQuery, GuardLimits, check
from vakgraaf.engine.interface import Answer, Dataset
from vakgraaf.errors import QueryRefused
from vakgraaf.rdf.formats import RESULTS_JSON, Format
from vakgraaf.sparql.naming import prologue_text
from vakgraaf.sparql.tree import Element, Query, Term, Tree, TriplesBlock

Ask = Callable[[CheckedQuery, Format, Dataset], Awaitable[Answer]]
"""Our own engine's `query`."""

_MOST_BYTES = 64 * 1024 * 1024
_MOST_VALUES = 1000  # of which few can be asked; with millions, reading them would hold everybody up


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The values of a variable: IRIs, sorted, and literals as SPARQL text, which are nobody that can be asked."""

    iris: list[str]
    literals: list[str]


@dataclass(frozen=True, slots=True)
class Local:
    """What our own store knows of the endpoints that a variable stands for."""

    tree: Tree
    dataset: Dataset
    ask: Ask
    guard: GuardLimits
    answers: Answers

    async def endpoints(self, place: Place) -> Endpoints:
        """Raises `QueryRefused` where there are too many, and without SILENT where one is no IRI."""
        name = place.service.name.text
        pattern = ""
        for elements, graph in place.around:
            if graph is not None:
                pattern = f"GRAPH {_term(graph.name)} {{ {pattern} }}"
            elif pattern:
                pattern = f"{{ {pattern} }}"
            pattern = " ".join([*(self._text(element) for element in usable(elements)), pattern])
        head = f"{prologue_text(self.tree)}SELECT DISTINCT ?{name} {self._from()}"
        text = self.answers.filled(f"{head} WHERE {{ {pattern} }} LIMIT {_MOST_VALUES + 1}")
        checked = await asyncio.to_thread(check, text, GuardLimits(_MOST_BYTES, 2 * self.guard.max_nesting + 10))
        answer = await (await self.ask(checked, RESULTS_JSON, self.dataset)).read()
        cells = [row.get(name) for row in json.loads(answer)["results"]["bindings"]]
        if len(cells) > _MOST_VALUES:
            raise QueryRefused(
                f"SERVICE ?{name}: ?{name} staat voor meer dan {_MOST_VALUES} servers. Maak het patroon ervoor enger.",
                f"SERVICE ?{name}: ?{name} stands for more than {_MOST_VALUES} servers. Narrow the pattern before it.",
            )
        iris = sorted(cell["value"] for cell in cells if cell is not None and cell["type"] == "uri")
        if len(iris) < len(cells) and not place.service.silent:
            raise QueryRefused(
                f"SERVICE ?{name}: ?{name} heeft niet overal een IRI als waarde.",
                f"SERVICE ?{name}: the value of ?{name} is not an IRI everywhere.",
            )
        return Endpoints(iris, [term(c) for c in cells if c is not None and c["type"] not in ("uri", "bnode")])

    def _text(self, element: Element) -> str:
        """Triples in braces: the dot between them and the next may have been that of a clause that is left out."""
        text = self.tree.text(element)
        return f"{{ {text} }}" if isinstance(element, TriplesBlock) else text

    def _from(self) -> str:
        """The dataset that the text names, as FROM clauses."""
        request = self.tree.request
        if isinstance(request, Query):
            return " ".join(self.tree.text(dataset) for dataset in request.datasets)
        clauses = [using for operation in request.operations for using in operation.using]
        return " ".join(f"FROM {'NAMED ' if u.named else ''}{_term(u.graph)}" for u in clauses)


def _term(term: Term) -> str:
    return f"?{term.text}" if term.kind == "var" else term.text
