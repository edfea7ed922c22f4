"""What commands read, write and say; what cannot be becomes an error with a message."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vakgraaf.errors import UnreadableInput, unusable


def read(path: Path) -> str:
    """The text of a UTF-8 file. Raises UnreadableInput."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise unusable(path, error) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"{path} is geen UTF-8-tekst.", f"{path} is not UTF-8 text.") from error


def write(path: Path, text: str) -> None:
    """Write a text, in a folder that is made if need be. Raises UnreadableInput where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise unusable(path, error) from error


def say(text: str) -> None:
    """Say what was asked for, on standard output. Raises UnreadableInput where that cannot be written."""
    with _output():
        print(text, flush=True)


def give(chunks: Iterable[bytes]) -> None:
    """Write data to standard output as they come. Raises UnreadableInput where that cannot be, and as `chunks` does."""
    for chunk in chunks:
        with _output():
            sys.stdout.buffer.write(chunk)
    with _output():
        sys.stdout.flush()


@contextmanager
def _output() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # who reads has had enough, and wants no message
    except OSError as error:
        # What is left of it would be tried once more at the end of the program, which makes another message of that.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise unusable(Path("stdout"), error) from error
