"""`/mcp`, from the first request on: what it needs is only loaded when somebody asks."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.types import Message, Receive, Send

from vakgraaf.errors import MissingTool, UnknownThing
from vakgraaf.web.agents.desk import Desk
from vakgraaf.web.bodies import read_body
from vakgraaf.web.client_watch import ClientWatch
from vakgraaf.web.problems import HttpProblem

if TYPE_CHECKING:  # it loads the SDK
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

MOST_BYTES = 4 * 1024 * 1024
"""How long a request may be. A text is JSON there; longer ones have `/validate`."""
_SERVER = "vakgraaf.web.agents.server"


class Agents:
    """What answers at `/mcp`. `hosts` are the names of this server there, without ports."""

    def __init__(self, desk: Desk | None, hosts: tuple[str, ...]) -> None:
        self._desk = desk
        self._hosts = hosts
        self._ready: asyncio.Future[StreamableHTTPSessionManager] | None = None
        self._task: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    async def answer(self, request: Request, receive: Receive, send: Send) -> None:
        """Answer one request; when the client leaves, what is done for it ends.

        Raises `UnknownThing` where this is off, `MissingTool` without the extra, and `HttpProblem`.
        """
        if self._desk is None:
            raise UnknownThing(
                "Vragen van taalmodellen (MCP) staan op deze server uit.",
                "Questions of language models (MCP) are off on this server.",
            )
        self._admit(request)
        body = await read_body(request, MOST_BYTES, "/mcp")
        manager = await self._manager(self._desk)
        with ClientWatch(receive):
            await manager.handle_request(request.scope, _once(body), send)

    async def close(self) -> None:
        """End what runs."""
        self._over.set()
        if self._task is not None:
            await self._task

    def _admit(self, request: Request) -> None:
        """Raises `HttpProblem` for a request that comes under another name, or from a page of another site.

        The SDK can do so too, but takes GRAAF.example for another name than graaf.example, and does not say what to do.
        """
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        if _name(host) not in self._hosts:
            raise HttpProblem(
                421,
                f"Deze server kent zichzelf op /mcp niet als {host[:200]!r}. Zet de naam in VAKGRAAF_MCP_HOSTS.",
                f"This server does not know itself as {host[:200]!r} at /mcp. Put the name in VAKGRAAF_MCP_HOSTS.",
            )
        scheme, _, site = (origin or "").partition("://")
        if origin is not None and (scheme not in ("http", "https") or _name(site) not in self._hosts):
            raise HttpProblem(
                403,
                f"Pagina's van {origin[:200]!r} mogen hier niets vragen; het adres van de server staat in"
                " VAKGRAAF_MCP_HOSTS.",
                f"Pages of {origin[:200]!r} may not ask here; the address of the server is in VAKGRAAF_MCP_HOSTS.",
            )

    async def _manager(self, desk: Desk) -> StreamableHTTPSessionManager:
        if self._ready is None or (self._ready.done() and self._ready.exception() is not None):
            self._ready = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._run(desk, self._ready))
        return await asyncio.shield(self._ready)

    async def _run(self, desk: Desk, ready: asyncio.Future[StreamableHTTPSessionManager]) -> None:
        """Load what is needed, away from those who ask something else, and be there until the end."""
        try:
            server: Any = await asyncio.to_thread(import_module, _SERVER)
        except ImportError as error:
            ready.set_exception(without_sdk(error))
            return
        manager: StreamableHTTPSessionManager = server.over_http(desk, MOST_BYTES)
        async with manager.run():
            ready.set_result(manager)
            await self._over.wait()


def without_sdk(error: ImportError) -> MissingTool:
    """What to do where the SDK is not installed."""
    return MissingTool(
        f"Hiervoor is de extra 'mcp' nodig (pip install 'vakgraaf[mcp]'); nu ontbreekt {error.name}.",
        f"This needs the extra 'mcp' (pip install 'vakgraaf[mcp]'); {error.name} is missing now.",
    )


def _name(host: str) -> str:
    """A host without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def _once(body: bytes) -> Receive:
    """A request that has been read, for who wants to read it again; after it nothing comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await asyncio.Event().wait()
        raise AssertionError("nothing comes")

    return receive
