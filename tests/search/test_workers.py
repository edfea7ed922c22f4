"""The processes that search are always ended by whoever started them."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest

from vakgraaf.search import workers
from vakgraaf.search.workers import Worker

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks processes up in /proc")


def _answering() -> set[str]:
    """The processes that search for this one."""
    below = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return {pid for pid in below if b"vakgraaf.search\0answer" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_start_that_is_called_off_at_any_moment_leaves_no_process(tmp_path: Path) -> None:
    async def called_off(steps: int) -> None:
        start = asyncio.create_task(Worker.start(tmp_path / "none.index", 1))
        for _ in range(steps):
            await asyncio.sleep(0)
        start.cancel()
        with suppress(asyncio.CancelledError):
            await start

    before = _answering()
    for steps in range(4):
        asyncio.run(called_off(steps))
    assert _answering() == before


def test_process_that_replaces_another_ends_when_search_was_ended_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing a server and the death of a process may fall together."""

    class Dead:
        facts = ("tag", 1)
        ended = 0

        async def ask(self, question: object, timeout_s: float) -> object:
            raise EOFError

        def kill(self) -> None:
            self.ended += 1

    first, second = Dead(), Dead()
    path = tmp_path / "some.index"
    path.touch()
    pool = workers.Workers(path, 1, [first])  # type: ignore[list-item]  # all that is asked of one

    async def start_slowly(path: Path, timeout_s: float) -> Dead:
        pool.kill()
        return second

    monkeypatch.setattr(workers.Worker, "start", start_slowly)

    async def scenario() -> None:
        with pytest.raises(workers.QueryCrashed):
            await pool.ask(("zorg", 5))

    asyncio.run(scenario())
    assert (first.ended, second.ended) == (1, 1)
