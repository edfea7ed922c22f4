"""Earlier versions of what a page shows: a list of them, and the page as it was."""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime
from typing import NamedTuple, cast

from vakgraaf.engine import (
    AS_USUAL,
    PROLOGUE,
    WHOLE_STORE,
    Abilities,
    Answer,
    CheckedQuery,
    Dataset,
    Engine,
    Options,
    Row,
    StoreInfo,
    ask,
    iri,
    select,
)
from vakgraaf.errors import InputError, UnknownThing
from vakgraaf.rdf import iris
from vakgraaf.rdf.formats import Format
from vakgraaf.rdf.numbers import number_of
from vakgraaf.web.site.nearby import Nearby, of

_KEPT = f"{iris.BASE}graph/versie/"
_COMPUTED = frozenset(str(iris.graph(name)) for name in ("afgeleid", "beschrijving", "toetsing", "versies"))
_ALWAYS = tuple(str(iris.graph(name)) for name in ("ontology", "begrippen", "shapes", "versies"))
_SEARCHED = 24
"""So many versions are looked through for something that no graph speaks of any more."""


class Version(NamedTuple):
    """What a graph was before it was replaced. `reference` is how `/diff` names it, `after` what came in its place."""

    graph: str
    number: int
    reference: str
    after: str
    until: datetime

    @property
    def day(self) -> str:
        """The day on which it was replaced."""
        return self.until.date().isoformat()

    @property
    def last_moment(self) -> str:
        """A moment at which it still counted, for an address."""
        return self.until.replace(microsecond=max(self.until.microsecond - 1000, 0)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Moment(NamedTuple):
    """What a page is shown as it was: the moment that was asked for, and when what it shows was replaced.

    `until` is None where nothing has changed since.
    """

    asked: datetime
    until: datetime | None

    @property
    def day(self) -> str:
        """The day that was asked for."""
        return self.asked.date().isoformat()

    @property
    def replaced(self) -> str:
        """The day on which it was replaced; "" where it was not."""
        return self.until.date().isoformat() if self.until else ""


def pattern(name: str) -> str:
    """What `versions` needs to know of the profile called `name`."""
    listed = ("foaf:primaryTopic", "dct:isVersionOf", "dcat:version", "prov:invalidatedAtTime")
    return of(f"?s foaf:primaryTopic {{{name}}} .", *listed)


def versions(near: Nearby, profile: str) -> tuple[Version, ...]:
    """The versions that there were of a profile, the last one first."""
    found = []
    for graph in near.pointing(profile, "foaf:primaryTopic"):
        whole, until = near.thing(graph, "dct:isVersionOf"), near.text(graph, "prov:invalidatedAtTime")
        end = number_of(graph.rpartition("/")[2])
        if whole and until and end is not None:
            name = whole.removeprefix(f"{iris.BASE}graph/")
            found.append((end, graph, name, moment(until.text)))
    there = {(name, number) for number, _, name, _ in found}
    listed = []
    for number, graph, name, ended in sorted(found, reverse=True):
        after = f"{name}@{number + 1}" if (name, number + 1) in there else name
        listed.append(Version(graph, number, f"{name}@{number}", after, ended))
    return tuple(listed)


def moment(text: str) -> datetime:
    """A date (the end of that day) or a date and time (ISO 8601; UTC where it says nothing), or that of RFC 9110.

    Raises `InputError`.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except ValueError as error:
            raise InputError(
                f"'{text[:60]}' is geen datum; schrijf bijvoorbeeld 2025-01-31 of 2025-01-31T12:00:00Z.",
                f"'{text[:60]}' is no date; write for example 2025-01-31 or 2025-01-31T12:00:00Z.",
            ) from error
    if len(text.strip()) <= len("2025-01-31"):
        found = datetime.combine(found.date(), time.max)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


class _At:
    """An engine that is asked of some graphs only; nothing else of it is used by pages."""

    def __init__(self, engine: Engine, graphs: tuple[str, ...]) -> None:
        self._engine = engine
        self._dataset = Dataset(graphs, graphs)

    @property
    def info(self) -> StoreInfo:
        return self._engine.info

    @property
    def abilities(self) -> Abilities:
        return self._engine.abilities

    def check(self, text: str) -> CheckedQuery:
        return self._engine.check(text)

    async def query(
        self, query: CheckedQuery, form: Format, dataset: Dataset = WHOLE_STORE, options: Options = AS_USUAL
    ) -> Answer:
        return await self._engine.query(query, form, self._dataset if dataset == WHOLE_STORE else dataset, options)


async def as_of(engine: Engine, subject: str, asked: datetime) -> tuple[Engine, Moment]:
    """An engine that answers about `subject` as things were, and how long they stayed so.

    Of what other documents say only what stands in the graphs of `subject` itself is as it was; terms are as they are
    now. Raises `UnknownThing` where it was not there.
    """
    known = _Known(await select(engine, _VERSIONS), asked)
    rows = await select(engine, f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ {iri(subject)} ?p ?o }} }}")
    homes = [row["g"].text for row in rows if row["g"].text not in _COMPUTED]
    graphs = {graph for home in homes for graph in known.at(home)}
    if not homes:
        candidates = known.counted()[:_SEARCHED]
        graphs = {graph for graph in candidates if await _speaks(engine, graph, subject)}
    kept = {graph for graph in graphs if graph.startswith(_KEPT)}
    if not graphs:
        raise _was_not(subject, asked)
    if not kept and set(homes) == graphs:
        return engine, Moment(asked, None)
    derived = (f"{graph}/afgeleid" for graph in kept)
    there = cast(Engine, _At(engine, (*sorted(graphs), *derived, *_ALWAYS)))  # pages only check and ask
    if not await ask(there, f"ASK {{ {iri(subject)} ?p ?o }}"):
        raise _was_not(subject, asked)
    return there, Moment(asked, min((known.until[graph] for graph in kept), default=None))


_VERSIONS = f"""{PROLOGUE}SELECT ?graph ?of ?from ?until WHERE {{ GRAPH graph:versies {{
  {{ ?graph dct:isVersionOf ?of ; prov:invalidatedAtTime ?until OPTIONAL {{ ?graph dct:issued ?from }} }}
  UNION {{ ?of prov:generatedAtTime ?from FILTER NOT EXISTS {{ ?of dct:isVersionOf ?any }} }} }} }}"""


class _Known:
    """What is known of versions at a moment."""

    def __init__(self, rows: list[Row], asked: datetime) -> None:
        self.until: dict[str, datetime] = {}
        self._then: dict[str, str] = {}
        self._began: dict[str, datetime] = {}
        self._asked = asked
        for row in rows:
            self._take({name: value.text for name, value in row.items()})

    def _take(self, row: dict[str, str]) -> None:
        started = moment(row["from"]) if "from" in row else None
        if "graph" not in row:
            assert started is not None
            self._began[row["of"]] = started
            return
        ended = moment(row["until"])
        if self._asked < ended and (started is None or started <= self._asked):
            self._then[row["of"]] = row["graph"]
            self.until[row["graph"]] = ended

    def at(self, graph: str) -> tuple[str, ...]:
        """The graph that stood in the place of this one; none where it was not there yet."""
        if graph in self._then:
            return (self._then[graph],)
        return () if graph in self._began and self._asked < self._began[graph] else (graph,)

    def counted(self) -> list[str]:
        """The versions that counted then, those that did so last first."""
        return sorted(self.until, key=lambda graph: self.until[graph], reverse=True)


async def _speaks(engine: Engine, graph: str, subject: str) -> bool:
    return await ask(engine, f"ASK FROM {iri(graph)} {{ {iri(subject)} ?p ?o }}")


def _was_not(subject: str, asked: datetime) -> UnknownThing:
    day = asked.date().isoformat()
    return UnknownThing(
        f"Van {subject} was hier op {day} niets bekend. Laat 'as-of' weg om te zien wat er nu is.",
        f"Nothing was known here about {subject} on {day}. Leave out 'as-of' to see what there is now.",
    )
