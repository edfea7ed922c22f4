"""Of which things a rule has to be asked, where the census knows of which kinds those are that may break it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final

from rdflib import BNode, URIRef
from rdflib.term import Node

from vakgraaf.engine.scratch import Scratch
from vakgraaf.validation.compiled.certainty import Certainty
from vakgraaf.validation.compiled.kinds import Kind
from vakgraaf.validation.compiled.program import Root
from vakgraaf.validation.compiled.rules import Rule

_FEW: Final = 8
"""To mark a thing first takes as long as to ask a rule of so many."""


class Narrowing:
    """What is asked of the things in a store of which the census is there."""

    def __init__(self, scratch: Scratch, certainty: Certainty) -> None:
        self._scratch, self._certainty = scratch, certainty
        self._numbers = count()
        census = certainty.census
        # Now, as several threads may ask, and the kinds have to be the same for all of them.
        self._sizes = {} if census.given_up else dict(census.sizes())
        self.classes = census.classes()
        """All classes that something is said to be of, where that is known."""

    def target(self, root: Root, everywhere: str) -> Callable[[Rule], str | None]:
        """The pattern for the things that a rule of this root is to be asked of; None for none.

        `everywhere` is the one for all things that the root looks at. Raises `Refused` as the rules themselves do.
        """
        unsettled, all_ = self._certainty.unsettled(root), self._certainty.in_focus(root)

        def of(rule: Rule) -> str | None:
            kinds = unsettled(rule)
            if kinds == ():
                return None
            if kinds is None or all_ is None or self._number(kinds) * _FEW > self._number(all_):
                return everywhere
            return self._marked(kinds)

        return of

    def _number(self, kinds: tuple[Kind, ...]) -> int:
        return sum(self._sizes[kind] for kind in kinds)

    def _marked(self, kinds: tuple[Kind, ...]) -> str:
        name = f"urn:x-vakgraaf:few:{next(self._numbers)}"
        self._scratch.mark(name, map(_node, self._certainty.census.things(kinds)))
        return self._scratch.marked(name, "this")


def _node(written: bytes) -> Node:
    """A thing as a census has it, which is without escapes."""
    return URIRef(written[1:-1].decode()) if written.startswith(b"<") else BNode(written[2:].decode())
