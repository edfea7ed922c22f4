"""Functions that give another value each time (SPARQL 1.1 §17.4.2.9, §17.4.2.12, §17.4.2.13, §17.4.4.5).

How often such a function is called, and for which solution, shows in the answer: in `?thing a ex:Thing BIND(UUID() AS
?id) ?thing ex:part ?part` each thing has one ?id, however many parts it has. So it is called for the solutions that
the query says, no more and no fewer. NOW is no such function: it is the same for a whole query.
"""

from __future__ import annotations

from vakgraaf.sparql.lexing import Tokens
from vakgraaf.sparql.tree import Node

CHANGING = frozenset(("BNODE", "RAND", "STRUUID", "UUID"))
"""The names of these functions, in capitals."""


def left_to_chance(node: Node, tokens: Tokens) -> bool:
    """Whether such a function is called anywhere in a node."""
    return any(tokens.kinds[i] in CHANGING and tokens.kinds[i + 1] == "(" for i in range(node.first, node.last))
