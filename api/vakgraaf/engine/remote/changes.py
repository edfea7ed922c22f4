"""Changes to the data on another server: what can be looked at before it is sent, and what cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

import pyoxigraph as ox

from vakgraaf.engine.graph_names import graph_named, nameless
from vakgraaf.engine.interface import GraphChange, GraphRemoval, Replacing, StoreInfo
from vakgraaf.engine.reading_apart import Document, read_apart
from vakgraaf.engine.remote.kinds import Parameters
from vakgraaf.engine.remote.sending import Sender
from vakgraaf.errors import QueryRefused, UnknownThing

Graphs = dict[str | None, bytes]


class RemoteProposal:
    """A change that waits to be sent. Nothing holds the other server still meanwhile: it may change by other ways."""

    def __init__(
        self,
        touched: Graphs,
        send: Callable[[], Awaitable[StoreInfo]],
        *,
        created: bool = False,
        after: Callable[[str | None], Awaitable[bytes]],
        release: Callable[[], None],
    ) -> None:
        self.touched = tuple(touched)
        self.created = created
        self._send = send
        self._after = after
        self._release = release

    async def content(self, graph: str | None) -> bytes:
        """What a touched graph will hold, as N-Triples. Raises `QueryRefused` where only the other server knows."""
        return await self._after(graph)

    async def commit(self, remarks: bytes = b"") -> StoreInfo:
        """Send it. Several graphs go one after the other: where one fails, those before it have been changed."""
        try:
            return await self._send()
        finally:
            self._release()

    async def discard(self) -> None:
        """Forget it; nothing was sent."""
        self._release()


async def of_graphs(change: GraphChange, sender: Sender, memory_mb: int, release: Callable[[], None]) -> RemoteProposal:
    """A proposal to put graphs, or add to them; reading them may take so many megabytes.

    Raises `SyntaxProblem` where the content is not what it says it is, and `InputError` for a graph without an IRI.
    """
    graph_named(change.graph)
    document = Document(change.content, change.form, change.base or "")
    graphs = await asyncio.to_thread(_graphs, change, await read_apart([document], memory_mb=memory_mb, graphs=True))
    there = [await sender.exists(graph) for graph in graphs]

    async def after(graph: str | None) -> bytes:
        kept = b"" if change.replacing is Replacing.WHOLE else await sender.content(graph)
        return kept + graphs[graph]

    async def send() -> StoreInfo:
        for graph, content in graphs.items():
            await sender.send_graph(change.replacing.value, graph, content)
        return await sender.changed()

    return RemoteProposal(graphs, send, created=not all(there), after=after, release=release)


async def of_removal(change: GraphRemoval, sender: Sender, release: Callable[[], None]) -> RemoteProposal:
    """A proposal to remove a graph. Raises `UnknownThing` where it is not there, `InputError` where it is no IRI."""
    graph_named(change.graph)
    if change.graph is not None and not await sender.exists(change.graph):
        raise UnknownThing(f"Er is geen graaf <{change.graph}>.", f"There is no graph <{change.graph}>.")

    async def after(_: str | None) -> bytes:
        return b""

    async def send() -> StoreInfo:
        await sender.send_graph("DELETE", change.graph, b"")
        return await sender.changed()

    return RemoteProposal({change.graph: b""}, send, after=after, release=release)


def of_update(form: Parameters, sender: Sender, release: Callable[[], None]) -> RemoteProposal:
    """A proposal to pass an update on. Nobody can tell what it will do, so its content is refused to who asks."""

    async def after(_: str | None) -> bytes:
        raise QueryRefused(
            "De gegevens staan op een andere server, en wat een update daar doet kan niet vooraf worden beoordeeld."
            " Stuur hele grafen (PUT of POST op /store), of gebruik een token dat zonder beoordeling mag schrijven, met"
            " ?no-validate=true.",
            "The data are on another server, and what an update does there cannot be judged beforehand. Send whole"
            " graphs (PUT or POST to /store), or use a token that may write without validation, with"
            " ?no-validate=true.",
        )

    async def send() -> StoreInfo:
        await sender.send_update(urlencode(form).encode())
        return await sender.changed()

    return RemoteProposal({None: b""}, send, after=after, release=release)


def _graphs(change: GraphChange, quads: bytes) -> Graphs:
    """The graphs of the content, which is `quads` as N-Quads, each as N-Triples.

    Raises `InputError` for a graph without an IRI.
    """
    graphs: dict[str | None, list[ox.Triple]] = {} if change.form.kind == "dataset" else {change.graph: []}
    for quad in ox.parse(quads, ox.RdfFormat.N_QUADS):
        graph = change.graph
        if change.form.kind == "dataset":
            if isinstance(quad.graph_name, ox.BlankNode):
                raise nameless()
            graph = getattr(quad.graph_name, "value", None)
        graphs.setdefault(graph, []).append(quad.triple)
    return {
        name: bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"") for name, triples in graphs.items()
    }
