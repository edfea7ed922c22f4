"""Triples as single patterns, with variables of our own for what has no name.

A blank node in a pattern is a variable that cannot be selected (SPARQL 1.1 §4.1.4, §5.1.1), and `?a p/q ?b` is
`?a p [] . [] q ?b` with one such variable in the middle (§18.2.2.4). With a variable the parts can stand in different
groups, which blank nodes cannot. `SELECT *` would show the variable; there nothing is named.
"""

from __future__ import annotations

from vakgraaf.sparql.lexing import NotUnderstood, Tokens
from vakgraaf.sparql.tree import Path, Term, Triple, TriplesBlock

_MOST_GROUPS = 100


class Naming:
    """Writes terms and triples; makes variables whose names the query does not have."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._stem = "v"
        while "?" + self._stem in tokens.text or "$" + self._stem in tokens.text:
            self._stem += "_"
        self._count = 0
        self._groups = 0
        self._labels: dict[str, Term] = {}
        self._known: dict[tuple[int, bool], list[tuple[Triple, str]]] = {}

    def fresh(self) -> Term:
        """A new variable."""
        self._count += 1
        return Term("var", f"{self._stem}{self._count}")

    def spend(self) -> None:
        """Count one group that is planned; groups in groups are planned several times, so there has to be an end."""
        self._groups += 1
        if self._groups > _MOST_GROUPS:
            raise NotUnderstood("too many groups to plan")

    def term(self, term: Term) -> str:
        """A term as text."""
        return "?" + term.text if term.kind == "var" else term.text

    def triples(self, block: TriplesBlock, allowed: bool) -> list[tuple[Triple, str]]:
        """The triples of a block, each with its text; the same every time."""
        key = (block.first, allowed)
        if key not in self._known:
            found: list[Triple] = []
            for subject, verb, value in block.triples:
                self._add(found, Triple(self._named(subject, allowed), verb, self._named(value, allowed)), allowed)
            self._known[key] = [(triple, self._text(triple)) for triple in found]
        return self._known[key]

    def _named(self, term: Term, allowed: bool) -> Term:
        if term.kind != "blank":
            return term
        if not allowed:
            raise NotUnderstood("a blank node under SELECT *")
        if term.text not in self._labels:
            self._labels[term.text] = self.fresh()
        return self._labels[term.text]

    def _add(self, found: list[Triple], triple: Triple, allowed: bool) -> None:
        """A triple, a sequence as one triple per step and an inverse step turned round."""
        subject, verb, value = triple
        if isinstance(verb, Path) and verb.operator == "inverse":
            self._add(found, Triple(value, verb.parts[0], subject), allowed)
        elif isinstance(verb, Path) and verb.operator == "sequence" and allowed:
            for part in verb.parts[:-1]:
                middle = self.fresh()
                self._add(found, Triple(subject, part, middle), allowed)
                subject = middle
            self._add(found, Triple(subject, verb.parts[-1], value), allowed)
        else:
            found.append(triple)

    def _text(self, triple: Triple) -> str:
        subject, verb, value = triple
        return f"{self.term(subject)} {self._verb(verb)} {self.term(value)} ."

    def _verb(self, verb: Term | Path) -> str:
        if isinstance(verb, Term):
            return self.term(verb)
        if verb.first == verb.last:
            return verb.operator
        return self.tokens.slice(verb.first, verb.last)
