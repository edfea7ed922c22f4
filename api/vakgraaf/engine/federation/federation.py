"""Federated queries without a socket in the engine: what SERVICE asks is asked first, and put in as VALUES.

A SERVICE clause is evaluated by itself and then joined (SPARQL 1.1 Federated Query §4), so a table of its solutions
in its place is the same query.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TypeVar

from vakgraaf.egress import AllowList, Egress
from vakgraaf.engine.federation.answers import Answers
from vakgraaf.engine.federation.asking import Asker, FederationLimits
from vakgraaf.engine.federation.binding import Place, places, places_in, usable
from vakgraaf.engine.federation.endpoints import Ask, Local
from vakgraaf.engine.federation.loading import fetched, insertion
from vakgraaf.engine.federation.rehearsal import as_graphs, rehearse
from vakgraaf.engine.federation.splicing import replaced, without
from vakgraaf.engine.federation.tables import NotATable, Row, Table, written
from vakgraaf.engine.guard import CheckedQuery, GuardLimits, check
from vakgraaf.engine.interface import Dataset, Update
from vakgraaf.engine.reading_apart import Document
from vakgraaf.engine.tokens import decoded
from vakgraaf.errors import (
    QueryRefused,
    QueryTimeout,
    QueryTooLong,
    RemoteFailure,
    ResultTooLarge,
    SyntaxProblem,
    VakgraafError,
)
from vakgraaf.sparql.lexing import NotUnderstood
from vakgraaf.sparql.naming import iri_of, prologue_text
from vakgraaf.sparql.parsing import parse
from vakgraaf.sparql.scope import possible
from vakgraaf.sparql.tree import Operation, Query, Service, Tree
from vakgraaf.sparql.tree import Update as UpdateTree

T = TypeVar("T")

_TOGETHER = 4
_GROWN = 32 * 1024 * 1024  # what is put in may make a query longer than one that is asked may be
_FAILURES = (RemoteFailure, QueryTimeout, ResultTooLarge)
_HINT = re.compile(r"service", re.IGNORECASE)
_LOAD_SILENT = re.compile(r"LOAD\s*SILENT", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FederatedQuery(CheckedQuery):
    """A query with SERVICE in it, to hosts that are allowed as far as it names them; not yet one for the engine.

    `alone` is what is left of it without others. Where it was not `understood`, so that nobody is asked, that is the
    text with GRAPH for SERVICE.
    """

    alone: CheckedQuery = field(kw_only=True)
    understood: bool = field(default=True, kw_only=True)


class Federation:
    """Answers what queries ask of others. Without a way out (`egress` None) there are no others."""

    def __init__(self, egress: Egress | None, limits: FederationLimits, guard: GuardLimits) -> None:
        self._egress = egress
        self._limits = limits
        self._guard = guard
        self._together = asyncio.Semaphore(_TOGETHER)

    @classmethod
    def reaching(cls, allow: AllowList, guard: GuardLimits, memory_mb: int = 4096) -> Federation:
        """One that reaches the hosts of a list; with an empty list nobody. `memory_mb` is as in `FederationLimits`."""
        return cls(Egress(allow) if allow.entries else None, FederationLimits(memory_mb=memory_mb), guard)

    @property
    def reaches(self) -> bool:
        """Whether there is anybody to ask."""
        return self._egress is not None

    def check(self, text: str) -> CheckedQuery:
        """Let a query through the guard, with SERVICE to hosts on the list.

        Raises `QueryRefused`, which names a host that is not on the list, also with SILENT, and `SyntaxProblem`.
        """
        if self._egress is None or (_HINT.search(text) is None and "\\" not in text):
            return check(text, self._guard)
        plain = decoded(text)
        try:
            tree = parse(plain)
        except NotUnderstood:
            return self._not_understood(text, plain)
        if not isinstance(tree.request, Query):
            return check(text, self._guard)
        found = list(places(tree.request.body))
        for place in found:
            if place.service.name.kind == "iri":
                self._egress.require(iri_of(place.service.name, tree))
        # The guard judges everything else, so that nothing is called that this parser did not see.
        checked = check(without(plain, tree, found), self._guard)
        if not found:
            return checked
        return FederatedQuery(plain, checked.form, checked.has_dataset, repeatable=False, alone=checked)

    async def inlined(self, query: CheckedQuery, dataset: Dataset, ask: Ask) -> CheckedQuery:
        """The query with the answers of others in it; `ask` tells which endpoints a variable stands for.

        Raises QueryRefused, SyntaxProblem, RemoteFailure, QueryTimeout, ResultTooLarge, and what `ask` raises.
        """
        if not isinstance(query, FederatedQuery):
            return query
        if not query.understood:
            await rehearse(query.alone, ask)
            return check(query.text, self._guard)
        text = query.text
        asker, answers = self._asker(), Answers()
        async with self._together:
            while found := list(places(_query(tree := parse(text)).body)):
                local = Local(tree, dataset, ask, self._guard, answers)
                text = await self._step(text, tree, found, asker, local)
        text = answers.filled(text)
        try:
            checked = await asyncio.to_thread(check, text, GuardLimits(_GROWN, self._guard.max_nesting))
        except QueryTooLong as error:
            raise ResultTooLarge(
                "De andere servers antwoorden samen te veel om mee verder te gaan. Vraag hun minder.",
                "The answers of the other servers are too much together to go on with. Ask them for less.",
            ) from error
        return replace(checked, repeatable=False)

    @asynccontextmanager
    async def as_written(self, query: CheckedQuery, ask: Ask) -> AsyncIterator[None]:
        """Raise an error in what became of a query with its place in the query as it was written, where it has one."""
        try:
            yield
        except SyntaxProblem:
            if isinstance(query, FederatedQuery):
                await rehearse(query.alone, ask)
            raise

    async def inlined_update(self, update: Update, ask: Ask) -> Update:
        """An update request with the answers of others in its WHERE clauses, and what LOAD fetches as INSERT DATA.

        Without an allow-list only LOAD SILENT is looked at: it does nothing then, and says nothing (SPARQL 1.1 Update
        §3.1.4); what follows has to refuse the rest. A variable endpoint is looked up in the data as they are before
        the request. Raises what `inlined` raises.
        """
        if self._egress is None and _LOAD_SILENT.search(update.text) is None:
            return update
        text = decoded(update.text)
        asker: Asker | None = None
        answers = Answers()
        async with self._together:
            while True:
                try:
                    tree = parse(text)
                except NotUnderstood:
                    return update
                if not isinstance(tree.request, UpdateTree):
                    return update
                found = [place for o in tree.request.operations if o.where is not None for place in places_in(o.where)]
                loads = [o for o in tree.request.operations if o.verb == "LOAD"]
                if not found and not loads:
                    return Update(answers.filled(text), update.dataset)
                if self._egress is None and (found or not all(load.silent for load in loads)):
                    return update
                if found:
                    asker = asker or self._asker()
                    local = Local(tree, update.dataset, ask, self._guard, answers)
                    text = await self._step(text, tree, found, asker, local)
                else:
                    parts = [(o.first, o.last, await self._loaded(o, tree, answers)) for o in loads]
                    text = replaced(text, tree, parts)

    async def fetch_graph(self, iri: str) -> Document:
        """The RDF document at `iri`. Raises QueryRefused, RemoteFailure, QueryTimeout, ResultTooLarge."""
        if self._egress is None:
            raise QueryRefused(
                "LOAD is hier niet toegestaan: deze server haalt niets van andere servers.",
                "LOAD is not allowed here: this server fetches nothing from other servers.",
            )
        return await fetched(self._egress, iri, self._limits)

    async def close(self) -> None:
        """Close all connections."""
        if self._egress is not None:
            await self._egress.close()

    def _not_understood(self, text: str, plain: str) -> CheckedQuery:
        """A query that our own parser cannot read: most likely a mistake, for the engine to say which.

        Nobody is asked anything. Raises what the guard has against it even so.
        """
        with suppress(QueryRefused):  # where it calls nobody: as sent, as escapes are only looked at once (§19.2)
            return check(text, self._guard)
        alone = check(as_graphs(plain), self._guard)
        return FederatedQuery(plain, alone.form, alone.has_dataset, repeatable=False, alone=alone, understood=False)

    def _asker(self) -> Asker:
        if self._egress is None:
            raise QueryRefused("SERVICE is hier niet toegestaan.", "SERVICE is not allowed here.")
        return Asker(self._egress, self._limits)

    async def _step(self, text: str, tree: Tree, found: list[Place], asker: Asker, local: Local) -> str:
        """The text with those clauses answered whose endpoints are known by now."""
        named = [place for place in found if place.service.name.kind == "iri"]
        if named:
            work = [self._table(place.service, [iri_of(place.service.name, tree)], tree, asker) for place in named]
            parts = zip(named, await _together(work), strict=True)
            placed = [(p.service.first, p.service.last, local.answers.table(*answer)) for p, answer in parts]
            return replaced(text, tree, placed)
        for place in found:
            if place.service.name.text in possible(usable(place.elements())):
                endpoints = await local.endpoints(place)
                answer = await self._table(place.service, endpoints.iris, tree, asker, endpoints.literals)
                return replaced(text, tree, [(place.service.first, place.service.last, local.answers.table(*answer))])
        name = found[0].service.name.text
        raise QueryRefused(
            f"SERVICE ?{name}: van ?{name} is niet te zeggen voor welke servers het staat. Geef het een waarde vóór de"
            " SERVICE, met een patroon of met VALUES.",
            f"SERVICE ?{name}: there is no telling which servers ?{name} stands for. Give it a value before the"
            " SERVICE, with a pattern or with VALUES.",
        )

    async def _table(
        self, service: Service, endpoints: Iterable[str], tree: Tree, asker: Asker, nobody: Iterable[str] = ()
    ) -> tuple[list[str], str]:
        """The variables and the rows of a clause at its endpoints together, written.

        Each row names its endpoint where that is a variable; with SILENT, also each value of it that is `nobody`.
        """
        pattern = tree.text(service.group)
        query = f"{prologue_text(tree)}SELECT * WHERE {pattern}"
        mentioned = possible(service.group.elements) | tree.tokens.variables(service.group.first, service.group.last)
        own = service.name.text if service.name.kind == "var" else ""
        names: dict[str, None] = dict.fromkeys([own] if own else [])
        rows: list[Row] = []
        for endpoint in endpoints:
            table = await self._answer(endpoint, query, asker, silent=service.silent, pattern=service)
            names |= dict.fromkeys(name for name in table.variables if name in mentioned)
            rows += _compatible(table, own, endpoint)
        rows += [{own: literal} for literal in nobody]
        if len(names) == bool(own):
            names |= dict.fromkeys(sorted(possible(service.group.elements)))
        return list(names), await asyncio.to_thread(written, list(names), rows)

    async def _answer(self, endpoint: str, query: str, asker: Asker, *, silent: bool, pattern: Service) -> Table:
        try:
            return await asker.ask(endpoint, query)
        except _FAILURES:
            if not silent:
                raise
            return Table(sorted(possible(pattern.group.elements)), [{}])  # one solution that binds nothing (§2.3)

    async def _loaded(self, operation: Operation, tree: Tree, answers: Answers) -> str:
        source = operation.source
        if source is None:
            raise NotATable("LOAD without a source")
        target = next((iri_of(g, tree) for g in operation.graphs if not isinstance(g, str)), None)
        try:
            document = await self.fetch_graph(iri_of(source, tree))
            most, memory_mb = self._guard.max_update_bytes, self._limits.memory_mb
            return await insertion(document, target, most, memory_mb, answers)
        except VakgraafError:
            if operation.silent:
                return "INSERT DATA { }"
            raise


async def _together(work: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """What all of them come to. The others end where one fails: nobody waits for them any more."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()


def _query(tree: Tree) -> Query:
    if not isinstance(tree.request, Query):
        raise SyntaxProblem("Dit is geen vraag.", "This is no query.")
    return tree.request


def _compatible(table: Table, own: str, endpoint: str) -> list[Row]:
    """The rows with the endpoint in them; a row that says otherwise of the same variable does not join."""
    if not own:
        return list(table.rows)
    value = f"<{endpoint}>"
    return [{**row, own: value} for row in table.rows if row.get(own, value) == value]
