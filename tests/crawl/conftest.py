"""The packaged data, served once for all that look at every page."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from filled import indexed
from serving import await_search, served
from vakgraaf.app import create_app
from vakgraaf.settings import Settings

# Reading a large page may take longer than a server keeps a connection that says nothing.
_NEW = httpx.Limits(max_keepalive_connections=0)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of the server."""
    state = indexed(tmp_path_factory, tmp_path_factory.mktemp("crawl") / "state")
    # No page is kept: whoever asks for one sees which template it is made with, also of a page that was shown before.
    settings = Settings(store=state, max_requests=1000, result_cache_mb=0)
    with served(create_app(settings)) as address, httpx.Client(base_url=address, timeout=30, limits=_NEW) as client:
        await_search(address)
        yield client
