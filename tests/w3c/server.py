"""A server of this project for the suites: an empty store, the default graph of its own, writes let through."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from serving import served
from token_file import token_file
from vakgraaf.app import create_app
from vakgraaf.engine import Packaged
from vakgraaf.settings import Settings

from .endpoint import Endpoint

_TOKEN = "a-token-for-the-suites"


class _Empty(Settings):
    """Settings of a server with nothing of this project in it."""

    def packaged(self) -> Packaged | None:
        return None


@contextmanager
def running(folder: Path) -> Iterator[Endpoint]:
    """A server with a state directory under `folder`."""
    tokens = token_file(folder, f"suites {_TOKEN} write,no-validate\n")
    with socket.create_server(("127.0.0.1", 0)) as service:
        service_port = service.getsockname()[1]
    settings = _Empty(
        store=folder / "state",
        default_graph="own",
        workers=1,
        update_token_file=tokens,
        validate_writes=False,
        search=False,
        allow_hosts=f"127.0.0.1:{service_port}",
    )
    with served(create_app(settings)) as root:
        yield Endpoint(f"{root}/sparql", f"{root}/update", f"{root}/store", _TOKEN, service_port)
