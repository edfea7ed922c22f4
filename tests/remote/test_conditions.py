"""Changes on condition, in front of another server: as far as can be seen from here, and never taken for granted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import httpx
import pytest

from token_file import token_file

Fresh = Callable[..., AbstractContextManager[str]]

TOKEN = "schrijft-op-voorwaarde"
GRAPH = "/store?graph=urn:g"


@pytest.mark.parametrize("version", ["", "1"])
def test_condition_that_does_not_hold_over_there_sends_nothing(
    fresh_oxigraph: Fresh, served: Fresh, tmp_path: Path, version: str
) -> None:
    token_file(tmp_path, TOKEN)
    with ExitStack() as held:
        engine = held.enter_context(fresh_oxigraph())
        settings = {"remote_kind": "oxigraph", "update_token_file": tmp_path / "tokens", "remote_version": version}
        front = held.enter_context(served(f"{engine}/query", **settings))
        headers = {"authorization": f"Bearer {TOKEN}", "content-type": "text/turtle"}
        http = held.enter_context(httpx.Client(base_url=front, timeout=60, headers=headers))

        def put(number: int, **conditions: str) -> int:
            sent = {name.replace("_", "-"): value for name, value in conditions.items()}
            return http.put(GRAPH, content=f"<urn:s> <urn:p> {number} .", headers=sent).status_code

        assert put(1, if_match="*") == 412
        assert httpx.get(f"{engine}{GRAPH}").status_code == 404
        assert put(2, if_none_match="*") == 201
        assert put(3, if_none_match="*") == 412
        assert put(4, if_match='"zzz"') == 412
        assert http.delete(GRAPH, headers={"if-match": '"zzz"'}).status_code == 412
        assert " 2 ." in httpx.get(f"{engine}{GRAPH}", headers={"accept": "text/turtle"}).text
        assert put(5, if_match="*") == 204

        seen = http.get(GRAPH).headers["etag"]
        with ThreadPoolExecutor(4) as threads:
            found = sorted(threads.map(lambda number: put(number, if_match=seen), range(6, 10)))
        # Without a version nobody knows whether the data are still those.
        assert found == ([204, 412, 412, 412] if version else [412] * 4)
