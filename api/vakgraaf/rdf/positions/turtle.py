"""Places of triples in Turtle, TriG, N-Triples and N-Quads: one pass over the tokens."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urljoin

from rdflib import RDF, XSD, BNode, URIRef
from rdflib.term import Node

from vakgraaf.rdf.positions.spots import Spot, Spots, literal
from vakgraaf.rdf.positions.turtle_tokens import Token, content, tokens, unescaped

_NUMBERS = {"integer": XSD.integer, "decimal": XSD.decimal, "double": XSD.double}
_ENDS = ("]", ".", "}", ")", ";")
_TYPE, _FIRST, _REST, _BOOLEAN = RDF.type, RDF.first, RDF.rest, XSD.boolean  # a namespace makes them at each look
_BEGINNINGS = frozenset(("iri", "name", "blank", "quoted", "word", *_NUMBERS))


def turtle_spots(text: str, base: str) -> Spots:
    """The places in a file of the Turtle family; what it cannot make sense of it steps over."""
    reader = _Pass(text, base)
    with suppress(RecursionError):  # brackets within brackets without end: what was read by then stays
        reader.run()
    return reader.spots


class _Pass:
    """Reads statements; `_next` is the token to be read."""

    def __init__(self, text: str, base: str) -> None:
        self.spots = Spots(text)
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._known: dict[str, URIRef] = {}
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._depth = 0

    def run(self) -> None:
        """Read it all."""
        while self._next.kind != "end":
            before = self._next.start
            self._statement()
            if self._next.start == before and self._next.kind != "end":
                self._take()

    def _take(self) -> Token:
        token = self._next
        if token.kind != "end":
            self._next = next(self._tokens)
        return token

    def _is(self, *marks: str) -> bool:
        return self._next.kind == "mark" and self._next.text in marks

    def _statement(self) -> None:
        token = self._next
        directive = token.text.lstrip("@").lower()
        if token.kind in ("language", "word") and directive in ("prefix", "base"):
            self._take()
            self._directive(directive)
        elif (token.kind == "word" and directive == "graph") or self._is("{", "}", "."):
            self._take()
        else:
            self._triples()

    def _directive(self, directive: str) -> None:
        prefix = self._take().text[:-1] if directive == "prefix" else ""
        if self._next.kind == "iri":
            iri = self._iri(self._take().text)
            if directive == "prefix":
                self._prefixes[prefix] = iri
            else:
                self._base = iri
            self._known.clear()

    def _triples(self) -> None:
        start = self._next.start
        bracketed = self._is("[")
        subject, spot = self._term(subject=True)
        if subject is None or self._is("{"):
            return
        if self._next.start > start:
            self.spots.mention(subject, spot)
        if not (bracketed and self._is(".", "}")):
            self._properties(subject)

    def _properties(self, subject: Node) -> None:
        """predicateObjectList (Turtle §6.5)."""
        while self._next.kind != "end" and not self._is("]", ".", "}", ")"):
            if self._is(";"):
                self._take()
                continue
            predicate, at = self._predicate()
            if predicate is None:
                self._take()
                continue
            self._objects(subject, predicate, at)

    def _predicate(self) -> tuple[Node | None, Spot]:
        token = self._next
        if token.kind == "word" and token.text == "a":
            self._take()
            return _TYPE, (token.start, token.end)
        return self._term() if token.kind in ("iri", "name") else (None, (0, 0))

    def _objects(self, subject: Node, predicate: Node, at: Spot) -> None:
        while self._next.kind != "end" and not self._is(*_ENDS):
            value, spot = self._term()
            if value is not None:
                self.spots.triple(subject, predicate, value, at, spot)
            elif not self._is(*_ENDS, ","):
                self._take()
            if self._is(","):
                self._take()
            elif not self._is(*_ENDS):
                if self._next.kind in ("iri", "blank"):  # the graph of a quad
                    self._take()
                    continue
                break

    def _term(self, *, subject: bool = False) -> tuple[Node | None, Spot]:
        """A term and its place; None where none begins here."""
        token = self._next
        if token.kind == "mark" and token.text in ("[", "("):
            return self._bracketed() if token.text == "[" else self._list(subject)
        if token.kind not in _BEGINNINGS:
            return None, (token.start, token.end)
        self._take()
        spot = (token.start, token.end)
        if token.kind in ("iri", "name"):
            return self._named(token), spot
        if token.kind == "blank":
            return BNode(token.text[2:]), spot
        if token.kind == "quoted":
            return self._quoted(token)
        if token.kind == "word":
            known = token.text in ("true", "false")
            return (literal(token.text, None, _BOOLEAN) if known else None), spot
        return literal(token.text, None, _NUMBERS[token.kind]), spot

    def _quoted(self, token: Token) -> tuple[Node, Spot]:
        text, end = content(token.text), token.end
        if self._next.kind == "language" and self._next.start == end:
            tag = self._take()
            return literal(text, tag.text[1:]), (token.start, tag.end)
        if self._next.kind == "typed":
            self._take()
            datatype, (_, end) = self._term()
            return literal(text, None, str(datatype)), (token.start, end)
        return literal(text), (token.start, end)

    def _bracketed(self) -> tuple[Node, Spot]:
        start = self._take().start
        node = BNode()
        self.spots.mention(node, (start, start + 1))
        self._properties(node)
        end = self._take().end if self._is("]") else start + 1
        return node, (start, end)

    def _list(self, subject: bool) -> tuple[Node, Spot]:
        start = self._take().start
        head: Node | None = None
        last: Node | None = None
        while self._next.kind != "end" and not self._is(")"):
            value, spot = self._term()
            if value is None:
                self._take()
                continue
            cell = BNode()
            self.spots.mention(cell, spot)
            if last is not None:
                self.spots.triple(last, _REST, cell, spot, spot)
            self.spots.triple(cell, _FIRST, value, spot, spot)
            head, last = head or cell, cell
        end = self._take().end if self._is(")") else start + 1
        if last is not None:
            self.spots.triple(last, _REST, RDF.nil, (end - 1, end), (end - 1, end))
        return head or RDF.nil, (start, end)

    def _iri(self, text: str) -> str:
        iri = unescaped(text[1:-1])
        return urljoin(self._base, iri) if ":" not in iri.split("/")[0] else iri

    def _named(self, token: Token) -> URIRef:
        """What an IRI or a name with a prefix stands for: the same ones come again and again."""
        found = self._known.get(token.text)
        if found is None:
            if token.kind == "iri":
                found = URIRef(self._iri(token.text))
            else:
                prefix, _, local = token.text.partition(":")
                found = URIRef(self._prefixes.get(prefix, f"{prefix}:") + unescaped(local))
            self._known[token.text] = found
        return found
