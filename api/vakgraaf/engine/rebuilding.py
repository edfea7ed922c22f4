"""A change too large to be followed quad by quad: made on a copy of the store, in which all else is then settled anew.

It is on disk all the while, so it takes no more memory the larger the store is, but for some tens of bytes a quad.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from vakgraaf.engine.ledger import Ledger, names
from vakgraaf.engine.pouring import put_in
from vakgraaf.engine.readable import readable

if TYPE_CHECKING:
    from vakgraaf.engine.statistics import Statistics


class Rebuilding(Ledger):
    """A ledger on a copy of the store in `place`, which notes no more than the graphs that are touched.

    `came_in` is how many quads were put in or taken out.
    """

    def __init__(self, store: ox.Store, base: Path, place: Path) -> None:
        super().__init__(store, base, sys.maxsize)
        self._place = place
        self.came_in = 0

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Put quads in, however many. Raises `InputError` at one that readers could not take in."""
        put_in(self.store, readable(self._noted(quads)))

    def finish(self, told: Callable[[int], None] | None = None) -> Statistics:
        """Settle what follows, describe it all, and return what was counted; `told` hears of quads that were read."""
        # With numpy, which a process that writes need not load as long as it follows its changes.
        from vakgraaf.engine.description import redescribe
        from vakgraaf.engine.settling import settle

        found = redescribe(self.store, settle(self.store, self._place, told))
        self.store.flush()
        self.store.optimize()  # whoever reads from it then takes a quarter of the time, at ten million
        return found

    def touched(self) -> tuple[str | None, ...]:
        """The graphs that may have changed."""
        return names(self._graphs)

    def _noted(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            self.touch(quad.graph_name)
            self.came_in += 1
            yield quad
