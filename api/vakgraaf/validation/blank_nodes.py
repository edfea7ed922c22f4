"""Blank nodes told apart by what is said of them, so that two readings of one file can be laid side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from rdflib import BNode
from rdflib.term import Node

Triple = tuple[Node, Node, Node]


def signatures(triples: Iterable[Triple]) -> dict[BNode, str]:
    """For each blank node a signature that depends on its surroundings alone, never on its label.

    Colours are refined until no more nodes are told apart: nodes that still share one are alike in every respect
    that a few steps can see.
    """
    about: dict[BNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        for node in {triple[0], triple[2]}:
            if isinstance(node, BNode):
                about[node].append(triple)
    colours = dict.fromkeys(about, "")
    distinct = 0
    while len(set(colours.values())) > distinct:
        distinct = len(set(colours.values()))
        colours = {node: _refined(node, about[node], colours) for node in about}
    return colours


def _refined(node: BNode, triples: list[Triple], colours: dict[BNode, str]) -> str:
    def shown(term: Node) -> str:
        if term == node:
            return "itself"
        return f"_:{colours[term]}" if isinstance(term, BNode) else term.n3()

    lines = sorted(" ".join(map(shown, triple)) for triple in triples)
    return sha256("\n".join([colours[node], *lines]).encode()).hexdigest()[:16]
