"""An input from the web, from a host that is on the list."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from vakgraaf.egress import Asking, Egress
from vakgraaf.errors import RemoteFailure
from vakgraaf.pipeline.inputs import Input
from vakgraaf.pipeline.kinds import EXTENSIONS

_ACCEPT = ", ".join([*EXTENSIONS, "*/*;q=0.1"])


async def fetch(egress: Egress, url: str, most: int) -> Input:
    """What is at `url`, at most so many bytes; its type counts where its name says nothing.

    Raises QueryRefused where the host is not on the list, RemoteFailure, QueryTimeout, and ResultTooLarge.
    """
    reply = await egress.send(Asking("GET", url, {"accept": _ACCEPT}, repeatable=True))
    try:
        if reply.status != 200:
            raise RemoteFailure(
                f"{reply.place.url} geeft geen bestand maar status {reply.status}.",
                f"{reply.place.url} gives no file but status {reply.status}.",
            )
        content = await reply.read(most)
    finally:
        await reply.close()
    name = PurePosixPath(unquote(urlsplit(reply.place.url).path)).name or reply.place.host
    extension = EXTENSIONS.get(reply.media_type)
    if extension is not None and not name.lower().endswith(f".{extension}"):
        name = f"{name}.{extension}"
    return Input(name, content)
