"""The parts of a join, and how much of what each of them gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil, sqrt

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.statistics import RDF_TYPE, Counts, Statistics
from vakgraaf.sparql.tree import Path, Term, Triple

Names = frozenset[str]

# Measured on the engine's store in memory, in microseconds: it keeps chains of quads by subject, by predicate and by
# object, takes the shortest of those that a pattern has a term for, and walks through it.
STEP = 0.3
PROBE = 1.0
ROW = 0.5
HASHED = 2.0
DISTINCT = 1.5
_UNKNOWN = Counts(1000, 500, 500)


@dataclass(slots=True)
class Unit:
    """One thing to be joined: a triple pattern, a VALUES block, or a block with a text of its own.

    `variables` are those that it may bind, `certain` those that every solution of it binds. `rows` is how many
    solutions it has alone, `values` how many different ones of each variable, `scan` what it costs alone. `chain[v]` is
    how many quads stand on the chain of one value of `v`, `fixed` on the shortest without any variable. `looped`: the
    rest may hand it its bindings one at a time (a LATERAL gives what a join gives), unless it binds what is `barred`.
    """

    text: str
    variables: Names
    certain: Names
    rows: float
    values: dict[str, float]
    scan: float
    fixed: float = 1e9
    chain: dict[str, float] = field(default_factory=dict)
    looped: bool = True
    barred: Names = frozenset()
    dear: float = 1.0
    render: Callable[[Names], str] | None = None

    def follows(self, bound: Names) -> bool:
        """Whether it may be looked up where the variables in `bound` have a value."""
        return self.looped and self.barred.isdisjoint(bound)

    def probe(self, bound: Names, found: float) -> float:
        """What it costs to find `found` solutions where the variables in `bound` have a value."""
        shortest = self.fixed
        for name, length in self.chain.items():
            if name in bound and length < shortest:
                shortest = length
        return (PROBE + STEP * shortest + ROW * found) * self.dear

    def written(self, bound: Names) -> str:
        """Its text where the variables in `bound` have a value already."""
        return self.text if self.render is None else self.render(bound)


class Estimator:
    """Makes units of triples."""

    def __init__(
        self, tokens: Tokens, prefixes: dict[str, str], statistics: Statistics, size: int | None = None
    ) -> None:
        self._tokens = tokens
        self._prefixes = prefixes
        self._statistics = statistics
        self._degree = statistics.total / max(1, statistics.subjects)
        self._size = size

    def within(self, graph: Term) -> Estimator:
        """An estimator for what stands in a graph, where it is known how much that is; else as for everything."""
        iri = self.iri(graph.text) if graph.kind == "iri" else None
        return Estimator(self._tokens, self._prefixes, self._statistics, self._statistics.graphs.get(iri or ""))

    def iri(self, text: str) -> str | None:
        """The whole IRI of a name as written; None where that takes a BASE."""
        if text.startswith("<"):
            return text[1:-1] if ":" in text else None
        if text == "a":
            return RDF_TYPE
        prefix, _, local = text.partition(":")
        space = self._prefixes.get(prefix)
        return None if space is None or ":" not in space else space + local.replace("\\", "")

    def triple(self, triple: Triple, text: str) -> Unit:
        """The unit of one triple pattern, which is written as `text`."""
        subject, verb, value = triple
        names = frozenset([term.text for term in triple if isinstance(term, Term) and term.kind == "var"])
        counts, one = self._counts_here(verb), isinstance(verb, Path) and verb.operator == "iri"
        if one and value.kind == "iri" and self._verb(verb) == RDF_TYPE:
            iri = self.iri(value.text)
            instances = self._here(100 if iri is None else self._statistics.classes.get(iri, 0))
            counts = Counts(instances, instances, 1)
        elif isinstance(verb, Term) and value.kind == "iri":
            instances = self._here(self._statistics.classes.get(self.iri(value.text) or "", 0))
            counts = Counts(counts.triples, counts.subjects, min(counts.objects, counts.triples // max(1, instances)))
        triples, subjects, objects = counts.triples or 0.01, max(1, counts.subjects), max(1, counts.objects)
        of_subject = max(self._degree, triples / subjects)
        of_object = triples / objects
        rows, fixed = float(triples), float(triples)
        chain, values = {}, {}
        for term, several, length in ((subject, subjects, of_subject), (value, objects, of_object)):
            if term.kind == "var":
                chain[term.text] = length
            else:
                rows /= several
                fixed = min(fixed, length)
        for term, several in ((subject, subjects), (value, objects)):
            if term.kind == "var":
                values[term.text] = min(several, max(rows, 0.01))
        if isinstance(verb, Term):
            values[verb.text] = min(len(self._statistics.predicates) or 1, max(rows, 0.01))
        if subject == value and subject.kind == "var":
            rows /= max(subjects, objects)
        dear = 1.0 if one or isinstance(verb, Term) else 3.0
        scan = (PROBE + STEP * fixed + ROW * rows) * dear
        return Unit(text, names, names, rows, values, scan, fixed, chain, dear=dear)

    def _counts_here(self, verb: Term | Path) -> Counts:
        counts = self._counts(verb)
        return Counts(self._here(counts.triples), self._here(counts.subjects), self._here(counts.objects))

    def _here(self, number: int) -> int:
        """How many of so many are likely to be in the graph.

        No more than it has triples, and no less than its share if each graph had as many: halfway, by proportion.
        """
        if self._size is None:
            return number
        share = min(1.0, self._size / max(1, self._statistics.total))
        return ceil(sqrt(min(number, self._size) * number * share))

    def _verb(self, verb: Term | Path) -> str | None:
        if isinstance(verb, Term):
            return None
        if verb.operator == "iri":
            return self.iri(self._tokens.at(verb.first))
        return verb.operator[1:-1] if verb.operator.startswith("<") else None

    def _counts(self, verb: Term | Path) -> Counts:
        """Pairs that a verb connects; rough for whatever is more than one IRI."""
        everything = self._statistics
        whole = Counts(everything.total, everything.subjects, max(1, everything.total // 3))
        if isinstance(verb, Term):
            return whole
        iri = self._verb(verb)
        if iri is not None:
            return everything.predicates.get(iri, Counts(0, 0, 0))
        if not verb.parts:
            return _UNKNOWN
        if verb.operator == "negated":
            return whole
        parts = [self._counts(part) for part in verb.parts]
        first = parts[0]
        if verb.operator == "inverse":
            return Counts(first.triples, first.objects, first.subjects)
        if verb.operator == "alternative":
            return Counts(
                sum(part.triples for part in parts),
                sum(part.subjects for part in parts),
                sum(part.objects for part in parts),
            )
        if verb.operator == "sequence":
            for part in parts[1:]:
                pairs = first.triples * part.triples // max(1, first.objects, part.subjects)
                first = Counts(pairs, first.subjects, part.objects)
            return first
        if verb.operator == "one_or_more":
            return Counts(3 * first.triples, first.subjects, first.objects)
        nodes = everything.subjects
        return Counts(3 * first.triples + nodes, nodes, nodes)
