"""What is sent to the remote engine to change it: graphs (Graph Store Protocol) and updates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from vakgraaf.egress import Asking, destination
from vakgraaf.engine.interface import StoreInfo
from vakgraaf.engine.remote.failures import change_too_late, exchanged, refusal
from vakgraaf.engine.remote.wire import Wire
from vakgraaf.errors import QueryRefused, QueryTimeout, RemoteFailure

_NOT_THERE = 404


class Sender:
    """The writing side of a wire. `ask` and `dump` are the engine's; `count` is told of every change."""

    def __init__(
        self,
        wire: Wire,
        addresses: tuple[str, str],
        seconds: float,
        reads: tuple[Callable[[str], Awaitable[bool]], Callable[[str | None], Awaitable[bytes]]],
        changed: Callable[[], Awaitable[StoreInfo]],
    ) -> None:
        self._wire = wire
        self._update_url, self._store_url = addresses
        self._seconds = seconds
        self._ask, self.content = reads
        self.changed = changed

    async def exists(self, graph: str | None) -> bool:
        """Whether there is anything in a named graph; the unnamed one is always there."""
        return graph is None or await self._ask(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")

    async def send_graph(self, method: str, graph: str | None, content: bytes) -> None:
        """Put, add or delete a graph (Graph Store Protocol §5).

        Raises `RemoteFailure` where one that is there is not found to be deleted, and what `refusal` says.
        """
        url = _known(self._store_url, "VAKGRAAF_REMOTE_STORE_URL")
        which = "default" if graph is None else f"graph={quote(graph, safe='')}"
        joint = "&" if "?" in url else "?"
        status = await self._send(method, f"{url}{joint}{which}", self._wire.kind.sends.media_type, content)
        if status == _NOT_THERE and graph is not None and await self.exists(graph):
            raise _not_removed(graph, destination(url).authority)

    async def send_update(self, form: bytes) -> None:
        """Pass an update on (SPARQL 1.1 Protocol §2.2)."""
        url = _known(self._update_url, "VAKGRAAF_REMOTE_UPDATE_URL")
        await self._send("POST", url, "application/x-www-form-urlencoded", form)

    async def _send(self, method: str, url: str, media_type: str, body: bytes) -> int:
        """The status of what was done: a success, or 404 for a graph to be removed. Raises what `refusal` says."""
        headers = self._wire.headers | {"content-type": media_type, "accept": "*/*"}
        try:
            reply = await exchanged(self._wire.egress, Asking(method, url, headers, body, self._seconds, changes=True))
        except QueryTimeout as error:
            raise change_too_late(destination(url).authority, self._seconds) from error
        try:
            if not 200 <= reply.status < 300 and not (method == "DELETE" and reply.status == _NOT_THERE):
                raise await refusal(reply, self._seconds, change=True)
            return reply.status
        finally:
            await reply.close()


def _not_removed(graph: str, name: str) -> RemoteFailure:
    """The address for graphs is that of another dataset, or of nothing at all."""
    return RemoteFailure(
        f"{name} zegt dat er geen graaf <{graph}> is (404), terwijl die bij vragen wel bestaat. Er is niets verwijderd."
        " Wie deze server beheert kan nagaan of VAKGRAAF_REMOTE_STORE_URL klopt.",
        f"{name} says that there is no graph <{graph}> (404), while there is one for queries. Nothing has been removed."
        " Who runs this server can check VAKGRAAF_REMOTE_STORE_URL.",
    )


def _known(url: str, setting: str) -> str:
    if not url:
        raise QueryRefused(
            f"Er is niet ingesteld waar de server die de gegevens heeft wijzigingen aanneemt ({setting}).",
            f"It is not set where the server that has the data takes changes ({setting}).",
        )
    return url
