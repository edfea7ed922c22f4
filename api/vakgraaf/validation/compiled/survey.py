"""What there is among the literals that the store would read otherwise than it is written, or that is ill-typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from rdflib import RDF, XSD, Literal
from rdflib.term import Node

from vakgraaf.validation.compiled.terms import plain

# What pySHACL looks at for sh:datatype; of other datatypes it only asks whether rdflib calls the literal ill-typed.
_VALUES = {
    XSD.integer: int,
    XSD.float: float,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: date,
    XSD.time: time,
    XSD.dateTime: datetime,
}


@dataclass(slots=True)
class Survey:
    """`odd`: properties with a value that the store does not keep as it is. `ill`: ill-typed texts by datatype."""

    odd: set[Node] = field(default_factory=set)
    ill: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def take_in(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        """Look at the values of these triples."""
        for _, predicate, value in triples:
            if isinstance(value, Literal) and (value.datatype is not None or value.language is not None):
                self.look_at(predicate, value)

    def join(self, other: Survey) -> None:
        """Take in what another one has found."""
        self.odd |= other.odd
        for datatype, texts in other.ill.items():
            self.ill[datatype] |= texts

    def look_at(self, predicate: Node, value: Literal) -> None:
        """Look at one value."""
        if not plain(value):
            self.odd.add(predicate)
        if value.datatype is not None and ill_typed(value):
            self.ill[str(value.datatype)].add(str(value))


def ill_typed(literal: Literal) -> bool:
    """Whether a literal does not match its own datatype, for the reference engine (SHACL §4.1.2)."""
    if literal.ill_typed:
        return True
    wanted = _VALUES.get(literal.datatype) if literal.datatype not in (None, RDF.langString) else None
    return wanted is not None and not isinstance(literal.value, wanted)
