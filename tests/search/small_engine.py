"""An engine in this very process, on a few triples: answers at once, and changes its data when a test says so."""

from __future__ import annotations

from itertools import count

import pyoxigraph as ox

from vakgraaf.engine import AS_USUAL, WHOLE_STORE, Answer, CheckedQuery, Dataset, GuardLimits, Options, StoreInfo, check
from vakgraaf.errors import VakgraafError
from vakgraaf.rdf.formats import Format


class SmallEngine:
    """An `Engine` as far as search asks one. With `tells` false nobody can know from it when its data change."""

    def __init__(self, turtle: str, *, union: bool = True, tells: bool = True) -> None:
        self.union = union
        self.tells = tells
        self.version = 1
        self.asked = 0
        self.failing: list[VakgraafError] = []
        self.changing: list[str] = []
        self._store = ox.Store()
        self._numbers = count()
        self._load(turtle)

    @property
    def info(self) -> StoreInfo:
        tag = f"{self.version}-klein" if self.tells else f"{next(self._numbers)}"
        return StoreInfo(self.version, tag, len(self._store), in_memory=True)

    def write(self, turtle: str) -> None:
        """Add to it."""
        self._load(turtle)
        self.version += 1

    def check(self, text: str) -> CheckedQuery:
        return check(text, GuardLimits())

    async def query(
        self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Answer:
        self.asked += 1
        if self.failing:
            raise self.failing.pop()
        if self.changing:
            self.write(self.changing.pop())
        found = self._store.query(query.text, use_default_graph_as_union=self.union)
        body = found.serialize(format=ox.QueryResultsFormat.from_media_type(form.media_type))
        return Answer(body or b"", self.info.tag)

    def _load(self, data: str) -> None:
        self._store.load(input=data.encode(), format=ox.RdfFormat.TRIG)
