"""The command line, called as the program `vakgraaf` calls it, without the second that a new process takes to begin."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from filled import filled
from vakgraaf.__main__ import main
from vakgraaf.engine import local
from vakgraaf.engine.replica import Replica, load


class Ended(NamedTuple):
    """What a command left behind, by the names that `subprocess` has for it."""

    returncode: int
    stdout: str
    stderr: str


def _text(content: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")


# A snapshot never changes, and each command would spend more time on reading the same one again than on anything else.
@lru_cache(maxsize=3)
def _read(snapshot: Path, _made_ns: int, merged: bool) -> Replica:
    return load(snapshot, merged=merged)


def _load(snapshot: Path, *, merged: bool) -> Replica:
    return _read(snapshot, snapshot.stat().st_mtime_ns, merged)


def _command(folder: Path, arguments: tuple[object, ...], stdin: str, environment: dict[str, str]) -> Ended:
    output, errors = _text(), _text()
    with ExitStack() as held:
        held.enter_context(patch.dict(os.environ, environment))
        held.enter_context(patch.object(sys, "argv", ["vakgraaf", *map(str, arguments)]))
        held.enter_context(patch.object(sys, "stdin", _text(stdin.encode("utf-8"))))
        held.enter_context(chdir(folder))
        held.enter_context(patch.object(local, "load", _load))
        held.enter_context(redirect_stdout(output))
        held.enter_context(redirect_stderr(errors))
        with pytest.raises(SystemExit) as ended:
            main()
    code = ended.value.code
    assert isinstance(code, int)
    return Ended(code, _written(output), _written(errors))


@pytest.fixture(scope="session")
def command() -> Callable[..., Ended]:
    """`command(folder, *arguments, stdin="", **environment)` runs `vakgraaf …` in that folder."""
    return lambda folder, *arguments, stdin="", **environment: _command(folder, arguments, stdin, environment)


@pytest.fixture(scope="module")
def run(command: Callable[..., Ended], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ended]:
    """Run `vakgraaf …` on a store with the packaged data; where a module needs another store it has its own `run`."""
    folder = tmp_path_factory.mktemp("cwd")
    return partial(command, folder, VAKGRAAF_STORE=str(filled(tmp_path_factory, folder / "state")))
