"""Reading triples and property paths (SPARQL 1.2 §19.8, TriplesBlock to PathPrimary) from a row of tokens."""

from __future__ import annotations

from vakgraaf.sparql.lexing import NotUnderstood, Tokens
from vakgraaf.sparql.tree import Path, Term, Triple, TriplesBlock

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NIL = Term("iri", f"<{_RDF}nil>")
_DEEPEST = 100
STARTS_SUBJECT = frozenset("var iri name blank string number ( [ << <<( + - TRUE FALSE".split())
_MODIFIERS = {"*": "zero_or_more", "+": "one_or_more", "?": "zero_or_one"}


class TripleReader:
    """A place in a row of tokens, and the readers of what stands there. All raise `NotUnderstood`."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.at = 0
        self._depth = 0
        self._labels = 0

    def take(self, kind: str) -> None:
        """Step over one token of this kind."""
        if self.kinds[self.at] != kind:
            raise NotUnderstood(f"expected {kind} at {self.tokens.starts[self.at]}")
        self.at += 1

    def passes(self, kind: str) -> bool:
        """Step over a token of this kind, if it is one."""
        if self.kinds[self.at] == kind:
            self.at += 1
            return True
        return False

    def deeper(self) -> None:
        """One level of nesting more; the parser recurses no deeper than the guard lets through."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotUnderstood("nested too deep")

    def higher(self) -> None:
        """One level of nesting less."""
        self._depth -= 1

    def variable(self) -> str:
        """A variable; its name without sigil."""
        text = self.tokens.at(self.at)
        self.take("var")
        return text[1:]

    def name(self) -> Term:
        """A variable or an IRI."""
        kind, text = self.kinds[self.at], self.tokens.at(self.at)
        self.at += 1
        if kind == "var":
            return Term("var", text[1:])
        if kind in ("iri", "name"):
            return Term("iri", text)
        raise NotUnderstood(f"expected a name at {self.tokens.starts[self.at - 1]}")

    def triples_block(self) -> TriplesBlock:
        """Triples up to what no triple begins with."""
        block = TriplesBlock(self.at, self.at)
        while self.kinds[self.at] in STARTS_SUBJECT:
            self._same_subject(block)
            if not self.passes("."):
                break
        block.last = self.at
        return block

    def _same_subject(self, block: TriplesBlock) -> None:
        kind = self.kinds[self.at]
        subject = self._node(block)
        if (kind in ("[", "<<") and self.kinds[self.at] in (".", "}", "{")) or self._ends_triples():
            if kind not in ("[", "(", "<<"):
                raise NotUnderstood("a subject without a verb")
            return
        self._property_list(subject, block)

    def _ends_triples(self) -> bool:
        kind = self.kinds[self.at]
        return kind in (".", "}") or (kind.isupper() and kind != "A")

    def _property_list(self, subject: Term, block: TriplesBlock) -> None:
        while True:
            verb = self._verb()
            while True:
                block.triples.append(Triple(subject, verb, self._node(block)))
                self._annotations(block)
                if not self.passes(","):
                    break
            if not self.passes(";"):
                return
            while self.passes(";"):
                pass
            if self.kinds[self.at] in (".", "]", "}", "|}") or self._ends_triples():
                return

    def _verb(self) -> Term | Path:
        if self.kinds[self.at] == "var":
            return Term("var", self.variable())
        return self._path()

    def _node(self, block: TriplesBlock) -> Term:
        """A subject or object; what stands for several triples adds them to the block."""
        kind, text = self.kinds[self.at], self.tokens.at(self.at)
        self.at += 1
        if kind == "var":
            return Term("var", text[1:])
        if kind in ("iri", "name"):
            return Term("iri", text)
        if kind == "blank":
            return Term("blank", text)
        if kind == "string":
            return Term("literal", text + self._suffix())
        if kind in ("number", "TRUE", "FALSE"):
            return Term("literal", text)
        if kind in ("+", "-"):
            number = self.tokens.at(self.at)
            self.take("number")
            return Term("literal", text + number)
        if kind in ("[", "(", "<<", "<<("):
            return self._compound(kind, block)
        raise NotUnderstood(f"expected a term at {self.tokens.starts[self.at - 1]}")

    def _suffix(self) -> str:
        """The language or datatype after a string."""
        start = self.at
        if self.passes("lang"):
            return self.tokens.at(start)
        if self.passes("^^"):
            return "^^" + self.name().text
        return ""

    def _compound(self, kind: str, block: TriplesBlock) -> Term:
        self.deeper()
        if kind == "[":
            node = self._fresh()
            if not self.passes("]"):
                self._property_list(node, block)
                self.take("]")
        elif kind == "(":
            node = self._collection(block)
        else:
            node = Term("triple", "")
            block.plain = False
            self._node(block)
            self._verb()
            self._node(block)
            if kind == "<<":
                self._reifier()
            self.take(">>" if kind == "<<" else ")>>")
        self.higher()
        return node

    def _collection(self, block: TriplesBlock) -> Term:
        """A list as its `rdf:first` and `rdf:rest` (SPARQL 1.1 §4.2.3)."""
        if self.passes(")"):
            return _NIL
        first = Path(self.at, self.at, "iri", [])
        head = previous = None
        while not self.passes(")"):
            cell = self._fresh()
            if previous is None:
                head = cell
            else:
                block.triples.append(Triple(previous, _rdf("rest", first), cell))
            block.triples.append(Triple(cell, _rdf("first", first), self._node(block)))
            previous = cell
        assert head is not None
        assert previous is not None
        block.triples.append(Triple(previous, _rdf("rest", first), _NIL))
        return head

    def _annotations(self, block: TriplesBlock) -> None:
        while True:
            if self.kinds[self.at] == "~":
                block.plain = False
                self._reifier()
            elif self.passes("{|"):
                block.plain = False
                self.deeper()
                self._property_list(Term("triple", ""), block)
                self.take("|}")
                self.higher()
            else:
                return

    def _reifier(self) -> None:
        if self.passes("~") and self.kinds[self.at] in ("var", "iri", "name", "blank"):
            self.at += 1

    def _fresh(self) -> Term:
        """A blank node without a label; the space keeps its name apart from all labels."""
        self._labels += 1
        return Term("blank", f"_: {self._labels}")

    def _path(self) -> Path:
        return self._several("|", "alternative")

    def _several(self, mark: str, operator: str) -> Path:
        first = self.at
        parts = [self._step() if mark == "/" else self._several("/", "sequence")]
        while self.passes(mark):
            parts.append(self._step() if mark == "/" else self._several("/", "sequence"))
        return parts[0] if len(parts) == 1 else Path(first, self.at, operator, parts)

    def _step(self) -> Path:
        first = self.at
        inverse = self.passes("^")
        path = self._primary()
        operator = _MODIFIERS.get(self.kinds[self.at])
        if operator is not None:
            self.at += 1
            path = Path(first + inverse, self.at, operator, [path])
        return Path(first, self.at, "inverse", [path]) if inverse else path

    def _primary(self) -> Path:
        first, kind = self.at, self.kinds[self.at]
        if kind in ("iri", "name") or (kind == "A" and self.tokens.at(first) == "a"):
            self.at += 1
            return Path(first, self.at, "iri", [])
        if kind == "(":
            self.at += 1
            self.deeper()
            path = self._path()
            self.take(")")
            self.higher()
            return path
        if kind == "!":
            self.at += 1
            return self._negated(first)
        raise NotUnderstood(f"expected a path at {self.tokens.starts[first]}")

    def _negated(self, first: int) -> Path:
        parts = []
        if self.passes("("):
            while not self.passes(")"):
                parts.append(self._step())
                if self.kinds[self.at] != ")":
                    self.take("|")
        else:
            parts.append(self._step())
        return Path(first, self.at, "negated", parts)


def _rdf(name: str, place: Path) -> Path:
    """A path of one IRI that no token stands for: its operator is the IRI."""
    return Path(place.first, place.first, f"<{_RDF}{name}>", [])
