"""Who writes in a soak, and who reads that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.soaking.counts import Counts
from bench.soaking.lives import Lives
from bench.soaking.publishers import LEDGER, PROFILE_GRAPH, graph, ledger, profile, publish, refused, write
from bench.soaking.truth import Truth
from bench.soaking.witnesses import Question, of_graph, of_ledger, of_profile, witness

_GRAPHS = ("urn:soak:first", "urn:soak:second")
_NOWHERE = "urn:soak:nowhere"
_WITNESSES = 3


class Writers:
    """Two who put whole graphs, one who adds lines, one who publishes a profile, and one whom nothing is allowed."""

    def __init__(self, registry: Path) -> None:
        self.truth = Truth()
        with registry.open(encoding="utf-8") as lines:
            published = profile(lines)
        self._writings = {place: graph(place) for place in _GRAPHS}
        self._writings |= {LEDGER: ledger, PROFILE_GRAPH: published, _NOWHERE: refused}
        self.questions: list[Question] = [*(one for place in _GRAPHS for one in of_graph(place))]
        self.questions += [of_ledger(), *of_profile()]

    def once(self, lives: Lives, counts: Counts) -> None:
        """Have each write once, so that all processes there are for it have been started."""
        for place, writing in self._writings.items():
            write(place, writing, lives, self.truth, counts)

    def works(self, lives: Lives, counts: Counts, ended: threading.Event, seed: int) -> list[Callable[[], None]]:
        """Everything that is to run at once."""
        writing = [
            partial(publish, place, one, lives, self.truth, counts, ended, seed * 100 + number)
            for number, (place, one) in enumerate(self._writings.items())
        ]
        reading = [
            partial(witness, self.questions, lives, self.truth, counts, ended, seed * 200 + number)
            for number in range(_WITNESSES)
        ]
        return [*writing, *reading]
