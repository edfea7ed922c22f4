"""The processes that search in one index, seen from the web process: who is free, who has to be replaced."""

from __future__ import annotations

import asyncio
import pickle
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import cast

from vakgraaf.errors import QueryCrashed, QueryTimeout, UnreadableInput
from vakgraaf.search.answering import LATE, Answer, Facts, Question
from vakgraaf.search.wire import packed, read

_START_S = 60.0
_GRACE_S = 1.0


class Worker:
    """One process, and the connection to it."""

    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self.facts: Facts = ("", 0)

    @classmethod
    async def start(cls, path: Path, timeout_s: float) -> Worker:
        """A process with the index at `path` open. Raises `UnreadableInput` where it cannot be used."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "vakgraaf.search", "answer", str(path), str(timeout_s)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        try:
            worker = cls(process, *await asyncio.open_connection(sock=ours))
        except BaseException:
            # Whoever closes the server may do so in this very moment.
            ours.close()
            _end(process)
            raise
        try:
            async with asyncio.timeout(_START_S):
                worker.facts = pickle.loads(await read(worker._reader))
        except BaseException as error:
            worker.kill()
            if isinstance(error, (EOFError, OSError)):
                raise UnreadableInput(f"{path} is geen zoekindex.", f"{path} is no search index.") from error
            raise
        return worker

    async def ask(self, question: Question, timeout_s: float) -> Answer:
        """Its answer. Raises EOFError, OSError or TimeoutError, after which it is of no use any more."""
        async with asyncio.timeout(timeout_s):
            self._writer.write(packed(pickle.dumps(question)))
            return cast(Answer, pickle.loads(await read(self._reader)))

    def kill(self) -> None:
        """End it."""
        self._writer.close()
        _end(self._process)


class Workers:
    """So many processes with the same index."""

    def __init__(self, path: Path, timeout_s: float, workers: list[Worker]) -> None:
        self.path = path
        self.tag, self.version = workers[0].facts
        self.made = path.stat().st_mtime_ns
        self._timeout_s = timeout_s
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._tasks: set[asyncio.Task[Answer]] = set()
        self._all = set(workers)
        self._retired = False
        for worker in workers:
            self._free.put_nowait(worker)

    @classmethod
    async def start(cls, path: Path, count: int, timeout_s: float) -> Workers:
        """Start them. Raises `UnreadableInput` where the index cannot be used."""
        started: list[Worker] = []
        try:
            for _ in range(count):
                started.append(await Worker.start(path, timeout_s))
            return cls(path, timeout_s, started)
        except BaseException:
            for worker in started:
                worker.kill()
            raise

    async def ask(self, question: Question) -> Answer:
        """The answer, once a process is free. Raises `QueryTimeout` or `QueryCrashed`."""
        task = asyncio.create_task(self._answered(question))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Where nobody waits for it any more the answer is read all the same: the process has to be free again.
        answer = await asyncio.shield(task)
        if answer == LATE:
            raise _late()
        return answer

    async def retire(self) -> None:
        """End them, when what they are asked is answered."""
        self._retired = True
        if self._tasks:
            await asyncio.wait(self._tasks)
        self.kill()

    def kill(self) -> None:
        """End them."""
        self._retired = True
        for worker in self._all:
            worker.kill()
        self._all.clear()

    async def _answered(self, question: Question) -> Answer:
        worker = await self._free.get()
        try:
            answer = await worker.ask(question, self._timeout_s + _GRACE_S)
        except (EOFError, OSError) as error:  # TimeoutError is one of the latter
            await self._replace(worker)
            if isinstance(error, TimeoutError):
                raise _late() from error
            raise QueryCrashed(
                "Het zoeken is misgegaan; het staat los van andere vragen.",
                "The search went wrong; other questions are not affected.",
            ) from error
        self._free.put_nowait(worker)
        return answer

    async def _replace(self, worker: Worker) -> None:
        self._all.discard(worker)
        worker.kill()
        if not self._retired:
            with suppress(UnreadableInput):
                worker = await Worker.start(self.path, self._timeout_s)
                if self._retired:  # which may have come about while it started
                    worker.kill()
                    return
                self._all.add(worker)
                self._free.put_nowait(worker)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _late() -> QueryTimeout:
    return QueryTimeout(
        "Zoeken duurde te lang. Neem minder of zeldzamere woorden.",
        "Searching took too long. Take fewer or rarer words.",
    )
